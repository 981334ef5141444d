#include "cli/sender.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "cli/client.h"
#include "cli/due.h"
#include "events/encode.h"
#include "events/text_encoding.h"
#include "projections/all.h"
#include "projections/json.h"

namespace cli {

namespace json = boost::json;
using events::Code;
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

namespace {

// What the engine refuses comes back as a reply; the rest says nothing about the command.
bool is_refusal(events::Code code) {
  return code != Code::overloaded && code != Code::unauthenticated && code != Code::too_many &&
         code != Code::corrupt;
}

Result<engine::Reply> post(Client& client, const Line& line) {
  auto command = line.command.reader();
  auto sent = client.post("/api/v1/commands", json::serialize(events::encode(command)),
                          events::string(command.getId()));
  engine::Reply reply;
  if (!sent && is_refusal(sent.error().code)) {
    reply.refusal = sent.error();
    return reply;
  }
  auto answer = TRY(std::move(sent));
  boost::system::error_code wrong;
  auto value = json::parse(answer.body, wrong);
  auto first = wrong || !value.is_object()
                   ? Result<std::uint64_t>(0)
                   : events::parse_decimal(projections::text_in(value.as_object(), "first"));
  if (!first || *first == 0) {
    return events::fail(Code::overloaded, "服务器的回答看不懂，请用同一编号重试",
                        "the answer cannot be read: try again with the same id");
  }
  reply.first = *first;
  reply.last = events::parse_decimal(projections::text_in(value.as_object(), "last")).value_or(0);
  reply.repeated = value.as_object().contains("repeated");
  return reply;
}

}  // namespace

Result<HandIn> open_hand_in(const App& app) {
  if (!app.server.empty()) {
    std::shared_ptr<Client> client = TRY(open_client(app));
    return [client](const Line& line) { return post(*client, line); };
  }
  auto sender = std::make_shared<Sender>(TRY(Sender::start(app, TRY(open_to_write(app)))));
  return [sender](const Line& line) { return sender->send(line); };
}

Result<engine::Reply> hand_in(const App& app, events::Message<engine::Command> command) {
  auto way = TRY(open_hand_in(app));
  return way(Line{1, std::move(command), {}});
}

}  // namespace cli
