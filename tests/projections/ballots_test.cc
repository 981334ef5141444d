#include "projections/ballots.h"

#include <catch2/catch.hpp>

#include "projections/all.h"
#include "tests/given_events.h"

namespace {

using tests::followed;
using tests::GivenEvents;
using tests::Position;
using tests::row_at;
using tests::shown;

// Two members are present, li is in favour of A-1 and wu against it.
Position vote(GivenEvents& given, bool secret) {
  given.add([&](auto event) {
    auto body = event.initBallotOpened();
    body.setBallot("b-1");
    body.setRound("2026");
    body.setStep("decision");
    body.setTrack("gold");
    body.initCandidates(1).set(0, "A-1");
    auto members = body.initMembers(3);
    auto present = body.initPresent(2);
    const char* ids[] = {"li", "wu", "song"};
    for (unsigned i = 0; i < 3; ++i) members.set(i, ids[i]);
    for (unsigned i = 0; i < 2; ++i) present.set(i, ids[i]);
    body.setSecret(secret);
  });
  for (const char* member : {"li", "wu"}) {
    given.by(member, "board").add([&](auto event) {
      auto body = event.initVoteCast();
      body.setBallot("b-1");
      body.setMember(member);
      auto choice = body.initChoices(1)[0];
      choice.setApplication("A-1");
      choice.setVote(member == std::string("li") ? events::Vote::FAVOUR : events::Vote::AGAINST);
    });
  }
  return given.add([](auto event) {
    auto body = event.initBallotClosed();
    body.setBallot("b-1");
    body.setRound("2026");
    body.setStep("decision");
    body.setTrack("gold");
    auto count = body.initCounts(1)[0];
    count.setApplication("A-1");
    count.setFavour(1);
    count.setAgainst(1);
    count.setPassed(false);
  });
}

TEST_CASE("an open ballot shows who voted what, and the count", "[projections]") {
  GivenEvents given;
  auto head = vote(given, false);

  auto store = followed(given, head);
  auto row = [&](const char* application, const char* member) {
    return row_at(*store, "ballots", {"2026", "gold", "b-1", application, member}, head);
  };

  CHECK(shown(row("", ""), "present") == "2");
  CHECK(shown(row("", ""), "members") == "3");
  CHECK(shown(row("", ""), "outcomeName") == "closed");
  CHECK(shown(row("A-1", "li"), "vote") == "favour");
  CHECK(shown(row("A-1", "wu"), "vote") == "against");
  CHECK(shown(row("A-1", ""), "favour") == "1");
  CHECK(shown(row("A-1", ""), "outcomeName") == "not passed");
}

TEST_CASE("no view shows who voted what in a secret ballot", "[projections]") {
  GivenEvents given;
  auto head = vote(given, true);

  auto store = followed(given, head);
  auto row = [&](const char* application, const char* member) {
    return row_at(*store, "ballots", {"2026", "gold", "b-1", application, member}, head);
  };

  CHECK(shown(row("", "li"), "outcomeName") == "has voted");
  CHECK(row("A-1", "li").is_null());
  CHECK(shown(row("A-1", ""), "against") == "1");
  std::string rows = tests::all_rows(*store, head);
  CHECK(rows.find("\"favour\":\"") == std::string::npos);
  CHECK(rows.find("\"vote\"") == std::string::npos);
  CHECK(rows.find("\"choices\":{\"A-1\"") == std::string::npos);
}

TEST_CASE("a ballot on results that were taken back is void", "[projections]") {
  GivenEvents given;
  auto closed = vote(given, false);
  auto undone = given.take_back("2026", "gold", {"decision"});

  auto store = followed(given, undone);
  auto state = [&](Position at) {
    return shown(row_at(*store, "ballots", {"2026", "gold", "b-1", "", ""}, at), "outcomeName");
  };

  CHECK(state(closed) == "closed");
  CHECK(state(undone) == "void: its results were taken back");
}

}  // namespace
