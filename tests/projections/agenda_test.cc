#include "projections/agenda.h"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

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

}  // namespace
