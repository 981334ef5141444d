#include "projections/agenda.h"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "events/moment.h"
#include "projections/all.h"
#include "tests/given_events.h"

namespace {

using tests::followed;
using tests::GivenEvents;

std::vector<std::string> commands_at(const projections::Store& store, events::Position at) {
  std::vector<std::string> out;
  auto page = store.scan(*projections::find_view("agenda"), {.at = at});
  REQUIRE(page.has_value());
  for (const auto& row : page->rows) {
    out.push_back(row.key[0].substr(0, 10) + " " + boost::json::serialize(row.row.at("command")));
  }
  return out;
}

TEST_CASE("the agenda holds what is due in the order of time, with its command", "[projections]") {
  using Commands = std::vector<std::string>;
  GivenEvents given;
  auto called =
      given.call("2026", {{"visit", "2026-08-01T16:00:00Z"}, {"apply", "2026-04-30T16:00:00Z"}});
  auto passed = given.pass_deadline("2026", "apply", "2026-04-30T16:00:00Z");
  auto published = given.publish_notice("n-1", "2026", "notice", {"A-1"}, "2026-07-10T16:00:00Z");
  auto ended = given.end_notice("n-1", "2026", "notice", {"A-1"});

  auto store = followed(given, ended);

  const std::string apply = R"(2026-04-30 {"passDeadline":{"round":"2026","step":"apply"}})";
  const std::string visit = R"(2026-08-01 {"passDeadline":{"round":"2026","step":"visit"}})";
  const std::string notice = R"(2026-07-10 {"endNotice":{"notice":"n-1"}})";
  CHECK(commands_at(*store, called) == Commands{apply, visit});
  CHECK(commands_at(*store, passed) == Commands{visit});
  CHECK(commands_at(*store, published) == Commands{notice, visit});
  CHECK(commands_at(*store, ended) == Commands{visit});
}

TEST_CASE("a notice that is moved, interrupted or shown anew is due once", "[projections]") {
  using Commands = std::vector<std::string>;
  GivenEvents given;
  given.publish_notice("n-1", "2026", "notice", {"A-1"}, "2026-07-10T16:00:00Z");
  auto moved = given.add([](auto event) {
    auto body = event.initDeadlineMoved();
    body.setRound("2026");
    body.setStep("notice");
    body.setNotice("n-1");
    body.setCloses(events::to_micros(*events::parse_moment("2026-07-13T16:00:00Z")));
  });
  auto again = given.publish_notice("n-2", "2026", "notice", {"A-1"}, "2026-07-20T16:00:00Z");
  auto interrupted = given.add([](auto event) {
    auto body = event.initNoticeInterrupted();
    body.setNotice("n-2");
    body.setRound("2026");
    body.setStep("notice");
  });

  auto store = followed(given, interrupted);

  CHECK(commands_at(*store, moved) == Commands{R"(2026-07-13 {"endNotice":{"notice":"n-1"}})"});
  CHECK(commands_at(*store, again) == Commands{R"(2026-07-20 {"endNotice":{"notice":"n-2"}})"});
  CHECK(commands_at(*store, interrupted).empty());
}

TEST_CASE("whoever did not come on a list stays on the agenda until told", "[projections]") {
  GivenEvents given;
  auto fixed = given.add([](auto event) {
    auto body = event.initListFixed();
    body.setRound("2026");
    body.setStep("shortlist");
    body.setTrack("firm");
    body.initListed(1).set(0, "A-1");
    auto others = body.initOthers(2);
    others.set(0, "A-2");
    others.set(1, "A-3");
    body.setTold("feedback");
  });
  auto told = given.act("A-2", "feedback", true);

  auto store = followed(given, told);

  auto waiting = [&](events::Position at) {
    std::vector<std::string> ids;
    auto page = store->scan(*projections::find_view("agenda"), {.at = at});
    REQUIRE(page.has_value());
    for (const auto& row : page->rows) ids.push_back(row.key[2]);
    return ids;
  };
  CHECK(waiting(fixed) == std::vector<std::string>{"A-2/feedback", "A-3/feedback"});
  CHECK(waiting(told) == std::vector<std::string>{"A-3/feedback"});
}

TEST_CASE("the same step of two rounds may be due at one moment", "[projections]") {
  GivenEvents given;
  given.call("2026", {{"apply", "2026-04-30T16:00:00Z"}});
  given.call("2027", {{"apply", "2026-04-30T16:00:00Z"}});
  auto head = given.pass_deadline("2026", "apply", "2026-04-30T16:00:00Z");

  auto store = followed(given, head);

  CHECK(commands_at(*store, head - 1).size() == 2);
  CHECK(commands_at(*store, head) ==
        std::vector<std::string>{R"(2026-04-30 {"passDeadline":{"round":"2027","step":"apply"}})"});
}

TEST_CASE("a notice whose list no longer holds is not due any more", "[projections]") {
  GivenEvents given;
  auto published = given.publish_notice("n-1", "2026", "notice", {"A-1"}, "2026-07-10T16:00:00Z");
  auto undone = given.add([](auto event) {
    auto body = event.initScoresVoided();
    body.setApplication("A-1");
    body.setRound("2026");
    body.setStep("desk");
    body.setTrack("gold");
    auto steps = body.initUndone(2);
    steps.set(0, "desk");
    steps.set(1, "notice");
  });

  auto store = followed(given, undone);

  CHECK(commands_at(*store, published).size() == 1);
  CHECK(commands_at(*store, undone).empty());
}

}  // namespace
