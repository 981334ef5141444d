#include "cli/office.h"

#include <capnp/dynamic.h>
#include <spdlog/spdlog.h>

#include "cli/due.h"
#include "events/code.h"
#include "projections/all.h"

namespace cli {

using events::Position;
using events::Result;

namespace {

constexpr auto tick_every = std::chrono::seconds(1);
constexpr auto patience = std::chrono::seconds(5);

// Over the network nobody moves time: a simulated log goes on from its last event, as fast as the
// world does.
class RunningClock final : public events::Clock {
 public:
  explicit RunningClock(events::Moment from) : ahead_(from - real_.now()) {}
  events::Moment now() const override { return real_.now() + ahead_; }

 private:
  events::RealClock real_;
  events::Moment::duration ahead_;
};

std::string command_type(engine::Command::Reader command) {
  capnp::DynamicStruct::Reader dynamic(command);
  KJ_IF_MAYBE (member, dynamic.which()) return member->getProto().getName().cStr();
  return "unset";
}

std::string outcome_of(const engine::Reply& reply) {
  if (reply.refusal) return std::string(events::code_name(reply.refusal->code));
  return reply.repeated ? "repeated" : "recorded";
}

}  // namespace

Result<std::unique_ptr<Office>> Office::open(const App& app, const engine::CommandBusOptions& queue,
                                             std::function<void()> grown,
                                             const projections::Follower::Progress& caught_up) {
  auto folder = TRY(open_to_write(app));
  if (folder.simulated) {
    folder.clock = std::make_unique<RunningClock>(folder.log->last());
    folder.simulated = nullptr;
    folder.writer = std::make_unique<engine::Writer>(*folder.log, *folder.safe, *folder.clock,
                                                     engine::WriterOptions{});
  }
  projections::StoreOptions options;
  options.folder = app.data / "views";
  auto store = TRY(
      projections::open_at(options, *folder.log, projections::all, folder.log->head(), caught_up));
  if (!store->writes()) {
    return events::fail(events::Code::overloaded, "另一个进程正在更新视图，请稍后重试",
                        "another process is updating the views: try again shortly");
  }
  return std::make_unique<Office>(std::move(folder), std::move(store), app.safe_folder(), queue,
                                  std::move(grown));
}

Office::Office(WritingFolder folder, std::unique_ptr<projections::Store> store,
               const std::filesystem::path& safe, const engine::CommandBusOptions& queue,
               std::function<void()> grown)
    : folder_(std::move(folder)),
      store_(std::move(store)),
      follower_(std::make_unique<projections::Follower>(*folder_.log, *store_, projections::all)),
      passphrases_(safe),
      people_(*folder_.log),
      grown_(std::move(grown)),
      bus_(std::make_unique<engine::CommandBus>(*folder_.writer, queue)),
      following_([this](std::stop_token stop) {
        auto followed = follower_->run(stop);
        if (!followed) spdlog::critical("the views stand still: {}", followed.error().words.en);
      }),
      watching_([this](std::stop_token stop) { watch(stop); }),
      ticking_([this](std::stop_token stop) { tick(stop); }) {}

Office::~Office() {
  for (auto* thread : {&ticking_, &watching_}) {
    thread->request_stop();
    thread->join();
  }
  bus_.reset();
}

Result<const projections::Store*> Office::rows(const projections::View& view, Position position) {
  TRY(store_->wait_for(view, position, patience));
  return store_.get();
}

Result<> Office::submit(events::Message<engine::Command> command, engine::CommandBus::Done done,
                        events::Authentication authentication) {
  std::string type = command_type(command.reader());
  auto counted = [this, type, done = std::move(done)](engine::Reply reply) {
    metrics_.commanded(type, outcome_of(reply));
    done(std::move(reply));
  };
  auto taken = bus_->submit(std::move(command), std::move(counted), authentication);
  if (!taken) metrics_.commanded(type, std::string(events::code_name(taken.error().code)));
  return taken;
}

Result<> Office::say(const std::string& person,
                     const std::function<void(engine::Command::Builder)>& fill) {
  capnp::MallocMessageBuilder builder;
  auto command = builder.initRoot<engine::Command>();
  command.setActor(person);
  fill(command);
  auto promise = std::make_shared<std::promise<engine::Reply>>();
  auto reply = promise->get_future();
  TRY(submit(
      events::Message<engine::Command>(builder),
      [promise](engine::Reply one) { promise->set_value(std::move(one)); },
      events::Authentication::SESSION));
  auto answer = reply.get();
  if (answer.refusal) return std::unexpected(*answer.refusal);
  return {};
}

void Office::watch(std::stop_token stop) {
  Position seen = log().head();
  while (!stop.stop_requested()) {
    Position head = log().wait(seen, stop);
    if (head > seen) grown_();
    seen = head;
  }
}

// As any user would send them: through the queue, one after the other.
void Office::tick(std::stop_token stop) {
  const auto& agenda = *projections::find_view("agenda");
  DueWay way;
  way.see = [&] { return store_->wait_for(agenda, log().head(), patience); };
  way.send = [&](events::Message<engine::Command> command) {
    std::promise<engine::Reply> promise;
    auto reply = promise.get_future();
    auto taken = submit(
        std::move(command), [&](engine::Reply one) { promise.set_value(one); },
        events::Authentication::ASSERTED);
    if (!taken) return engine::Reply{0, 0, taken.error(), false};
    return reply.get();
  };
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    if (auto sent = send_due(way, *store_, now()); !sent) {
      spdlog::warn("what is due waits: {}", sent.error().words.en);
    }
    never.wait_for(lock, stop, tick_every, [] { return false; });
  }
}

}  // namespace cli
