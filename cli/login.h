// Coming in by passphrase, and going out: POST login, logout and passphrase. Argon2id takes long,
// so these run on a thread of their own.
#pragma once

#include "cli/call.h"

namespace cli {

// {"person", "passphrase"}: begins a session, in a cookie that no script can read.
events::Result<Response> post_login(const Call& call);
// Ends the session, or whatever credential was brought.
events::Result<Response> post_logout(const Call& call);
// {"invitation", "passphrase"}, or {"person", "old", "passphrase"}.
events::Result<Response> post_passphrase(const Call& call);

}  // namespace cli
