#include "projections/draws.h"

#include <catch2/catch.hpp>

#include "tests/given_events.h"

namespace {

using tests::followed;
using tests::GivenEvents;
using Ids = tests::GivenEvents::Ids;
using tests::Position;
using tests::row_at;
using tests::shown;

void set_all(capnp::List<capnp::Text>::Builder list, const Ids& ids) {
  for (unsigned i = 0; i < ids.size(); ++i) list.set(i, ids[i]);
}

template <class Event>
void place(Event& event) {
  event.setRound("2026");
  event.setStep("panel");
  event.setTrack("firm");
}

Position commit(GivenEvents& given, const std::string& draw, const std::string& reason = "") {
  return given.add([&](auto event) {
    auto body = event.initDrawCommitted();
    place(body);
    body.setDraw(draw);
    body.initCandidates(5);
    body.initExcluded(2);
    if (!reason.empty()) body.setReason(reason);
  });
}

TEST_CASE("the view of draws shows each with its state, and the group as it is now",
          "[projections]") {
  GivenEvents given;
  auto committed = commit(given, "d-1");
  auto witnessed = given.add([](auto event) {
    auto body = event.initDrawWitnessed();
    place(body);
    body.setDraw("d-1");
    body.setWitness("he");
  });
  auto formed = given.add({[](auto event) {
                             auto body = event.initDrawOpened();
                             place(body);
                             body.setDraw("d-1");
                             set_all(body.initDrawn(3), {"a", "b", "c"});
                             set_all(body.initReserves(2), {"d", "e"});
                           },
                           [](auto event) {
                             auto body = event.initReviewGroupFormed();
                             place(body);
                             body.setGroup("g-1");
                             set_all(body.initReviewers(3), {"a", "b", "c"});
                             body.setLeader("a");
                             body.setMethod(events::Method::DRAWN);
                           }});
  auto replaced = given.add([](auto event) {
    auto body = event.initMemberReplaced();
    place(body);
    body.setGroup("g-1");
    body.setLeaves("a");
    body.setJoins("d");
    body.setLeader("b");
    body.setReason("ill");
  });

  auto store = followed(given, replaced);
  auto draw = [&](Position at) { return row_at(*store, "draws", {"2026", "firm", "d-1"}, at); };
  auto group = [&](Position at) { return row_at(*store, "draws", {"2026", "firm", "g-1"}, at); };

  CHECK(shown(draw(committed), "stateName") == "committed");
  CHECK(shown(draw(committed), "excluded") == "2");
  CHECK(shown(draw(witnessed), "witness") == "he");
  CHECK(shown(draw(formed), "members") == "a, b, c");
  CHECK(shown(draw(formed), "reserves") == "d, e");
  CHECK(shown(group(formed), "stateName") == "group, drawn");
  CHECK(shown(group(formed), "leader") == "a");
  CHECK(shown(group(replaced), "members") == "b, c, d");
  CHECK(shown(group(replaced), "replaced") == "1");
  CHECK(shown(group(replaced), "reason") == "ill");
}

TEST_CASE("a draw that was given up for another one says so", "[projections]") {
  GivenEvents given;
  commit(given, "d-1");
  auto head = commit(given, "d-2", "the seed was lost");

  auto store = followed(given, head);
  auto row = row_at(*store, "draws", {"2026", "firm", "d-1"}, head);

  CHECK(shown(row, "stateName") == "given up for another");
  CHECK(shown(row, "reason") == "the seed was lost");
}

}  // namespace
