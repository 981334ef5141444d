#include "cli/event_walk.h"

#include <catch2/catch.hpp>

#include "tests/given_events.h"

namespace {

using cli::EventWalk;

cli::EventFilter of_type(const char* type) {
  cli::EventFilter filter;
  filter.type = type;
  return filter;
}

TEST_CASE("a walk that finds nothing for long gets tired, and goes on from there", "[cli]") {
  tests::GivenEvents given;
  given.call("2026", {});
  for (const char* id : {"A-1", "A-2", "A-3", "A-4"}) given.submit(id, "2026", "acme", "gold");
  auto withdrawn = given.withdraw("A-1", "2026");
  auto head = given.submit("A-5", "2026", "acme", "gold");

  EventWalk walk(given.log(), of_type("applicationWithdrawn"), head);

  std::size_t looks = 3;
  CHECK(walk.next(looks) == EventWalk::Found::tired);
  CHECK(walk.recorded().position == 3);
  looks = 5;
  CHECK(walk.next(looks) == EventWalk::Found::event);
  CHECK(walk.recorded().position == withdrawn);
  CHECK(looks == 5 - (withdrawn - 3));
  looks = 1;
  CHECK(walk.next(looks) == EventWalk::Found::tired);
  looks = 1;
  CHECK(walk.next(looks) == EventWalk::Found::end);
}

TEST_CASE("a walk ends at its position, however far it may look", "[cli]") {
  tests::GivenEvents given;
  given.call("2026", {});
  auto until = given.submit("A-1", "2026", "acme", "gold");
  given.withdraw("A-1", "2026");

  EventWalk walk(given.log(), of_type("applicationWithdrawn"), until);

  CHECK_FALSE(walk.next());
}

}  // namespace
