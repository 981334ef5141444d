// The one loop back: what the agenda has due is sent as commands, as any user could send them. One
// thread.
#pragma once

#include <functional>
#include <string_view>

#include "engine/writer.h"
#include "projections/store.h"

namespace cli {

// Nobody is registered under this id: it may only say that time has passed.
inline constexpr std::string_view clock_actor = "clock";

// The way to what the agenda has and to the writer: in this thread, or through the server's queue.
struct DueWay {
  std::function<events::Result<>()> see;  // Brings the agenda up to the log's head.
  std::function<engine::Reply(events::Message<engine::Command>)> send;
  std::function<void(events::Moment)> move_to;  // Simulated time; may be absent.
};

// Sends everything due up to `until`, in the order of its time; under simulated time each at its
// own.
events::Result<> send_due(const DueWay& way, const projections::Store& store, events::Moment until);

}  // namespace cli
