#include "cli/sender.h"

#include "cli/due.h"
#include "projections/all.h"

namespace cli {

using events::Result;

Result<Sender> Sender::start(const App& app, WritingFolder folder) {
  Sender sender(std::move(folder));
  projections::StoreOptions options;
  options.folder = app.data / "views";
  events::Log& log = *sender.folder_.log;
  sender.store_ = TRY(projections::open_at(options, log, projections::all, log.head()));
  if (!sender.store_->writes()) {
    return events::fail(events::Code::overloaded, "另一个进程正在更新视图，请稍后重试",
                        "another process is updating the views: try again shortly");
  }
  sender.follower_ = std::make_unique<projections::Follower>(log, *sender.store_, projections::all);
  if (!sender.folder_.simulated) {
    TRY(sender.send_due(sender.folder_.clock->now()));
  }
  return sender;
}

Result<> Sender::send_due(events::Moment until) {
  DueWay way;
  way.see = [&] { return follower_->catch_up(folder_.log->head()); };
  way.send = [&](auto command) { return folder_.writer->write(command); };
  if (folder_.simulated) way.move_to = [&](events::Moment at) { folder_.simulated->move_to(at); };
  return cli::send_due(way, *store_, until);
}

Result<> Sender::move_to(events::Moment at) {
  // Most lines bear the time of the line before: nothing can have fallen due since.
  if (at > folder_.clock->now()) TRY(send_due(at));
  folder_.simulated->move_to(at);
  return {};
}

Result<projections::Store*> Sender::views() {
  TRY(follower_->catch_up(folder_.log->head()));
  return store_.get();
}

Result<engine::Reply> Sender::send(const Line& line) {
  auto command = line.command.reader();
  if (command.getAt() != 0 && folder_.simulated) TRY(move_to(events::to_moment(command.getAt())));
  return folder_.writer->write(line.command);
}

}  // namespace cli
