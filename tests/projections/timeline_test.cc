#include "projections/timeline.h"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "projections/all.h"
#include "tests/given_events.h"

namespace {

using tests::followed;
using tests::GivenEvents;
using tests::row_at;
using tests::shown;

std::vector<projections::Row> timeline(const projections::Store& store,
                                       const std::string& subject) {
  auto page = store.scan(*projections::find_view("timeline"), {.prefix = {subject}});
  REQUIRE(page.has_value());
  return std::move(page->rows);
}

TEST_CASE("an event stands under each subject that it names, and under its actor",
          "[projections]") {
  GivenEvents given;
  given.by("rep-1", "applicant");
  auto submitted = given.submit("A-1", "2026", "acme", "gold");

  auto store = followed(given, submitted);

  for (const char* subject : {"application/A-1", "round/2026", "applicant/acme", "person/rep-1"}) {
    INFO(subject);
    auto rows = timeline(*store, subject);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].position == submitted);
    CHECK(shown(rows[0].row, "position") == std::to_string(submitted));
    CHECK(shown(rows[0].row, "type") == "applicationSubmitted");
    CHECK(shown(rows[0].row, "typeName") == "application submitted");
    CHECK(rows[0].row.at("typeName").at("zh") == "申报提交");
    CHECK(shown(rows[0].row, "actor") == "rep-1");
    CHECK(shown(rows[0].row, "role") == "applicant");
    CHECK(shown(rows[0].row, "effectiveOn") == "2026-03-01");
    CHECK(rows[0].row.at("refused") == false);
  }
}

TEST_CASE("the summary leaves out what the line is listed under", "[projections]") {
  GivenEvents given;
  auto scored = given.by("li").score("A-1", "desk", "li", "1.1", 70);
  auto declared = given.declare("A-1", "li", true);
  auto acted = given.act("A-1", "examine", true);

  auto store = followed(given, acted);
  auto summary = [&](auto subject, auto at) {
    return shown(row_at(*store, "timeline", {subject, std::to_string(at)}, acted), "summary");
  };

  CHECK(summary("application/A-1", scored) ==
        "step desk, reviewer li, item 1.1, percent 70, hundredths 4200");
  CHECK(summary("person/li", scored) ==
        "application A-1, step desk, item 1.1, percent 70, hundredths 4200");
  CHECK(summary("application/A-1", declared) ==
        "reviewer li, tie, ground employed, explanation worked there in 2024");
  CHECK(summary("application/A-1", acted) == "step examine, outcome passed");
  auto zh = row_at(*store, "timeline", {"application/A-1", std::to_string(acted)}, acted);
  CHECK(zh.at("summary").at("zh").get_string().find("通过") != std::string::npos);
}

TEST_CASE("forms are counted, and personal data stays sealed", "[projections]") {
  GivenEvents given;
  auto head = given.submit("A-1", "2026", "acme", "gold");

  auto store = followed(given, head);
  auto rows = timeline(*store, "application/A-1");

  CHECK(boost::json::serialize(rows[0].row.at("fields").at("form")) == R"({"entries":2})");
  CHECK(tests::all_rows(*store, head).find("closed box") == std::string::npos);
}

TEST_CASE("a list stands under each of its applications with that one only", "[projections]") {
  GivenEvents given;
  std::vector<std::string> all;
  for (int i = 1; i <= 30; ++i) all.push_back("A-" + std::to_string(i));
  auto ranked = given.rank("2026", "desk", "gold", all);
  auto head = given.list("2026", "short", "gold", {"A-1", "A-2"}, {"A-3"});

  auto store = followed(given, head);
  auto fields = [&](auto subject, auto at) {
    auto row = row_at(*store, "timeline", {subject, std::to_string(at)}, head);
    return row.at("fields").get_object();
  };

  CHECK(boost::json::serialize(fields("application/A-2", ranked).at("entries")) ==
        R"([{"application":"A-2","rank":2,"numerator":"89900","denominator":3}])");
  CHECK(boost::json::serialize(fields("round/2026", ranked).at("entries")) == R"({"entries":30})");
  CHECK(boost::json::serialize(fields("application/A-2", head).at("listed")) == R"(["A-2"])");
  CHECK(boost::json::serialize(fields("round/2026", head).at("listed")) == R"(["A-1","A-2"])");
}

TEST_CASE("a refused attempt stands under what it was tried on and who tried", "[projections]") {
  GivenEvents given;
  auto refused = given.by("li").refuse("enterScores", "demo 5.2", {"application:A-1"});

  auto store = followed(given, refused);

  for (const char* subject : {"application/A-1", "person/li"}) {
    INFO(subject);
    auto rows = timeline(*store, subject);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].row.at("refused") == true);
    CHECK(rows[0].row.at("typeName").at("zh") == "指令被拒");
    CHECK(shown(rows[0].row.at("fields"), "clause") == "demo 5.2");
  }
}

TEST_CASE("a timeline runs from first to last, also past position 9", "[projections]") {
  GivenEvents given;
  for (int i = 0; i < 12; ++i) given.act("A-1", "step-" + std::to_string(i), true);

  auto store = followed(given, given.log().head());
  auto rows = timeline(*store, "application/A-1");

  REQUIRE(rows.size() == 12);
  for (std::size_t i = 1; i < rows.size(); ++i) CHECK(rows[i].position > rows[i - 1].position);
}

}  // namespace
