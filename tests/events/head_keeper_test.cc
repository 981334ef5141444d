#include "events/head_keeper.h"

#include <rocksdb/env.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/given.h"
#include "tests/process.h"

using namespace events;
using tests::Given;
using tests::next_batch;

TEST_CASE("the head is kept while the log is written, and at the end", "[events]") {
  Given given;
  given.opened();
  {
    HeadKeeper keeper(given.log(), given.safe());
    given.log().append(next_batch(given.log(), 20));
    given.log().append(next_batch(given.log(), 5));
  }

  auto kept = given.safe().kept();
  REQUIRE(kept->has_value());
  CHECK((*kept)->size == 26);
  CHECK((*kept)->root == *given.log().root(26));
  CHECK((*kept)->origin == Given::origin);
}

TEST_CASE("without any event nothing is kept", "[events]") {
  std::unique_ptr<rocksdb::Env> disk(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  auto log = *Log::create({.folder = "/data", .env = disk.get(), .kept = {}, .die = {}});
  Given given;
  { HeadKeeper keeper(*log, given.safe()); }

  CHECK_FALSE(given.safe().kept()->has_value());
}

TEST_CASE("a log that is opened and closed again keeps the head it had", "[events]") {
  Given given;
  given.opened();
  { HeadKeeper keeper(given.log(), given.safe()); }
  auto note = *given.safe().kept_note();
  given.closed().opened();
  { HeadKeeper keeper(given.log(), given.safe()); }

  CHECK(*given.safe().kept_note() == note);
}

// Run by the test below, in a process of its own, since it is to end.
TEST_CASE("the process ends when the head cannot be kept", "[.keeper-dies]") {
  Given given;
  given.opened();
  for (const char* name : {"head.0", "head.1"}) {
    std::ofstream(given.safe().folder() / name) << "nonsense";
  }
  HeadKeeper keeper(given.log(), given.safe());
  given.log().append(next_batch(given.log(), 1));
  std::jthread forever([&](std::stop_token stop) { given.log().wait(1000, stop); });
  forever.join();
}

TEST_CASE("where the head cannot be kept nothing more is written", "[events]") {
  auto ending = tests::run({{"/proc/self/exe", "[.keeper-dies]"}});

  CHECK(ending.exit_code == 75);
}
