#include "projections/scores.h"

#include <catch2/catch.hpp>

#include "projections/all.h"
#include "projections/json.h"
#include "tests/given_events.h"

namespace {

using tests::followed;
using tests::GivenEvents;
using tests::row_at;
using tests::shown;

TEST_CASE("a score is one row that says how often it was revised", "[projections]") {
  GivenEvents given;
  auto first = given.score("A-1", "desk", "li", "1.1", 70);
  given.score("A-1", "desk", "wu", "1.1", 55);
  auto second = given.score("A-1", "desk", "li", "1.1", 75, first);

  auto store = followed(given, second);
  auto row = [&](auto at) { return row_at(*store, "scores", {"A-1", "desk", "1.1", "li"}, at); };

  CHECK(shown(row(first), "percent") == "70");
  CHECK(shown(row(first), "points") == "42.00");
  CHECK(shown(row(first), "revisions") == "0");
  CHECK(shown(row(first), "replaces") == "");
  CHECK(shown(row(second), "percent") == "75");
  CHECK(shown(row(second), "hundredths") == "4500");
  CHECK(shown(row(second), "revisions") == "1");
  CHECK(shown(row(second), "replaces") == std::to_string(first));
  CHECK(shown(row(second), "position") == std::to_string(second));
}

TEST_CASE("the result of a review is exact, and stands before sheets and scores", "[projections]") {
  GivenEvents given;
  given.score("A-1", "desk", "li", "1.1", 70);
  given.submit_sheet("A-1", "desk", "li", 4200);
  auto head = given.close_review("A-1", "2026", "desk", "gold", 8'501, 2, {"li", "wu"});

  auto store = followed(given, head);
  auto page = store->scan(*projections::find_view("scores"), {.prefix = {"A-1", "desk"}});

  REQUIRE(page.has_value());
  REQUIRE(page->rows.size() == 3);
  CHECK(shown(page->rows[0].row, "kind") == "result");
  CHECK(shown(page->rows[0].row, "numerator") == "8501");
  CHECK(shown(page->rows[0].row, "denominator") == "2");
  CHECK(shown(page->rows[0].row, "points") == "42.505");
  CHECK(shown(page->rows[0].row, "reviewers") == R"(["li","wu"])");
  CHECK(shown(page->rows[1].row, "kind") == "sheet");
  CHECK(shown(page->rows[1].row, "reviewer") == "li");
  CHECK(shown(page->rows[2].row, "kind") == "score");
}

TEST_CASE("what the group agreed on, and what a visit changed, stand beside the scores",
          "[projections]") {
  GivenEvents given;
  given.score("A-1", "desk", "li", "1.1", 70);
  given.score("A-1", "desk", "wu", "1.1", 40);
  given.submit_sheet("A-1", "desk", "li", 4200);
  given.submit_sheet("A-1", "desk", "wu", 2400);
  auto explained = given.add([](auto event) {
    auto body = event.initScoreExplained();
    body.setApplication("A-1");
    body.setStep("desk");
    body.setReviewer("wu");
    body.setReason("no figures for 2025");
  });
  auto agreed = given.add([](auto event) {
    auto body = event.initConsensusEntered();
    body.setApplication("A-1");
    body.setStep("desk");
    body.setItem("1.1");
    body.setPercent(60);
    body.setHundredths(3600);
    body.setLowest(40);
    body.setHighest(70);
    body.setReason("discussed");
  });
  auto closed = given.close_review("A-1", "2026", "desk", "gold", 3'600, 1, {"li", "wu"});
  auto head = given.add([](auto event) {
    auto body = event.initScoreAdjusted();
    body.setApplication("A-1");
    body.setRound("2026");
    body.setStep("visit");
    body.setTrack("gold");
    body.setReview("desk");
    body.setItem("1.1");
    body.setBefore(60);
    body.setPercent(50);
    body.setDeltaHundredths(-600);
    body.setNumerator(3'000);
    body.setDenominator(1);
    body.setReason("seen on site");
  });

  auto store = followed(given, head);
  auto row = [&](const char* step, const char* item, const char* reviewer, auto at) {
    return row_at(*store, "scores", {"A-1", step, item, reviewer}, at);
  };

  CHECK(shown(row("desk", "", "wu", explained), "explanation") == "no figures for 2025");
  CHECK(shown(row("desk", "1.1", "", agreed), "spread") == "40–70");
  CHECK(shown(row("desk", "1.1", "", agreed), "points") == "36.00");
  CHECK(shown(row("desk", "", "li", closed), "deviation") == "+27.27");
  CHECK(shown(row("desk", "", "wu", closed), "deviation") == "-27.27");
  CHECK(shown(row("desk", "1.1", "", closed), "kind") == "consensus");
  CHECK(shown(row("visit", "1.1", "", head), "change") == "-6.00");
  CHECK(shown(row("desk", "", "", closed), "points") == "36.00");
  CHECK(shown(row("desk", "", "", head), "points") == "30.00");
}

TEST_CASE("points are exact, or say that they are rounded", "[projections]") {
  using projections::points;
  CHECK(points(0, 1) == "0.00");
  CHECK(points(71'235, 1) == "712.35");
  CHECK(points(1, 3) == "≈0.0033");
  CHECK(points(2, 3) == "≈0.0067");
  CHECK(points(199'999'999, 2'000'000) == "≈1.00");
  CHECK(points(1, 4) == "0.0025");
  CHECK(points(1, 8) == "≈0.0013");
  CHECK(points(5, 0) == "");
}

}  // namespace
