// Sends commands to the writer as they come, with what the agenda has due first. One thread.
#pragma once

#include <functional>
#include <memory>

#include "cli/folder.h"
#include "cli/line.h"
#include "projections/follower.h"
#include "projections/store.h"

namespace cli {

class Sender {
 public:
  // Of a folder that is open for writing. Under real time, what is due by now is sent at once.
  static events::Result<Sender> start(const App& app, WritingFolder folder);

  // Simulated time moves to the line's `at`, with all that falls due on the way.
  events::Result<engine::Reply> send(const Line& line);

  // Moves simulated time there alone, as sending a line of that moment does.
  events::Result<> move_to(events::Moment at);

  const WritingFolder& folder() const { return folder_; }
  // With the views as of the log's head.
  events::Result<projections::Store*> views();

 private:
  events::Result<> send_due(events::Moment until);

  explicit Sender(WritingFolder folder) : folder_(std::move(folder)) {}

  WritingFolder folder_;
  std::unique_ptr<projections::Store> store_;
  std::unique_ptr<projections::Follower> follower_;
};

// Where `probity send` and its like hand in their commands: the folder's writer, or a server, whose
// own clock says when. A refusal is a reply; an error, that nobody knows what became of it.
using HandIn = std::function<events::Result<engine::Reply>(const Line& line)>;
events::Result<HandIn> open_hand_in(const App& app);
// One alone.
events::Result<engine::Reply> hand_in(const App& app, events::Message<engine::Command> command);

}  // namespace cli
