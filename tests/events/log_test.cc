#include "events/log.h"

#include <rocksdb/env.h>

#include <catch2/catch.hpp>
#include <thread>

#include "tests/given.h"

using namespace events;
using tests::all_records;
using tests::next_batch;

namespace {

struct Logs {
  std::unique_ptr<rocksdb::Env> disk{rocksdb::NewMemEnv(rocksdb::Env::Default())};
  LogOptions options{};
  std::unique_ptr<Log> log;

  Logs() {
    options.folder = "/data";
    options.env = disk.get();
    log = *Log::create(options);
  }
  Position add(std::size_t events, std::string_view applicant = "A-1") {
    return log->append(next_batch(*log, events, applicant));
  }
  std::unique_ptr<Log> reader() const { return *Log::open_reader(options); }
};

std::vector<Position> positions(Cursor cursor) {
  std::vector<Position> found;
  while (cursor.next()) found.push_back(cursor.recorded().position);
  return found;
}

using Positions = std::vector<Position>;

}  // namespace

TEST_CASE("what is appended is read in its order, from any position on", "[events]") {
  Logs given;
  CHECK(given.log->head() == 0);
  CHECK(positions(given.log->read(0)).empty());

  CHECK(given.add(2) == 2);
  CHECK(given.add(3) == 5);

  CHECK(given.log->head() == 5);
  CHECK(positions(given.log->read(0)) == Positions{1, 2, 3, 4, 5});
  CHECK(positions(given.log->read(3)) == Positions{4, 5});
  CHECK(positions(given.log->read(5)).empty());
  CHECK(positions(given.log->read(6)).empty());
  CHECK(positions(given.log->read(UINT64_MAX)).empty());
  auto cursor = given.log->read(3);
  REQUIRE(cursor.next());
  CHECK(cursor.recorded().event().isEarlierApplicationRegistered());
  CHECK(view(cursor.recorded().record.getCommandId()) == "c4");
  CHECK(cursor.recorded().record.getIndex() == 3);
  CHECK(cursor.recorded().bytes.data() == cursor.bytes().data());
}

TEST_CASE("a cursor ends at the head of the moment it was made", "[events]") {
  Logs given;
  given.add(2);
  auto all = given.log->read(0);
  auto subject = given.log->read_subject("applicant/A-1", 0);

  given.add(2);

  CHECK(positions(std::move(all)) == Positions{1, 2});
  CHECK(positions(std::move(subject)) == Positions{1, 2});
}

TEST_CASE("a subject is read alone, even beside one whose name begins the same", "[events]") {
  Logs given;
  given.add(1, "A-1");
  given.add(1, "A-10");
  given.add(1, "A");
  given.add(2, "A-1");

  CHECK(positions(given.log->read_subject("applicant/A-1", 0)) == Positions{1, 4, 5});
  CHECK(positions(given.log->read_subject("applicant/A-1", 4)) == Positions{5});
  CHECK(positions(given.log->read_subject("applicant/A-1", UINT64_MAX)).empty());
  CHECK(positions(given.log->read_subject("applicant/A-10", 0)) == Positions{2});
  CHECK(positions(given.log->read_subject("applicant/A", 0)) == Positions{3});
  CHECK(positions(given.log->read_subject("applicant/", 0)).empty());
  CHECK(positions(given.log->read_subject("", 0)).empty());
  CHECK(positions(given.log->read_subject("command/admin/c2", 0)) == Positions{2});
}

TEST_CASE("a mention is found, and is not folded", "[events]") {
  Logs given;
  given.add(3);

  CHECK(positions(given.log->read_mentions("actor/admin", 0)) == Positions{1, 2, 3});
  CHECK(positions(given.log->read_mentions("actor/admin", 2)) == Positions{3});
  CHECK(positions(given.log->read_subject("actor/admin", 0)).empty());
  CHECK(positions(given.log->read_mentions("applicant/A-1", 0)).empty());
}

TEST_CASE("who waits is woken by the next event, or by being told to stop", "[events]") {
  Logs given;
  given.add(1);
  CHECK(given.log->wait(0, {}) == 1);

  Position seen = 0;
  {
    std::jthread waiting([&](std::stop_token stop) { seen = given.log->wait(1, stop); });
    given.add(1);
    waiting.join();
  }
  CHECK(seen == 2);

  std::jthread stopped([&](std::stop_token stop) { seen = given.log->wait(100, stop); });
  stopped.request_stop();
  stopped.join();
  CHECK(seen == 2);
}

