// POST /commands: one command in JSON, decided and on disk before it is answered. Any thread.
#pragma once

#include <functional>

#include "cli/call.h"

namespace cli {

// The command's id is the Idempotency-Key (draft-ietf-httpapi-idempotency-key-header), its actor
// whoever asks; a body that says otherwise is refused. `done` is called once, on another thread.
void post_command(const Call& call, std::function<void(events::Result<Response>)> done);

}  // namespace cli
