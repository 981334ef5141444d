#include "tests/simulation/simulation.h"

#include <kj/debug.h>

#include <catch2/catch.hpp>

#include "events/merkle.h"
#include "events/verify.h"

namespace tests {
namespace {

using events::Position;

// What stands for the end of the process: everything on the stack goes, as the process would.
void die(const std::string& why) {
  kj::throwFatalException(KJ_EXCEPTION(DISCONNECTED, "the process ended", why));
}

template <class Do>
bool survives(Do&& act) {
  bool done = false;
  KJ_IF_MAYBE (end, kj::runCatchingExceptions([&] { done = act(); })) {
    if (end->getType() != kj::Exception::Type::DISCONNECTED) FAIL(kj::str(*end).cStr());
  }
  return done;
}

}  // namespace

Happened& Happened::operator+=(const Happened& other) {
  steps += other.steps;
  events += other.events;
  refusals_recorded += other.refusals_recorded;
  answered_again += other.answered_again;
  deaths += other.deaths;
  power_cuts += other.power_cuts;
  lost_steps += other.lost_steps;
  restarts += other.restarts;
  return *this;
}

Simulation::Simulation(std::uint64_t seed)
    : dice_(seed),
      cast_(dice_),
      disk_(std::make_shared<FaultFileSystem>(memory_files(), seed)),
      env_(disk_),
      given_(&env_),
      twin_(given_.safe()) {
  given_.die = die;
  given_.writing.subjects_max = dice_.between(1, 40);
  given_.writing.batch_bytes_max = dice_.percent(30) ? 4000 : std::size_t{4} << 20;
}

Happened Simulation::run(unsigned steps) {
  if (dice_.percent(30)) arm();
  restart(false);
  open_twin();
  check_step(0);
  for (unsigned i = 0; i < steps; ++i) step();
  restart(true);
  check_all();
  return happened_;
}

// A cursor must be gone before the log is closed.
void Simulation::open_twin() {
  auto first = given_.log().read(0);
  REQUIRE(first.next());
  twin_.open(first.recorded());
}

void Simulation::step() {
  ++happened_.steps;
  if (dice_.percent(40)) {
    given_.clock().move_to(given_.clock().now() + std::chrono::seconds(dice_.up_to(40'000)));
  }
  std::vector<std::string> commands;
  auto count = dice_.percent(10) ? dice_.between(20, 60) : dice_.between(1, 8);
  for (std::uint64_t i = 0; i < count; ++i) commands.push_back(cast_.next(given_.log().head()));
  Position before = given_.log().head();
  events::Moment now = given_.clock().now();
  if (dice_.percent(35)) arm();

  auto replies = write(commands);
  if (!replies) {
    ++happened_.deaths;
    restart(dice_.percent(60));
    if (given_.log().head() == before) ++happened_.lost_steps;
    // Whatever of them is on the disk, the twin is told in the same order.
    for (const auto& one : commands) {
      if (twin_.log().head() < given_.log().head()) twin_.tell(one, now);
    }
    check_step(before);
    before = given_.log().head();
    now = given_.clock().now();
    replies = write(commands);  // As a sender does who had no answer.
    REQUIRE(replies);
  }
  for (std::size_t i = 0; i < commands.size(); ++i) {
    auto expected = twin_.tell(commands[i], now);
    INFO(commands[i] << "\n  live: " << text((*replies)[i]) << "\n  twin: " << text(expected));
    REQUIRE(same_answer((*replies)[i], expected));
  }
  acknowledge(commands, *replies);
  check_step(before);
  if (dice_.percent(40)) given_.kept();
  if (dice_.percent(15)) restart(dice_.percent(50));
}

void Simulation::arm() {
  constexpr Operation operations[] = {Operation::append,      Operation::sync,
                                      Operation::folder_sync, Operation::name_change,
                                      Operation::any,         Operation::any};
  if (dice_.percent(15)) {
    disk_->limit_space(dice_.up_to(60'000));
  } else {
    disk_->fail({.operation = operations[dice_.up_to(std::size(operations) - 1)],
                 .nth = dice_.between(1, 12),
                 .once = dice_.percent(30)});
  }
}

std::optional<Simulation::Replies> Simulation::write(const std::vector<std::string>& commands) {
  std::optional<Replies> replies;
  survives([&] {
    replies = given_.send(commands);
    return true;
  });
  return replies;
}

// What was not synced goes or stays; what was acknowledged, or kept, must be there.
void Simulation::restart(bool cut_power) {
  ++happened_.restarts;
  for (unsigned tries = 0;; ++tries) {
    given_.closed();
    if (tries > 0 && dice_.percent(50)) cut_power = true;
    if (cut_power) {
      ++happened_.power_cuts;
      disk_->cut_power(dice_.percent(50) ? Unsynced::lost : Unsynced::torn);
      disk_->restore_power();
    }
    if (tries > 0 || !dice_.percent(30)) disk_->heal();
    if (tries > 0 && tries < 4 && dice_.percent(30)) arm();
    std::string why;
    if (survives([&] {
          auto opened = given_.try_open();
          if (!opened) why = opened.error().words.en;
          return opened.has_value();
        })) {
      break;
    }
    INFO("try " << tries << ": " << why);
    REQUIRE(tries < 10);
  }
  disk_->heal();
  if (!leaves_.empty()) check_all();
}

void Simulation::acknowledge(const std::vector<std::string>& commands, const Replies& replies) {
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (replies[i].repeated) ++happened_.answered_again;
    if (replies[i].first == 0) continue;
    if (replies[i].refusal && !replies[i].repeated) ++happened_.refusals_recorded;
    auto [earlier, fresh] = acknowledged_.emplace(commands[i], replies[i]);
    INFO(commands[i] << "\n  first: " << text(earlier->second) << "\n  now: " << text(replies[i]));
    REQUIRE(same_answer(earlier->second, replies[i]));
    REQUIRE((fresh || replies[i].repeated));
  }
}

// Of the records that are new since.
void Simulation::check_step(Position before) {
  const events::Log& log = given_.log();
  REQUIRE(log.head() == twin_.log().head());
  auto live = log.read(before);
  auto twin = twin_.log().read(before);
  while (live.next()) {
    REQUIRE(twin.next());
    auto position = live.recorded().position;
    INFO("position " << position);
    REQUIRE(position == leaves_.size() + 1);
    REQUIRE(std::ranges::equal(live.bytes(), twin.bytes()));
    REQUIRE(live.recorded().at() > last_);
    last_ = live.recorded().at();
    leaves_.push_back(events::leaf_hash(live.bytes()));
    ++happened_.events;
  }
  REQUIRE(leaves_.size() == log.head());
  REQUIRE(*log.root(log.head()) == events::merkle_root(leaves_));
}

// Of everything, as one who knows only the disk, and the kept head, would look at it.
void Simulation::check_all() {
  auto kept = given_.safe().kept();
  REQUIRE(kept);
  if (*kept) REQUIRE((*kept)->size <= given_.log().head());
  for (const auto& [command, reply] : acknowledged_) {
    INFO(command << "\n  " << text(reply));
    REQUIRE(reply.last <= given_.log().head());
    auto record = given_.log().read(reply.first - 1);
    REQUIRE(record.next());
    auto subject = events::command_subject(events::view(record.recorded().record.getActor()),
                                           events::view(record.recorded().record.getCommandId()));
    auto outcome = given_.log().read_subject(subject, 0);
    REQUIRE(outcome.next());
    REQUIRE(outcome.recorded().position == reply.first);
    REQUIRE_FALSE(outcome.next());
  }
  auto report =
      events::verify_log(given_.log(), {.kept = {}, .threads = 1, .progress = {}, .stop = {}});
  REQUIRE(report);
  for (const auto& fault : report->faults) INFO(fault.first << ": " << fault.words.en);
  REQUIRE(report->faults.empty());
  REQUIRE(report->head >= leaves_.size());
}

}  // namespace tests
