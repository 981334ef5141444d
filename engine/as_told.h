// What somebody is told of why his command was refused. Pure; writer thread.
#pragma once

#include "engine/context.h"

namespace engine {

// The reason itself, unless the actor is recused from the application that the command names, or
// from one of the track that it is about, or has no part in the round in the role that he claims:
// each reason would tell him how things stand there. Then only that, and under which clause.
events::Error as_told(const Context& context, events::Error why);

}  // namespace engine
