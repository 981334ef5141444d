// A whole round under terms that another city might have, in which anything may be missing, come
// twice or be tried by somebody else.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "cli/sample.h"
#include "engine/scheme_check.h"
#include "tests/simulation/dice.h"
#include "tests/simulation/life.h"
#include "tests/simulation/twin.h"

namespace {

using tests::Dice;
using tests::Life;

// So many lines lay the foundation, without which there would be no round to go wrong.
constexpr std::size_t foundation = 386;

// In the place of its own actor and role, those of the other line.
std::string acted_by(const std::string& line, const std::string& other) {
  auto part = [](const std::string& text) {
    auto first = text.find("\"actor\"");
    return std::pair(first, text.find("\"at\"") - first);
  };
  auto [first, length] = part(line);
  auto [other_first, other_length] = part(other);
  std::string out = line;
  return out.replace(first, length, other.substr(other_first, other_length));
}

// Terms on which schemes differ, each as it is in the sample's scheme and as another might have it.
constexpr std::pair<const char*, const char*> other_terms[] = {
    {"outlierPercent: 30", "outlierPercent: 5"},
    {"    ballot: true\n", ""},
    {"rankTies: {settledBy: committee, clause: 第二十五条, source: notInSource}\n", ""},
    {"places: 10\n    clause: 第三条\n    mayStayVacant: true", "places: 8\n    clause: 第三条"},
    {"scoresAtLeast: 2", "scoresAtLeast: 3"},
    {"combine: mean", "combine: median"},
    {"size: 3, odd: true, method: either", "size: 3, odd: true, method: draw"},
    {"years: 3, scope: sameAward", "years: 1, scope: anyAward"},
    {"number: 7, unit: calendar", "number: 5, unit: working"},
    {"    counts: [document-review, public-evaluation, defence]\n", ""},
    {"      internal: 第二十四条\n", ""},
    {"    apartFrom: [office]\n", ""},
};

// The line that publishes the scheme, with some of its terms as another city might have them.
std::string with_other_terms(const std::string& line, Dice& dice) {
  auto command = boost::json::parse(line).as_object();
  auto& published = command.at("publishScheme").as_object();
  std::string text(published.at("text").as_string());
  for (const auto& [from, to] : other_terms) {
    auto at = text.find(from);
    INFO(from);
    REQUIRE(at != std::string::npos);
    if (dice.percent(40)) text.replace(at, std::string_view(from).size(), to);
  }
  auto read = engine::read_checked_scheme(text, "generated.yaml");
  if (!read) FAIL(read.error().faults.front().place << " " << read.error().faults.front().words.en);
  published["text"] = text;
  return boost::json::serialize(command);
}

std::vector<std::string> spoilt(const std::vector<std::string>& lines, Dice& dice) {
  std::vector<std::string> out(lines.begin(), lines.begin() + foundation);
  for (std::string& line : out) {
    if (line.find("\"publishScheme\"") != std::string::npos) line = with_other_terms(line, dice);
  }
  for (std::size_t i = foundation; i < lines.size(); ++i) {
    if (dice.percent(2)) continue;
    const auto& line = lines[i];
    bool wrong = dice.percent(2);
    out.push_back(wrong ? acted_by(line, lines[dice.between(foundation, i)]) : line);
    if (dice.percent(3)) out.push_back(out.back());
  }
  return out;
}

}  // namespace

TEST_CASE("a round that goes wrong is decided alike after restarts, and seen as if from nothing",
          "[simulation]") {
  const char* seeds = std::getenv("PROBITY_ROUNDS");  // More of them for a night.
  std::uint64_t last = seeds ? std::stoull(seeds) : 2;
  for (std::uint64_t seed = 1; seed <= last; ++seed) {
    Dice dice(seed);
    auto lines = spoilt(cli::sample_lines(), dice);
    Life through;
    Life interrupted;
    std::size_t refused = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      INFO("seed " << seed << ", line " << i << ": " << lines[i].substr(0, 300));
      auto one = through.send(lines[i]);
      auto other = interrupted.send(lines[i]);
      INFO(tests::text(one) << "\n" << tests::text(other));
      REQUIRE(tests::same_answer(one, other));
      if (one.refusal) ++refused;
      if (i % 40 == 0 && dice.percent(30)) interrupted.restart();
      if (i % 400 == 399) interrupted.check_views();
    }
    CHECK(interrupted.check_views() > 10'000);
    CHECK(refused > 40);
  }
}
