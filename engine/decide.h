// What a command leads to: events with their grounds, or a refusal with its clause. Pure:
// everything it looks at was prefetched into Memory, and time and ids come as arguments. Writer
// thread.
#pragma once

#include "engine/command.capnp.h"
#include "engine/decision.h"
#include "engine/memory.h"

namespace engine {

// How the actor was known to be who he says counts where somebody is let in, and nowhere else.
events::Result<> decide(const Memory& memory, Command::Reader command,
                        events::Authentication authentication, Moment now, Decision& out);

}  // namespace engine
