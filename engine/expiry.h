// From when until when a scheme is in force, and what its end means to rounds. Pure; writer thread.
#pragma once

#include "engine/context.h"

namespace engine {

// No round is opened outside the scheme's validity; `fallback` is cited where the scheme names no
// clause for it.
events::Result<> need_in_force(const Scheme& scheme, const SchemeVersions& versions,
                               const std::string& fallback, Date today);

// Puts on record that the scheme has been repealed since the round was opened; refuses where the
// scheme says that its rounds end with it.
events::Result<> note_expiry(const Context& context, const Round& round, const RoundStep& at);

}  // namespace engine
