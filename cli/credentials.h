// What lets somebody in: a secret of 256 random bits that is shown once. The log knows its SHA-256,
// whose it is, and until when; nothing else is kept of it. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "cli/people.h"
#include "events/error.h"

namespace cli {

std::string new_secret();
std::string credential_of(std::string_view secret);  // Its id, as the log has it.

// Whose it is. Unauthenticated for one that is unknown, unconfirmed, ended or over, and for a
// session that began under an earlier passphrase.
events::Result<std::shared_ptr<const engine::Credential>> let_in(People& people,
                                                                 const std::string& credential,
                                                                 events::Moment now);

}  // namespace cli
