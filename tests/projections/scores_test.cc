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
