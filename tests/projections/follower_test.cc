#include "projections/follower.h"

#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "projections/all.h"
#include "tests/fault_file_system.h"
#include "tests/given_events.h"

namespace {

using events::Position;
using projections::Follower;
using projections::Store;
using projections::View;
using tests::all_rows;
using tests::followed;
using tests::GivenEvents;

// A round in any order: the views take what comes, since a fact cannot be refused.
void add_random_events(GivenEvents& given, std::mt19937_64& random, int count) {
  auto any = [&](std::uint64_t below) { return std::to_string(random() % below + 1); };
  for (int i = 0; i < count; ++i) {
    std::string application = "A-" + any(4);
    std::string person = "p-" + any(3);
    std::string notice = "n-" + any(2);
    given.by("p-" + any(3));
    switch (random() % 12) {
      case 0:
        given.call("2026", {{"apply", "2026-04-01T00:00:00Z"}});
        break;
      case 1:
        given.submit(application, "2026", "acme", "track-" + any(2));
        break;
      case 2:
        given.act(application, "step-" + any(2), random() % 2 == 0);
        break;
      case 3:
        given.score(application, "desk", person, "1." + any(2), 50);
        break;
      case 4:
        given.declare(application, person, random() % 2 == 0);
        break;
      case 5:
        given.recuse(application, person);
        break;
      case 6:
        given.refuse("enterScores", "demo 5", {"application:" + application});
        break;
      case 7:
        given.list("2026", "final", "track-" + any(2), {application}, {"A-" + any(4)});
        break;
      case 8:
        given.publish_notice(notice, "2026", "notice", {application},
                             "2026-07-0" + any(3) + "T00:00:00Z");
        break;
      case 9:
        given.end_notice(notice, "2026", "notice", {application});
        break;
      case 10:
        given.withdraw(application, "2026");
        break;
      default:
        given.rank("2026", "desk", "track-1", {"A-1", "A-2", "A-3", "A-4"});
    }
  }
}

Position reached(const Store& store, std::string_view view) {
  auto one = store.reached(*projections::find_view(view));
  REQUIRE(one.has_value());
  return one->position;
}

TEST_CASE("as of any position stands what a store built so far holds", "[projections]") {
  std::mt19937_64 random(20260301);
  GivenEvents given;
  add_random_events(given, random, 120);
  auto head = given.log().head();

  auto live = *Store::open({.folder = "/live", .env = given.env()});
  Follower follower(given.log(), *live, projections::all);
  std::vector<std::string> then(head + 1);
  for (Position at = 1; at <= head; ++at) {
    REQUIRE(follower.catch_up(at).has_value());
    then[at] = all_rows(*live, at);
  }
  auto rebuilt = followed(given, head, "/rebuilt");

  for (Position at = 1; at <= head; ++at) {
    INFO(at);
    CHECK(all_rows(*live, at) == then[at]);
    CHECK(all_rows(*rebuilt, at) == then[at]);
  }
  auto part = followed(given, head / 2, "/part");
  CHECK(all_rows(*part, head / 2) == then[head / 2]);
}

TEST_CASE("what was not durable when the process ended is followed again", "[projections]") {
  std::mt19937_64 random(7);
  GivenEvents given;
  add_random_events(given, random, 60);
  auto disk = std::make_shared<tests::FaultFileSystem>(tests::memory_files(), 7);
  tests::FaultEnv env(disk);
  Position durable = 0;
  for (Position at = 20; at <= 60; at += 10) {
    auto store = *Store::open({.folder = "/views", .env = &env});
    CHECK(reached(*store, "board") == durable);
    CHECK(reached(*store, "timeline") == durable);
    Follower follower(given.log(), *store, projections::all);
    REQUIRE(follower.catch_up(at - 5).has_value());
    if (at % 20 == 0) {
      REQUIRE(store->flush().has_value());
      durable = at - 5;
    }
    REQUIRE(follower.catch_up(at).has_value());
    disk->cut_power(tests::Unsynced::torn);
    store.reset();
    disk->restore_power();
  }

  auto store = *Store::open({.folder = "/views", .env = &env});
  Follower follower(given.log(), *store, projections::all);
  REQUIRE(follower.catch_up(61).has_value());

  CHECK(all_rows(*store, 61) == all_rows(*followed(given, 61), 61));
}

TEST_CASE("a failing disk ends the catching up, and the next attempt goes on", "[projections]") {
  GivenEvents given;
  given.submit("A-1", "2026", "acme", "gold");
  auto head = given.act("A-1", "examine", true);
  auto disk = std::make_shared<tests::FaultFileSystem>(tests::memory_files(), 7);
  tests::FaultEnv env(disk);
  auto store = *Store::open({.folder = "/views", .env = &env});
  Follower follower(given.log(), *store, projections::all);
  REQUIRE(follower.catch_up(head - 1).has_value());

  disk->limit_space(0);
  auto flushed = store->flush();

  REQUIRE(!flushed.has_value());
  CHECK(flushed.error().code == events::Code::overloaded);
  CHECK(!follower.catch_up(head).has_value());
  CHECK(reached(*store, "board") == head - 1);
  store.reset();
  disk->heal();
  auto again = *Store::open({.folder = "/views", .env = &env});
  REQUIRE(Follower(given.log(), *again, projections::all).catch_up(head).has_value());
  CHECK(all_rows(*again, head) == all_rows(*followed(given, head), head));
}

TEST_CASE("beside the store that writes, a second one reads what was flushed", "[projections]") {
  GivenEvents given;
  auto first = given.submit("A-1", "2026", "acme", "gold");
  auto writing = followed(given, first);
  REQUIRE(writing->writes());
  REQUIRE(writing->flush().has_value());

  auto reading = *Store::open({.folder = "/views", .env = given.env()});
  REQUIRE(!reading->writes());
  CHECK(all_rows(*reading, first) == all_rows(*writing, first));

  auto second = given.act("A-1", "examine", true);
  REQUIRE(Follower(given.log(), *writing, projections::all).catch_up(second).has_value());
  auto& board = *projections::find_view("board");
  CHECK(!reading->wait_for(board, second, std::chrono::milliseconds(1)).has_value());
  REQUIRE(writing->flush().has_value());
  REQUIRE(reading->wait_for(board, second, std::chrono::seconds(10)).has_value());
  CHECK(all_rows(*reading, second) == all_rows(*writing, second));
  CHECK(all_rows(*reading, first) == all_rows(*writing, first));
}

TEST_CASE("who looks once follows itself, or else waits for the one that does", "[projections]") {
  GivenEvents given;
  auto head = given.submit("A-1", "2026", "acme", "gold");
  projections::StoreOptions options{.folder = "/views", .env = given.env()};
  auto look = [&](Position at) {
    return projections::open_at(options, given.log(), projections::all, at, {},
                                std::chrono::milliseconds(1));
  };

  auto alone = look(head);
  REQUIRE(alone.has_value());
  CHECK((*alone)->writes());
  auto beside = look(head);
  REQUIRE(beside.has_value());
  CHECK(!(*beside)->writes());
  CHECK(all_rows(**beside, head) == all_rows(**alone, head));

  auto later = given.act("A-1", "examine", true);
  auto too_soon = look(later);
  REQUIRE(!too_soon.has_value());
  CHECK(too_soon.error().code == events::Code::overloaded);
  alone->reset();
  CHECK(look(later).has_value());
}

std::vector<Position> counted;  // What the counting view was given.

struct Counting {
  static constexpr projections::KeyPart key[] = {{"n", {"数", "n"}}};
  static void apply(const events::Recorded& recorded, projections::Rows& rows) {
    counted.push_back(recorded.position);
    rows.put({std::to_string(recorded.position)}, {});
    rows.keep({"last"}, {});
  }
  static constexpr View version(std::uint32_t number) {
    return {"counting", number, {}, {"计数", "counting"}, key, {}, &apply};
  }
};

TEST_CASE("a new version is built from nothing beside the others, and the old goes",
          "[projections]") {
  GivenEvents given;
  for (int i = 0; i < 5; ++i) given.act("A-1", "examine", true);
  std::array one = {projections::view_of<projections::Board>(), Counting::version(1)};
  std::array two = {projections::view_of<projections::Board>(), Counting::version(2)};
  auto store = *Store::open({.folder = "/views", .env = given.env()});
  REQUIRE(Follower(given.log(), *store, one).catch_up(4).has_value());
  CHECK(store->scan(one[1], {})->rows.size() == 4);

  counted.clear();
  Follower follower(given.log(), *store, two);
  REQUIRE(follower.catch_up(6).has_value());

  CHECK(counted == std::vector<Position>{1, 2, 3, 4, 5, 6});
  CHECK(store->scan(two[1], {})->rows.size() == 6);
  CHECK(store->scan(one[1], {})->rows.empty());
  CHECK(store->reached(one[1])->position == 0);
  CHECK(store->reached(two[0])->position == 6);
}

TEST_CASE("rows of another history are thrown away", "[projections]") {
  GivenEvents given;
  given.submit("A-1", "2026", "acme", "gold");
  auto head = given.act("A-1", "examine", true);
  REQUIRE(followed(given, head)->flush().has_value());

  GivenEvents other;
  other.submit("A-1", "2026", "acme", "gold");
  auto other_head = other.act("A-1", "examine", false);
  auto store = *Store::open({.folder = "/views", .env = given.env()});
  REQUIRE(reached(*store, "board") == head);
  REQUIRE(Follower(other.log(), *store, projections::all).catch_up(other_head).has_value());
  CHECK(all_rows(*store, other_head) == all_rows(*followed(other, other_head), other_head));

  GivenEvents shorter;
  REQUIRE(Follower(shorter.log(), *store, projections::all).catch_up(1).has_value());
  CHECK(reached(*store, "board") == 1);
}

TEST_CASE("a damaged store is emptied and built again", "[projections]") {
  GivenEvents given;
  auto head = given.submit("A-1", "2026", "acme", "gold");
  auto before = all_rows(*followed(given, head), head);
  REQUIRE(rocksdb::WriteStringToFile(given.env(), "damaged\n", "/views/rows/CURRENT").ok());

  auto store = *Store::open({.folder = "/views", .env = given.env()});

  CHECK(reached(*store, "board") == 0);
  REQUIRE(Follower(given.log(), *store, projections::all).catch_up(head).has_value());
  CHECK(all_rows(*store, head) == before);
}

TEST_CASE("progress is told by the batch, and a stop leaves whole batches", "[projections]") {
  GivenEvents given;
  for (int i = 0; i < 5; ++i) given.act("A-1", "examine", true);
  auto store = *Store::open({.folder = "/views", .env = given.env()});
  Follower follower(given.log(), *store, projections::all);
  std::vector<std::pair<Position, Position>> told;

  std::stop_source stopped;
  stopped.request_stop();
  REQUIRE(follower.catch_up(6, {}, stopped.get_token()).has_value());
  CHECK(reached(*store, "board") == 0);
  REQUIRE(follower.catch_up(6, [&](auto done, auto until) { told.emplace_back(done, until); })
              .has_value());

  CHECK(told == std::vector<std::pair<Position, Position>>{{6, 6}});
}

TEST_CASE("a follower that runs keeps up with the log until it is told to stop", "[projections]") {
  GivenEvents given;
  auto store = *Store::open({.folder = "/views", .env = given.env()});
  Follower follower(given.log(), *store, projections::all);
  events::Result<> ended;
  std::jthread running([&](std::stop_token stop) { ended = follower.run(stop); });
  auto& board = *projections::find_view("board");

  for (int i = 0; i < 20; ++i) {
    auto position = given.submit("A-" + std::to_string(i), "2026", "acme", "gold");
    REQUIRE(store->wait_for(board, position, std::chrono::seconds(60)).has_value());
  }
  running.request_stop();
  running.join();

  CHECK(ended.has_value());
  auto head = given.log().head();
  CHECK(all_rows(*store, head) == all_rows(*followed(given, head, "/again"), head));
}

}  // namespace
