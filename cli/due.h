// The one loop back: what the agenda has due is sent as commands, as any user could send them. One
// thread.
#pragma once

#include "cli/folder.h"
#include "projections/follower.h"

namespace cli {

// Nobody is registered under this id: it may only say that time has passed.
inline constexpr std::string_view clock_actor = "clock";

// Sends everything due up to `until`, in the order of its time; under simulated time each at its
// own.
events::Result<> send_due(WritingFolder& folder, projections::Follower& follower,
                          projections::Store& store, events::Moment until);

}  // namespace cli
