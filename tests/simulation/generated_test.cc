// Rounds under schemes from nothing, in which anything may be missing, come twice, be tried by
// somebody else or be taken back.
#include <capnp/dynamic.h>
#include <rocksdb/env.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "cli/sample.h"
#include "engine/command.capnp.h"
#include "events/clock.h"
#include "events/safe.h"
#include "tests/given.h"
#include "tests/simulation/generated_round.h"
#include "tests/simulation/generated_scheme.h"
#include "tests/simulation/life.h"
#include "tests/simulation/twin.h"

namespace {

using tests::Dice;
using tests::GeneratedRound;
using tests::GeneratedScheme;
using tests::Life;

// What lets people in and ends their terms is the same whatever the scheme.
const std::set<std::string, std::less<>> no_part_of_a_round = {
    "unset",         "expireRole",   "issueCredential", "confirmCredential",
    "endCredential", "beginSession", "setPassphrase",   "readRecord"};
constexpr std::uint64_t rounds = 4;
// In so many every command is said by somebody, and what is asked for below happens.
constexpr std::uint64_t quick_rounds = 60;
// To fold everything anew for every command takes ten times as long.
constexpr std::uint64_t forgetful_every = 5;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::stoull(text) : otherwise;
}

struct Happened {
  std::map<std::string, unsigned> said;    // Commands that passed or were refused.
  std::map<std::string, unsigned> events;  // What stands in the logs.
};

void count(const events::Log& log, Happened& happened) {
  auto cursor = log.read(0);
  while (cursor.next()) {
    auto event = capnp::toDynamic(cursor.recorded().event()).which();
    ++happened.events[KJ_ASSERT_NONNULL(event).getProto().getName().cStr()];
  }
}

void check_happened(Happened& happened, std::initializer_list<const char*> wanted) {
  for (const char* event : wanted) {
    INFO(event);
    CHECK(happened.events[event] > 0);
  }
}

void play(std::uint64_t seed, Happened& happened) {
  Dice dice(seed);
  Dice chance(~seed);  // Of its own: when the process ends has no part in what is said.
  std::string scheme = GeneratedScheme(dice).text();
  Life through;
  Life interrupted;
  unsigned lines = 0;
  auto send = [&](const std::string&, const std::string& line) {
    auto one = through.send(line);
    auto other = interrupted.send(line);
    INFO("PROBITY_ROUND=" << seed << ", line " << ++lines << ": " << line.substr(0, 400));
    INFO(tests::text(one) << "\n" << tests::text(other));
    REQUIRE(tests::same_answer(one, other));
    if (chance.percent(1)) interrupted.restart();
    if (lines % 150 == 0) interrupted.check_views();
    return one;
  };
  GeneratedRound(dice, scheme, through.log(), send).run();
  INFO("PROBITY_ROUND=" << seed << ", " << lines << " lines");
  CHECK(interrupted.check_views() > 10'000);
  count(through.log(), happened);
}

// A cursor must be gone before its log is.
void open_beside(tests::Twin& twin, const events::Log& log) {
  auto first = log.read(0);
  REQUIRE(first.next());
  twin.open(first.recorded());
}

// On disks in memory: by one process that does not end, and now and then by one that forgets all it
// knows after every command.
void play_quickly(std::uint64_t seed, events::Safe& safe, Happened& happened) {
  Dice dice(seed);
  std::string scheme = GeneratedScheme(dice).text();
  std::unique_ptr<rocksdb::Env> disk(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  auto opened = events::Log::create({.folder = "/log", .env = disk.get(), .kept = {}, .die = {}});
  REQUIRE(opened);
  events::Log& log = **opened;
  auto wanted = cli::sample_log(safe.origin());
  events::SimulatedClock clock(*wanted.simulated_from);
  engine::Writer writer(log, safe, clock, {});
  REQUIRE_FALSE(writer.open_log(safe.origin(), wanted.zone, true, wanted.administrator).refusal);
  tests::Twin twin(safe);
  open_beside(twin, log);
  auto send = [&](const std::string& type, const std::string& line) {
    auto command = tests::command(line);
    clock.move_to(events::to_moment(command.reader().getAt()));
    auto one = writer.write(command);
    ++happened.said[type];
    if (seed % forgetful_every != 0) return one;
    auto other = twin.tell(line, clock.now());
    INFO("round " << seed << ": " << line.substr(0, 400));
    INFO(tests::text(one) << "\n" << tests::text(other));
    REQUIRE(tests::same_answer(one, other));
    return one;
  };
  GeneratedRound(dice, scheme, log, send).run();
  count(log, happened);
}

}  // namespace

// More of them for a night: PROBITY_ROUNDS=1000. One alone: PROBITY_ROUND=17.
TEST_CASE("a round under any scheme is decided alike after restarts, and seen as if from nothing",
          "[simulation]") {
  auto first = from_environment("PROBITY_ROUND", 1);
  auto last = std::getenv("PROBITY_ROUND") ? first : from_environment("PROBITY_ROUNDS", rounds);
  Happened happened;
  for (auto seed = first; seed <= last; ++seed) play(seed, happened);

  if (last - first + 1 < rounds) return;
  check_happened(happened, {"awardConferred", "noticeEnded", "recusalEntered", "commandRefused"});
}

// More of them: PROBITY_QUICK_ROUNDS=5000.
TEST_CASE("in rounds under any scheme everything happens, and nothing rests on what is remembered",
          "[simulation]") {
  tests::Folder folder;
  auto safe = events::Safe::create(folder.path() / "safe", "simulation.example/quick");
  REQUIRE(safe);
  auto last = from_environment("PROBITY_QUICK_ROUNDS", quick_rounds);
  Happened happened;
  for (std::uint64_t seed = 1; seed <= last; ++seed) play_quickly(seed, *safe, happened);

  for (auto command : capnp::Schema::from<engine::Command>().getUnionFields()) {
    std::string type = command.getProto().getName().cStr();
    INFO(type);
    CHECK((no_part_of_a_round.contains(type) || happened.said[type] > 0));
  }
  check_happened(
      happened,
      {"applicationAccepted", "applicationWithdrawn", "applicationExcluded", "supplementFiled",
       "departmentAnswered",  "trackTransferred",     "drawOpened",          "memberReplaced",
       "recusalEntered",      "recusalDecided",       "scoresVoided",        "scoreExplained",
       "consensusEntered",    "scoreAdjusted",        "reviewClosed",        "resultEntered",
       "rankingFixed",        "rankTieSettled",       "listFixed",           "awardLeftVacant",
       "ballotClosed",        "noticeInterrupted",    "noticeEnded",         "objectionSettled",
       "deadlineMoved",       "listApproved",         "awardConferred",      "commandRefused"});
}
