#include "projections/board.h"

#include <catch2/catch.hpp>

#include "projections/all.h"
#include "tests/given_events.h"

namespace {

using tests::followed;
using tests::GivenEvents;
using tests::row_at;
using tests::shown;

TEST_CASE("the board shows the last step that was decided on an application", "[projections]") {
  GivenEvents given;
  given.call("2026", {{"apply", "2026-04-01T00:00:00Z"}});
  auto submitted = given.submit("A-1", "2026", "acme", "gold");
  auto examined = given.act("A-1", "examine", true);
  auto accepted = given.accept("A-1", "2026", "accept", "gold");
  auto closed = given.close_review("A-1", "2026", "desk", "gold", 213'706, 3, {"li", "wu"});
  auto ranked = given.rank("2026", "desk", "gold", {"A-1"});

  auto store = followed(given, ranked);
  auto row = [&](auto at) { return row_at(*store, "board", {"2026", "gold", "A-1"}, at); };

  CHECK(row(submitted - 1).is_null());
  CHECK(shown(row(submitted), "applicant") == "acme");
  CHECK(shown(row(submitted), "step") == "apply");
  CHECK(shown(row(submitted), "outcomeName") == "submitted");
  CHECK(shown(row(submitted), "since") == "2026-03-01T09:02:00.000000Z");
  CHECK(shown(row(examined), "step") == "examine");
  CHECK(shown(row(examined), "outcome") == "passed");
  CHECK(shown(row(accepted), "outcome") == "accepted");
  CHECK(shown(row(closed), "points") == "≈712.3533");
  CHECK(shown(row(ranked), "rank") == "1");
  CHECK(shown(row(ranked), "position") == std::to_string(ranked));
  CHECK(shown(row(ranked), "applicant") == "acme");
}

TEST_CASE("a list moves those that are on it and those that are not", "[projections]") {
  GivenEvents given;
  given.submit("A-1", "2026", "acme", "gold");
  given.submit("A-2", "2026", "bolt", "gold");
  auto head = given.list("2026", "final", "gold", {"A-2"}, {"A-1"});

  auto store = followed(given, head);

  CHECK(shown(row_at(*store, "board", {"2026", "gold", "A-1"}, head), "outcome") == "notListed");
  CHECK(shown(row_at(*store, "board", {"2026", "gold", "A-2"}, head), "outcome") == "listed");
}

TEST_CASE("a withdrawal leaves the step where it was", "[projections]") {
  GivenEvents given;
  given.submit("A-1", "2026", "acme", "gold");
  given.act("A-1", "examine", true);
  auto head = given.withdraw("A-1", "2026");

  auto store = followed(given, head);
  auto row = row_at(*store, "board", {"2026", "gold", "A-1"}, head);

  CHECK(shown(row, "step") == "examine");
  CHECK(shown(row, "outcome") == "withdrawn");
  CHECK(shown(row, "reason") == "next year");
}

TEST_CASE("a rank goes when there is a newer result, a reason with the next step",
          "[projections]") {
  GivenEvents given;
  given.submit("A-1", "2026", "acme", "gold");
  given.close_review("A-1", "2026", "desk", "gold", 70'000, 1, {"li"});
  auto ranked = given.rank("2026", "desk", "gold", {"A-1"});
  auto withdrawn = given.withdraw("A-1", "2026");
  auto head = given.close_review("A-1", "2026", "site", "gold", 71'000, 1, {"li"});

  auto store = followed(given, head);
  auto row = [&](auto at) { return row_at(*store, "board", {"2026", "gold", "A-1"}, at); };

  CHECK(shown(row(ranked), "rank") == "1");
  CHECK(shown(row(withdrawn), "rank") == "1");
  CHECK(shown(row(withdrawn), "reason") == "next year");
  CHECK(shown(row(head), "rank") == "");
  CHECK(shown(row(head), "reason") == "");
  CHECK(shown(row(head), "points") == "710.00");
}

TEST_CASE("the rounds count each application once, by track and in all", "[projections]") {
  GivenEvents given;
  auto called = given.call("2026", {{"apply", "2026-04-01T00:00:00Z"}});
  given.submit("A-1", "2026", "acme", "gold");
  given.submit("A-2", "2026", "bolt", "gold");
  given.submit("A-3", "2026", "cord", "small");
  given.withdraw("A-3", "2026");
  given.act("A-1", "examine", false);
  given.act("A-1", "examine", true);
  given.accept("A-1", "2026", "accept", "gold");
  given.close_review("A-1", "2026", "desk", "gold", 70'000, 1, {"li"});
  given.close_review("A-1", "2026", "site", "gold", 71'000, 1, {"li"});
  given.list("2026", "short", "gold", {"A-1", "A-2"}, {});
  auto listed = given.list("2026", "final", "gold", {"A-1"}, {"A-2"});
  auto head = given.confer("A-1", "2026", "acme", "gold");

  auto store = followed(given, head);
  auto gold = row_at(*store, "rounds", {"2026", "gold"}, head);
  auto whole = row_at(*store, "rounds", {"2026", ""}, head);

  CHECK(shown(gold, "submitted") == "2");
  CHECK(shown(gold, "accepted") == "1");
  CHECK(shown(gold, "reviewed") == "1");
  CHECK(shown(gold, "listed") == "1");
  CHECK(shown(gold, "conferred") == "1");
  CHECK(shown(gold, "withdrawn") == "");
  CHECK(shown(gold.at("steps").at("examine"), "passed") == "1");
  CHECK(shown(gold.at("steps").at("examine"), "failed") == "0");
  CHECK(shown(whole, "submitted") == "3");
  CHECK(shown(whole, "withdrawn") == "1");
  CHECK(shown(whole, "listed") == "1");
  CHECK(shown(whole, "scheme") == "demo");
  CHECK(shown(whole, "step") == "confer");
  CHECK(shown(whole, "event") == "award conferred");
  CHECK(shown(row_at(*store, "rounds", {"2026", ""}, listed), "conferred") == "");
  CHECK(row_at(*store, "rounds", {"2026", "gold"}, called).is_null());
  CHECK(row_at(*store, "rounds", {"2026", ""}, called).at("deadlines").at("apply") ==
        "2026-04-01T00:00:00.000000Z");
}

TEST_CASE("a place that tracks share is vacant in the round, and in none of them",
          "[projections]") {
  GivenEvents given;
  given.call("2026", {{"apply", "2026-04-01T00:00:00Z"}});
  given.submit("A-1", "2026", "acme", "gold");
  given.leave_vacant("2026", "decision", {"gold", "silver"});
  auto head = given.leave_vacant("2026", "decision", {"gold"});

  auto store = followed(given, head);
  auto vacant = [&](const char* track) {
    return shown(row_at(*store, "rounds", {"2026", track}, head), "vacant");
  };

  CHECK(vacant("") == "2");
  CHECK(vacant("gold") == "1");
  CHECK(row_at(*store, "rounds", {"2026", "silver"}, head).is_null());
}

TEST_CASE("every view says who may read it, and has columns that its rows fill", "[projections]") {
  CHECK(projections::text(projections::Audience{}).en == "nobody");
  CHECK(projections::text(projections::Ties::audience).en == "inspectors, auditors");
  CHECK(projections::find_view("none") == nullptr);
  for (const auto& view : projections::all) {
    INFO(view.name);
    CHECK(projections::find_view(view.name) == &view);
    CHECK(projections::text(view.audience).en != "nobody");
    CHECK(!view.key.empty());
    CHECK(!view.columns.empty());
  }
}

}  // namespace
