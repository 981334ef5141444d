// Seals what is personal in a command before anything is decided, so that no plain text of it can
// reach the log. Which fields of a form are personal, the scheme says. Writer thread: it may make a
// key.
#pragma once

#include "engine/command.capnp.h"
#include "engine/memory.h"
#include "events/error.h"
#include "events/message.h"
#include "events/safe.h"

namespace engine {

// The command as it is decided and digested. One without personal data comes back as it was.
events::Result<events::Message<Command>> seal_command(Command::Reader command, const Memory& memory,
                                                      events::Safe& safe);

}  // namespace engine
