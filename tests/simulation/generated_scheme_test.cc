#include "tests/simulation/generated_scheme.h"

#include <capnp/schema.h>

#include <catch2/catch.hpp>
#include <set>

#include "engine/scheme_check.h"

using tests::Dice;
using tests::GeneratedScheme;

TEST_CASE("every scheme that the dice make is valid, and among them is every kind of step",
          "[simulation]") {
  std::set<events::StepKind> kinds;
  std::set<std::string> texts;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Dice dice(seed);
    std::string text = GeneratedScheme(dice).text();
    auto read = engine::read_checked_scheme(text, "generated.yaml");
    INFO("seed " << seed);
    if (!read) {
      const auto& fault = read.error().faults.front();
      FAIL(fault.place << " " << fault.words.en << "\n" << text);
    }
    for (auto step : (*read)->reader().getSteps()) kinds.insert(step.getKind());
    texts.insert(text);
  }
  CHECK(kinds.size() == capnp::Schema::from<events::StepKind>().getEnumerants().size());
  CHECK(texts.size() == 200);
}