TEST_CASE("a moment gives the last position recorded at or before it", "[events]") {
  Logs given;
  given.add(3);  // A microsecond apart.
  auto first = given.log->read(0);
  REQUIRE(first.next());
  Moment start = first.recorded().at();
  using std::chrono::microseconds;

  CHECK(given.log->position_at(start - microseconds(1)) == 0);
  CHECK(given.log->position_at(start) == 1);
  CHECK(given.log->position_at(start + microseconds(1)) == 2);
  CHECK(given.log->position_at(start + microseconds(2)) == 3);
  CHECK(given.log->position_at(start + microseconds(3)) == 3);
  CHECK(given.log->last() == start + microseconds(2));
}

TEST_CASE("recorded times rise even where the clock stands or falls back", "[events]") {
  Logs given;
  given.add(40);
  given.add(40);

  Moment before{};
  auto cursor = given.log->read(0);
  while (cursor.next()) {
    CHECK(cursor.recorded().at() > before);
    before = cursor.recorded().at();
  }
}

TEST_CASE("a log that is opened again has its head, name, time and tree", "[events]") {
  // On both sides of a full tile, and of none.
  auto events = GENERATE(1u, 255u, 256u, 257u, 600u);
  Logs given;
  given.add(events);
  auto root = *given.log->root(events);
  auto half = *given.log->root(events / 2);
  auto last = given.log->last();
  auto records = all_records(*given.log);

  given.log.reset();
  given.log = *Log::open(given.options);

  CHECK(given.log->head() == events);
  CHECK(given.log->origin() == tests::Given::origin);
  CHECK(given.log->last() == last);
  CHECK(*given.log->root(events) == root);
  CHECK(*given.log->root(events / 2) == half);
  CHECK(all_records(*given.log) == records);
  CHECK_FALSE(given.log->root(events + 1));

  given.add(300);
  std::vector<Hash> leaves;
  auto cursor = given.log->read(0);
  while (cursor.next()) leaves.push_back(leaf_hash(cursor.bytes()));
  CHECK(*given.log->root(events + 300) == merkle_root(leaves));
  CHECK(*given.log->root(events) == root);
}

TEST_CASE("a reader sees what a writer beside it appended once it catches up", "[events]") {
  Logs given;
  given.add(2);
  auto reader = given.reader();
  CHECK(reader->head() == 2);

  given.add(500);

  CHECK(reader->head() == 2);
  CHECK(positions(reader->read(0)) == Positions{1, 2});
  CHECK(*reader->catch_up() == 502);
  CHECK(reader->head() == 502);
  CHECK(all_records(*reader) == all_records(*given.log));
  CHECK(*reader->root(502) == *given.log->root(502));
  CHECK(positions(reader->read_subject("applicant/A-1", 500)) == Positions{501, 502});
  CHECK(*given.log->catch_up() == 502);
}

TEST_CASE("a reader of an empty log learns its name when it catches up", "[events]") {
  Logs given;
  auto reader = given.reader();
  CHECK(reader->origin().empty());
  CHECK(*reader->root(0) == empty_root());

  given.add(1);

  CHECK(*reader->catch_up() == 1);
  CHECK(reader->origin() == tests::Given::origin);
}

TEST_CASE("who waits on a reader is woken by its catching up", "[events]") {
  Logs given;
  auto reader = given.reader();
  Position seen = 0;
  std::jthread waiting([&](std::stop_token stop) { seen = reader->wait(0, stop); });

  given.add(3);
  REQUIRE(reader->catch_up());
  waiting.join();

  CHECK(seen == 3);
}

TEST_CASE("many threads read what one thread appends", "[events]") {
  constexpr Position events_all = 400;
  Logs given;
  auto follow = [&](std::stop_token stop) {
    Position seen = 0;
    while (seen < events_all) {
      Position head = given.log->wait(seen, stop);
      auto cursor = given.log->read(seen);
      while (cursor.next() && cursor.recorded().position <= head) ++seen;
      if (given.log->root(head)->empty() || given.log->last() == Moment{}) return;
    }
  };
  std::jthread one(follow);
  std::jthread two(follow);

  while (given.log->head() < events_all) given.add(20);

  one.join();
  two.join();
  CHECK(positions(given.log->read(0)).size() == events_all);
}
