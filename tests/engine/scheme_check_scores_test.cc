#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/scheme_check.h"
#include "tests/built.h"

namespace {

// The scheme of the jury's scenarios.
std::string jury() {
  std::ifstream in(std::string(tests::source_dir) + "/tests/scenarios/jury/scheme.yaml");
  return {std::istreambuf_iterator<char>(in), {}};
}

// The same with `from` as `to`.
std::vector<events::Fault> faults_with(const std::string& from, const std::string& to) {
  std::string text = jury();
  auto at = text.find(from);
  INFO("to be replaced: " << from);
  REQUIRE(at != std::string::npos);
  REQUIRE(text.find(from, at + 1) == std::string::npos);
  auto read = engine::read_checked_scheme(text.replace(at, from.size(), to), "s.yaml");
  if (read) return {};
  return read.error().faults;
}

void check(const std::string& from, const std::string& to, const std::string& path,
           const std::string& en) {
  INFO(to);
  auto faults = faults_with(from, to);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].place.ends_with(" " + path));
  CHECK(faults[0].words.en == en);
  CHECK_FALSE(faults[0].words.zh.empty());
}

TEST_CASE("what is counted has a result, and its weights add up", "[engine]") {
  CHECK(faults_with("name: {zh: 评委会奖管理办法", "name: {zh: 办法").empty());
  check("after: [shortlist], weightPercent: 30", "after: [shortlist], weightPercent: 20",
        "steps.final.counts",
        "the weights (weightPercent) of what it counts add up to 90 on the track firm, not to 100; "
        "without weights, let a list count the results instead");
  check("counts: [review, club-review, defence]", "counts: [review, club-review, defence, accept]",
        "steps.final.counts[3]", "has no result: must be of kind review, evaluate, defend or hear");
  check("after: [visit, defence]", "after: [visit]", "steps.final.counts[2]",
        "“defence” does not come before this step, on the tracks: firm, club, idea");
}

TEST_CASE("a visit changes only what a group has agreed on", "[engine]") {
  check("adjusts: review", "adjusts: club-review", "steps.visit.adjusts",
        "must be a review with consensus: true, whose scores are the group's");
}

TEST_CASE("a spread that no scores can have asks for nothing", "[engine]") {
  check("clause: jury 2, spreadPercent: 20", "clause: jury 2, spreadPercent: 100",
        "steps.club-review.review.spreadPercent",
        "scores never differ by more than 100 percent: this asks for nothing");
}

TEST_CASE("a rubric without its text is named, with the tracks that wait for it", "[engine]") {
  auto read = engine::read_checked_scheme(jury(), "s.yaml");

  REQUIRE(read);
  auto notes = engine::recorded_only(**read);
  CHECK(std::ranges::find(notes, "rubric lost without its text: nobody can score the tracks idea",
                          &events::Words::en) != notes.end());
}

TEST_CASE("points are compared where there is a ranking", "[engine]") {
  check("list: {from: final, quota: true}",
        "list: {from: shortlist, quota: true, pointsAtLeast: 5}",
        "steps.decision.list.pointsAtLeast",
        "the list must be chosen from a ranking, or there are no points to compare");
}

TEST_CASE("who ends a tie rests on a clause, or says that the source has none", "[engine]") {
  check("{settledBy: board, clause: jury 3}", "{settledBy: board}", "rankTies",
        "names its clause, or says source: notInSource");
}

TEST_CASE("an organ that votes says how", "[engine]") {
  check("majorityPercent: 50, ", "majorityPercent: 100, ", "organs.board.committee.majorityPercent",
        "must be 1 to 99, which has to be exceeded: 50 is more than half, 66 two thirds or more");
  check("secretBallot: true, clause: jury 8", "secretBallot: true", "organs.board.committee",
        "names the clause that gives its numbers, or says source: notInSource");
  check("places: 2, ratioPercent: 150, pointsAtLeast: 50}",
        "places: 2, ratioPercent: 150, pointsAtLeast: 50}\n    ballot: true",
        "steps.shortlist.ballot", "the organ “office” does not say how it votes (committee)");
}

}  // namespace
