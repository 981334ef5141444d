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

TEST_CASE("a relation is a hint wherever the two meet, in whatever order", "[projections]") {
  auto related = [](auto event) {
    auto body = event.initRelationRegistered();
    body.setPerson("li");
    body.setApplicant("firm-1");
    body.setGround(events::TieGround::INVESTED);
    body.setEvidence("register of firms");
  };
  auto grouped = [](auto event) {
    auto body = event.initReviewGroupFormed();
    body.setRound("2026");
    body.setTrack("firm");
    body.initReviewers(1).set(0, "li");
  };
  GivenEvents first;
  auto relation = first.add(related);
  first.submit("A-1", "2026", "firm-1", "firm");
  first.submit("A-2", "2026", "firm-1", "team");
  auto before = first.submit("A-3", "2026", "firm-2", "firm");
  auto formed = first.add(grouped);
  first.declare("A-1", "li", false);
  auto head = first.declare("A-1", "li", true);
  GivenEvents last;
  last.submit("A-1", "2026", "firm-1", "firm");
  last.add(grouped);
  auto late = last.add(related);

  auto store = followed(first, head);
  auto other = followed(last, late);

  CHECK(row_at(*store, "ties", {"A-1", "li"}, before).is_null());
  auto row = row_at(*store, "ties", {"A-1", "li"}, formed);
  CHECK(shown(row, "detected") == "invested");
  CHECK(shown(row, "relationPosition") == std::to_string(relation));
  CHECK(shown(row, "hintName") == "detected, not declared");
  CHECK(shown(row_at(*store, "ties", {"A-1", "li"}, head - 1), "hintName") ==
        "detected, declared none");
  CHECK(shown(row_at(*store, "ties", {"A-1", "li"}, head), "hintName") == "dealt with");
  CHECK(row_at(*store, "ties", {"A-2", "li"}, head).is_null());
  CHECK(row_at(*store, "ties", {"A-3", "li"}, head).is_null());
  CHECK(shown(row_at(*other, "ties", {"A-1", "li"}, late), "hintName") == "detected, not declared");
}

TEST_CASE("the register shows who asked for a recusal, who decided, and what was voided",
          "[projections]") {
  GivenEvents given;
  given.score("A-1", "desk", "li", "1.1", 70);
  auto asked = given.by("boss", "applicant").add([](auto event) {
    auto body = event.initRecusalRequested();
    body.setRequest("r-1");
    body.setApplication("A-1");
    body.setPerson("li");
    body.initTie().setGround(events::TieGround::DISPUTE);
  });
  given.by("li", "reviewer").refuse("enterScores", "demo 5.2", {"application:A-1"});
  auto head = given.by("song", "board").add([](auto event) {
    auto body = event.initRecusalDecided();
    body.setRequest("r-1");
    body.setApplication("A-1");
    body.setPerson("li");
    body.setGranted(true);
    body.setReason("true");
  });
  given.recuse("A-1", "li");
  head = given.add([](auto event) {
    auto body = event.initScoresVoided();
    body.setApplication("A-1");
    body.setReviewer("li");
    body.setCounted(true);
  });

  auto store = followed(given, head);
  auto pending = row_at(*store, "ties", {"A-1", "li"}, asked);
  auto row = row_at(*store, "ties", {"A-1", "li"}, head);

  CHECK(shown(pending, "requestName") == "pending");
  CHECK(shown(pending, "requestedBy") == "boss");
  CHECK(shown(row, "requestName") == "granted");
  CHECK(shown(row, "decidedBy") == "song");
  CHECK(shown(row, "acts") == "1");
  CHECK(shown(row, "refused") == "1");
  CHECK(shown(row, "scoresVoided") == "1");
  CHECK(shown(row, "voidedWasCounted") == "true");
}

TEST_CASE("what somebody did about an application stands in the register, applicants apart",
          "[projections]") {
  GivenEvents given;
  given.by("boss", "applicant").act("A-1", "supplement", true);
  given.by("gao", "agency").refuse("act", "demo 4.1", {"application:A-1"});
  given.by("gao", "agency").act("A-1", "check", true);
  auto head = given.by("gao", "agency").act("A-1", "report", true);

  auto store = followed(given, head);

  CHECK(shown(row_at(*store, "ties", {"A-1", "gao"}, head), "acts") == "2");
  CHECK(shown(row_at(*store, "ties", {"A-1", "gao"}, head), "refused") == "1");
  CHECK(row_at(*store, "ties", {"A-1", "boss"}, head).is_null());
}

}  // namespace
