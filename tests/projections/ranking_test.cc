#include "projections/ranking.h"

#include <catch2/catch.hpp>

#include "tests/given_events.h"

namespace {

using tests::followed;
using tests::GivenEvents;
using tests::Position;
using tests::row_at;
using tests::shown;

// A-1 is first; share the second rank.
Position rank(GivenEvents& given) {
  return given.add([](auto event) {
    auto body = event.initRankingFixed();
    body.setRound("2026");
    body.setStep("ranking");
    body.setTrack("gold");
    auto entries = body.initEntries(3);
    const char* ids[] = {"A-1", "A-2", "A-3"};
    for (unsigned i = 0; i < 3; ++i) {
      entries[i].setApplication(ids[i]);
      entries[i].setRank(i == 0 ? 1 : 2);
      entries[i].setNumerator(i == 0 ? 8'000 : 6'000);
      entries[i].setDenominator(1);
    }
  });
}

TEST_CASE("a ranking shows shared ranks, how they were settled and who was listed",
          "[projections]") {
  GivenEvents given;
  auto ranked = rank(given);
  auto settled = given.add([](auto event) {
    auto body = event.initRankTieSettled();
    body.setRound("2026");
    body.setStep("ranking");
    body.setTrack("gold");
    auto order = body.initOrder(2);
    order.set(0, "A-3");
    order.set(1, "A-2");
    body.setReason("steadier");
  });
  auto listed = given.list("2026", "shortlist", "gold", {"A-1", "A-3"}, {"A-2"});

  auto store = followed(given, listed);
  auto row = [&](const char* rank, const char* id, Position at) {
    return row_at(*store, "ranking", {"2026", "gold", "ranking", rank, id}, at);
  };

  CHECK(shown(row("1", "A-1", ranked), "sharedBy") == "");
  CHECK(shown(row("2", "A-2", ranked), "sharedBy") == "2");
  CHECK(shown(row("2", "A-2", ranked), "points") == "60.00");
  CHECK(shown(row("2", "A-2", settled), "place") == "2");
  CHECK(shown(row("2", "A-3", settled), "place") == "1");
  CHECK(shown(row("2", "A-3", settled), "reason") == "steadier");
  CHECK(shown(row("2", "A-3", listed), "list") == "shortlist");
  CHECK(shown(row("2", "A-3", listed), "outcomeName") == "listed");
  CHECK(shown(row("2", "A-3", listed), "settledFor") == "steadier");
  CHECK(shown(row("2", "A-2", listed), "outcomeName") == "not listed");
}

}  // namespace
