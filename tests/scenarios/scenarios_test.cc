#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <string>

#include "tests/built.h"
#include "tests/folder.h"
#include "tests/scenarios/expectation.h"
#include "tests/scenarios/scenario.h"
#include "tests/scenarios/stage.h"

using tests::Scenario;

namespace {

const std::filesystem::path root = tests::source_dir;

std::string text(const events::Error& error) {
  std::string out = error.words.en + "\n";
  for (const auto& fault : error.faults) out += "  " + fault.place + " " + fault.words.en + "\n";
  return out;
}

// A person's key is written to the disk and synced, which takes longer than a scenario: all share
// one safe.
events::Safe& shared_safe() {
  static const tests::Folder folder;
  static auto safe = events::Safe::create(folder.path() / "safe", tests::scenario_origin);
  REQUIRE(safe.has_value());
  return *safe;
}

// Says where a scenario went another way than it says, and what happened instead; empty if nowhere.
std::string went_wrong(const Scenario& scenario) {
  std::optional<tests::Stage> stage;
  std::optional<tests::Outcome> last;
  for (const tests::Act& act : scenario.acts) {
    if (!stage && !act.at) return act.place + ": the first thing in a scenario is its time, `at`\n";
    if (!stage) stage.emplace(shared_safe(), *act.at, scenario.simulated);
    auto outcome = stage->play(act);
    if (!outcome) return act.place + ": not a command: " + text(outcome.error());
    auto wrong = act.command ? tests::difference(act.then ? &*act.then : nullptr, *outcome) : "";
    if (!wrong.empty()) {
      return act.place + ": " + wrong + "what happened:\n" + tests::described(*outcome);
    }
    last = std::move(*outcome);
  }
  auto wrong = stage->replay(*last);
  return wrong.empty() ? "" : scenario.acts.back().place + ": " + wrong + "\n";
}

}  // namespace

TEST_CASE("every scenario goes as it says", "[scenarios]") {
  for (const auto& file : tests::scenario_files(root / "tests" / "scenarios")) {
    DYNAMIC_SECTION(file.lexically_relative(root).string()) {
      auto scenario = tests::read_scenario(root, file);
      std::string wrong = scenario ? went_wrong(*scenario) : text(scenario.error());

      INFO((scenario ? scenario->fact : file.string()) << "\n" << wrong);
      CHECK(wrong.empty());
    }
  }
}

TEST_CASE("every command passes in some scenario that is about it", "[scenarios]") {
  std::set<std::string> shown;
  for (const auto& file : tests::scenario_files(root / "tests" / "scenarios")) {
    auto scenario = tests::read_scenario(root, file);
    REQUIRE(scenario.has_value());
    const tests::Act& act = scenario->acts.back();
    if (!tests::says_refused(act)) shown.insert(tests::command_type(act));
  }

  for (auto field : capnp::Schema::from<engine::Command>().getUnionFields()) {
    std::string command = field.getProto().getName().cStr();
    // Lifting a recusal passes for nobody.
    bool never = command == "unset" || command == "liftRecusal";
    INFO(command);
    CHECK(shown.contains(command) == !never);
  }
}
