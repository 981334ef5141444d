#include "projections/notices.h"

#include <catch2/catch.hpp>

#include "projections/all.h"
#include "tests/given_events.h"

namespace {

using tests::followed;
using tests::GivenEvents;
using tests::Position;
using tests::row_at;
using tests::shown;

Position object(GivenEvents& given, const char* notice) {
  return given.by("zhou").add([&](auto event) {
    auto body = event.initObjectionFiled();
    body.setObjection("o-1");
    body.setNotice(notice);
    body.setRound("2026");
    body.setApplication("A-1");
    body.setObjector("zhou");
    body.setContent("an accident was not named");
    body.setSettleBy(1'782'000'000'000'000);
  });
}

// Upheld, and the application is out.
Position uphold(GivenEvents& given, const char* notice) {
  given.by("li", "office").add([&](auto event) {
    auto body = event.initObjectionSettled();
    body.setObjection("o-1");
    body.setNotice(notice);
    body.setRound("2026");
    body.setUpheld(true);
    body.setReport("confirmed in writing");
  });
  return given.exclude("A-1", "2026", "o-1");
}

TEST_CASE("a notice shows how long it runs, what was proven and what was objected",
          "[projections]") {
  GivenEvents given;
  auto published =
      given.publish_notice("n-1", "2026", "notice", {"A-1", "A-2"}, "2026-07-10T00:00:00Z");
  given.add([](auto event) {
    auto body = event.initDeadlineMoved();
    body.setRound("2026");
    body.setStep("notice");
    body.setLastDay(20'650);
    body.setCloses(1'784'246'400'000'000);
    body.setReason("a holiday was moved");
    body.setNotice("n-1");
  });
  given.add([](auto event) {
    auto body = event.initInternalNoticeProven();
    body.setNotice("n-1");
    body.setApplication("A-2");
    body.setEvidence("a photograph of the board");
  });
  auto filed = object(given, "n-1");
  uphold(given, "n-1");
  auto ended = given.end_notice("n-1", "2026", "notice", {"A-1", "A-2"});

  auto store = followed(given, ended);
  auto row = [&](Position at) { return row_at(*store, "notices", {"2026", "n-1"}, at); };

  CHECK(shown(row(published), "stateName") == "running");
  CHECK(shown(row(published), "listed") == "2");
  CHECK(shown(row(published), "closes") == "2026-07-10T00:00:00.000000Z");
  CHECK(shown(row(filed), "closes") == "2026-07-17T00:00:00.000000Z");
  CHECK(shown(row(filed), "lastDay") == "2026-07-16");
  CHECK(shown(row(filed), "proofs") == "1");
  CHECK(shown(row(filed), "open") == "1");
  CHECK(shown(row(ended), "objections") == "1");
  CHECK(shown(row(ended), "open") == "0");
  CHECK(shown(row(ended), "stateName") == "ended");
}

TEST_CASE("a notice that was interrupted, shown anew or undone says so", "[projections]") {
  GivenEvents given;
  auto show = [&](const char* notice) {
    return given.publish_notice(notice, "2026", "notice", {"A-1"}, "2026-07-10T00:00:00Z");
  };
  show("n-1");
  auto interrupted = given.add([](auto event) {
    auto body = event.initNoticeInterrupted();
    body.setNotice("n-1");
    body.setRound("2026");
    body.setStep("notice");
    body.setReason("the site was down");
  });
  show("n-2");
  auto anew = show("n-3");
  auto undone = given.take_back("2026", "gold", {"review", "notice"});

  auto store = followed(given, undone);
  auto state = [&](const char* notice, Position at) {
    return shown(row_at(*store, "notices", {"2026", notice}, at), "stateName");
  };

  CHECK(state("n-1", interrupted) == "interrupted");
  CHECK(state("n-1", undone) == "interrupted");
  CHECK(state("n-2", anew) == "shown anew");
  CHECK(state("n-3", anew) == "running");
  CHECK(state("n-3", undone) == "void: its list no longer holds");
}

TEST_CASE("the next notice inherits what is still open", "[projections]") {
  GivenEvents given;
  auto show = [&](const char* notice) {
    return given.publish_notice(notice, "2026", "notice", {"A-1"}, "2026-07-10T00:00:00Z");
  };
  show("n-1");
  object(given, "n-1");
  auto ended = given.end_notice("n-1", "2026", "notice", {"A-1"});
  show("n-2");
  auto anew = show("n-3");
  auto settled = uphold(given, "n-1");

  auto store = followed(given, settled);
  auto row = [&](const char* notice, Position at) {
    return row_at(*store, "notices", {"2026", notice}, at);
  };

  CHECK(shown(row("n-1", ended), "stateName") == "ended");
  CHECK(shown(row("n-1", anew), "stateName") == "shown anew");
  CHECK(shown(row("n-3", anew), "open") == "1");
  for (const char* notice : {"n-1", "n-2", "n-3"}) {
    CHECK(shown(row(notice, settled), "open") == "0");
  }
}

TEST_CASE("an objection is followed up to its report", "[projections]") {
  GivenEvents given;
  given.publish_notice("n-1", "2026", "notice", {"A-1"}, "2026-07-10T00:00:00Z");
  auto filed = object(given, "n-1");
  auto settled = uphold(given, "n-1");

  auto store = followed(given, settled);
  auto row = [&](Position at) { return row_at(*store, "objections", {"2026", "o-1"}, at); };

  CHECK(shown(row(filed), "outcomeName") == "open");
  CHECK(shown(row(filed), "objector") == "zhou");
  CHECK(shown(row(filed), "settleBy") == "2026-06-21T00:00:00.000000Z");
  CHECK(shown(row(settled), "outcomeName") == "upheld: out of the round");
  CHECK(shown(row(settled), "report") == "confirmed in writing");
  CHECK(shown(row(settled), "settledBy") == "li");
}

}  // namespace
