#include "projections/explanation.h"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "events/text_encoding.h"
#include "projections/all.h"
#include "tests/given_events.h"

namespace {

using tests::followed;
using tests::GivenEvents;
using tests::row_at;
using tests::shown;

void judge(events::Record::Builder record) {
  auto grounds = record.initGrounds(2);
  grounds[0].setClause("demo 14");
  grounds[0].setRule("steps.accept.requires.1");
  grounds[0].setResult(events::Verdict::UNMET);
  grounds[0].setNeeded("3");
  grounds[0].setFound("2");
  grounds[0].initInputs(2);
  grounds[0].getInputs().set(0, 2);
  grounds[0].getInputs().set(1, 1);
  grounds[1].setClause("demo 15");
  grounds[1].setRule("steps.accept.requires.2");
  grounds[1].setResult(events::Verdict::MET);
  auto decided_on = record.initDecidedOn(1);
  decided_on[0].setSubject("application/A-1");
  decided_on[0].setPosition(2);
}

void fail_step(events::Event::Builder event, const char* application) {
  auto body = event.initActed();
  body.setApplication(application);
  body.setStep("accept");
  body.setOutcome(events::Outcome::FAILED);
}

std::string leaf_of(const events::Log& log, events::Position position) {
  auto cursor = log.read(position - 1);
  REQUIRE(cursor.next());
  return events::base64(events::leaf_hash(cursor.bytes()));
}

TEST_CASE("a decision shows its clauses, every ground, its basis and its leaf", "[projections]") {
  GivenEvents given;
  given.submit("A-1", "2026", "acme", "gold");
  auto head = given.by("wang", "office").add({[](auto event) { fail_step(event, "A-1"); }}, judge);

  auto store = followed(given, head);
  auto row = row_at(*store, "explanation", {"A-1", std::to_string(head)}, head);

  CHECK(shown(row, "step") == "accept");
  CHECK(shown(row, "outcome") == "failed");
  CHECK(shown(row, "actor") == "wang");
  CHECK(shown(row, "role") == "office");
  CHECK(shown(row, "clauses") == R"(["demo 14","demo 15"])");
  CHECK(shown(row, "clauseText") == "demo 14; demo 15");
  CHECK(shown(row, "groundText") == "demo 14 unmet, needed 3, found 2; demo 15 met");
  CHECK(row.at("groundText").at("zh") == "demo 14 不符合，须 3，有 2；demo 15 符合");
  const auto& ground = row.at("grounds").at(0);
  CHECK(shown(ground, "rule") == "steps.accept.requires.1");
  CHECK(shown(ground, "inputs") == R"(["2","1"])");
  CHECK(shown(ground, "resultName") == "unmet");
  CHECK(shown(row, "decidedOn") == R"([{"subject":"application/A-1","position":"2"}])");
  CHECK(shown(row, "leafHash") == leaf_of(given.log(), head));
}

TEST_CASE("all events of a command rest on the grounds of its first", "[projections]") {
  GivenEvents given;
  auto head = given.add(
      {[](auto event) { fail_step(event, "A-1"); }, [](auto event) { fail_step(event, "A-2"); }},
      judge);
  auto alone = given.act("A-2", "examine", true);

  auto store = followed(given, alone);
  auto second = row_at(*store, "explanation", {"A-2", std::to_string(head)}, alone);

  CHECK(shown(second, "clauseText") == "demo 14; demo 15");
  CHECK(shown(second, "groundsPosition") == std::to_string(head - 1));
  CHECK(shown(second, "leafHash") == leaf_of(given.log(), head));
  auto third = row_at(*store, "explanation", {"A-2", std::to_string(alone)}, alone);
  CHECK(shown(third, "clauses") == "[]");
}

TEST_CASE("refusals and objections are part of the chain, scores are not", "[projections]") {
  GivenEvents given;
  given.submit("A-1", "2026", "acme", "gold");
  given.score("A-1", "desk", "li", "1.1", 70);
  given.refuse("acceptApplication", "demo 9", {"application:A-1", "round:2026"});
  given.add([](auto event) {
    auto body = event.initObjectionFiled();
    body.setObjection("o-1");
    body.setNotice("n-1");
    body.setRound("2026");
    body.setApplication("A-1");
    body.setObjector("zhao");
    body.setContent("false figures");
  });
  auto head = given.add([](auto event) {
    auto body = event.initObjectionSettled();
    body.setObjection("o-1");
    body.setNotice("n-1");
    body.setRound("2026");
    body.setUpheld(true);
    body.setReport("checked on site");
  });

  auto store = followed(given, head);
  auto page = store->scan(*projections::find_view("explanation"), {.prefix = {"A-1"}});

  REQUIRE(page.has_value());
  std::vector<std::string> outcomes;
  for (const auto& row : page->rows) outcomes.push_back(shown(row.row, "outcome"));
  CHECK(outcomes ==
        std::vector<std::string>{"submitted", "refused", "objected", "objectionUpheld"});
  CHECK(shown(page->rows[1].row, "clauseText") == "demo 9");
  CHECK(shown(page->rows[1].row, "words") == "recused");
  CHECK(shown(page->rows[3].row, "report") == "checked on site");
}

TEST_CASE("a lost ballot, a settled tie and a vacancy stand in the explanation", "[projections]") {
  GivenEvents given;
  given.add([](auto event) {
    auto body = event.initRankTieSettled();
    body.setRound("2026");
    body.setStep("ranking");
    body.setTrack("gold");
    body.initOrder(1).set(0, "A-1");
    body.setReason("steadier");
  });
  given.add([](auto event) {
    auto body = event.initBallotClosed();
    body.setBallot("b-1");
    body.setRound("2026");
    body.setStep("decision");
    body.setTrack("gold");
    auto count = body.initCounts(1)[0];
    count.setApplication("A-1");
    count.setFavour(1);
    count.setAgainst(4);
  });
  auto head = given.add([](auto event) {
    auto body = event.initAwardLeftVacant();
    body.setRound("2026");
    body.setStep("decision");
    body.initTracks(1).set(0, "gold");
    body.setPlaces(2);
    body.setReason("nobody reached the level");
    body.initOthers(1).set(0, "A-1");
  });

  auto store = followed(given, head);
  auto page = store->scan(*projections::find_view("explanation"), {.prefix = {"A-1"}});

  REQUIRE(page.has_value());
  REQUIRE(page->rows.size() == 3);
  CHECK(shown(page->rows[0].row, "outcome") == "tieSettled");
  CHECK(shown(page->rows[0].row, "place") == "1");
  CHECK(shown(page->rows[1].row, "outcome") == "votedDown");
  CHECK(shown(page->rows[1].row, "votes") == "1 in favour, 4 against, 0 abstaining, 0 recused");
  CHECK(shown(page->rows[2].row, "outcome") == "leftVacant");
  CHECK(shown(page->rows[2].row, "places") == "2");
  CHECK(shown(page->rows[2].row, "reason") == "nobody reached the level");
}

TEST_CASE("more grounds than a row shows are said to be omitted", "[projections]") {
  GivenEvents given;
  auto head = given.add({[](auto event) { fail_step(event, "A-1"); }}, [](auto record) {
    auto grounds = record.initGrounds(60);
    for (unsigned i = 0; i < 60; ++i) grounds[i].setClause("demo " + std::to_string(i));
  });

  auto store = followed(given, head);
  auto row = row_at(*store, "explanation", {"A-1", std::to_string(head)}, head);

  CHECK(row.at("grounds").get_array().size() == 50);
  CHECK(shown(row, "groundsOmitted") == "10");
  CHECK(row.at("clauses").get_array().size() == 60);
}

}  // namespace
