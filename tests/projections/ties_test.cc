#include "projections/ties.h"

#include <catch2/catch.hpp>

#include "tests/given_events.h"

namespace {

using tests::followed;
using tests::GivenEvents;
using tests::row_at;
using tests::shown;

TEST_CASE("the register shows what was declared, and what was scored before", "[projections]") {
  GivenEvents given;
  given.score("A-1", "desk", "li", "1.1", 70);
  given.score("A-1", "desk", "li", "1.2", 60);
  auto declared = given.by("li", "reviewer").declare("A-1", "li", true);
  auto none = given.by("wu").declare("A-1", "wu", false);

  auto store = followed(given, none);
  auto tie = row_at(*store, "ties", {"A-1", "li"}, none);

  CHECK(shown(tie, "declared") == "tie");
  CHECK(shown(tie, "ground") == "employed");
  CHECK(tie.at("groundName").at("zh") == "三年内任职或顾问");
  CHECK(shown(tie, "explanation") == "worked there in 2024");
  CHECK(shown(tie, "scoresBeforeDeclaration") == "2");
  CHECK(shown(tie, "declaredPosition") == std::to_string(declared));
  CHECK(shown(tie, "recusal") == "");
  CHECK(shown(row_at(*store, "ties", {"A-1", "wu"}, none), "declared") == "none");
  CHECK(shown(row_at(*store, "ties", {"A-1", "li"}, declared - 1), "declared") == "");
}

TEST_CASE("attempts of a recused person are counted, those of others are not", "[projections]") {
  GivenEvents given;
  given.score("A-1", "desk", "li", "1.1", 70);
  given.by("li").refuse("enterScores", "demo 4.1", {"application:A-1"});
  auto recused = given.by("office").recuse("A-1", "li");
  given.by("li").refuse("enterScores", "demo 5.2", {"application:A-1"});
  given.by("li").refuse("enterScores", "demo 5.2", {"application:A-2", "round:2026"});
  auto head = given.by("wu").refuse("enterScores", "demo 5.2", {"application:A-1"});

  auto store = followed(given, head);
  auto row = row_at(*store, "ties", {"A-1", "li"}, head);

  CHECK(shown(row, "recusal") == "ordered");
  CHECK(shown(row, "recusalName") == "ordered");
  CHECK(shown(row, "clause") == "demo 5.2");
  CHECK(shown(row, "recusedPosition") == std::to_string(recused));
  CHECK(shown(row, "scoresBeforeRecusal") == "1");
  CHECK(shown(row, "scoresAfterRecusal") == "0");
  CHECK(shown(row, "refusedAfterRecusal") == "1");
  CHECK(shown(row, "lastRefusedPosition") == std::to_string(recused + 1));
  CHECK(row_at(*store, "ties", {"A-2", "li"}, head).is_null());
  CHECK(row_at(*store, "ties", {"A-1", "wu"}, head).is_null());
}

TEST_CASE("a recusal stays whatever is declared after it", "[projections]") {
  GivenEvents given;
  given.declare("A-1", "li", true);
  given.recuse("A-1", "li");
  auto head = given.declare("A-1", "li", false);

  auto store = followed(given, head);
  auto row = row_at(*store, "ties", {"A-1", "li"}, head);

  CHECK(shown(row, "declared") == "none");
  CHECK(shown(row, "ground") == "");
  CHECK(shown(row, "declarations") == "2");
  CHECK(shown(row, "recusal") == "ordered");
}

}  // namespace
