#include "projections/awards.h"

#include <catch2/catch.hpp>

#include "projections/all.h"
#include "tests/given_events.h"

namespace {

using tests::followed;
using tests::GivenEvents;
using tests::Position;
using tests::row_at;
using tests::shown;

Position approve(GivenEvents& given) {
  return given.add([](auto event) {
    auto body = event.initListApproved();
    body.setRound("2026");
    body.setStep("approve");
    body.setTrack("gold");
    body.setDocument("No. 88");
    auto listed = body.initListed(2);
    listed.set(0, "A-1");
    listed.set(1, "A-2");
  });
}

TEST_CASE("an award is shown from its approval, and a vacancy with its reason", "[projections]") {
  GivenEvents given;
  auto vacant = given.leave_vacant("2026", "decision", {"gold", "silver"});
  auto approved = approve(given);
  auto conferred = given.confer("A-1", "2026", "acme", "gold");

  auto store = followed(given, conferred);
  auto award = [&](const char* application, Position at) {
    return row_at(*store, "awards", {"2026", "gold", application, ""}, at);
  };
  auto vacancy = row_at(*store, "awards", {"2026", "silver", "", std::to_string(vacant)}, vacant);

  CHECK(award("A-1", vacant).is_null());
  CHECK(shown(award("A-1", approved), "stateName") == "approved");
  CHECK(shown(award("A-1", approved), "document") == "No. 88");
  CHECK(shown(award("A-1", conferred), "stateName") == "conferred");
  CHECK(shown(award("A-1", conferred), "applicant") == "acme");
  CHECK(shown(award("A-1", conferred), "document") == "No. 88");
  CHECK(shown(award("A-2", conferred), "stateName") == "approved");
  CHECK(shown(vacancy, "places") == "1");
  CHECK(shown(vacancy, "reason") == "nobody else was good enough");
}

TEST_CASE("what rested on a result that was taken back is no award", "[projections]") {
  GivenEvents given;
  auto vacant = given.leave_vacant("2026", "decision", {"gold", "silver"});
  auto approved = approve(given);
  auto undone = given.take_back("2026", "gold", {"decision", "approve"});

  auto store = followed(given, undone);
  auto row = [&](const char* track, const char* application, const std::string& id, Position at) {
    return row_at(*store, "awards", {"2026", track, application, id}, at);
  };

  CHECK_FALSE(row("gold", "A-2", "", approved).is_null());
  CHECK(row("gold", "A-2", "", undone).is_null());
  CHECK_FALSE(row("silver", "", std::to_string(vacant), approved).is_null());
  CHECK(row("silver", "", std::to_string(vacant), undone).is_null());
}

TEST_CASE("whoever is out before the award is conferred does not get it", "[projections]") {
  GivenEvents given;
  approve(given);
  auto excluded = given.exclude("A-2", "2026", "o-1");
  given.confer("A-1", "2026", "acme", "gold");
  auto late = given.exclude("A-1", "2026", "o-2");

  auto store = followed(given, late);
  auto state = [&](const char* application, Position at) {
    return shown(row_at(*store, "awards", {"2026", "gold", application, ""}, at), "stateName");
  };

  CHECK(state("A-2", excluded) == "upheld: out of the round");
  CHECK(state("A-1", excluded) == "approved");
  CHECK(state("A-1", late) == "conferred");
}

}  // namespace
