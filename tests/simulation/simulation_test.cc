#include "tests/simulation/simulation.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

using tests::Happened;
using tests::Simulation;

namespace {

constexpr unsigned steps = 12;

// More than the usual number for a night: PROBITY_SEEDS=5000. One alone: PROBITY_SEED=17.
unsigned from_environment(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text ? static_cast<unsigned>(std::stoul(text)) : otherwise;
}

}  // namespace

TEST_CASE("whatever fails, the log keeps what it acknowledged and folds to what was decided",
          "[simulation]") {
  unsigned first = from_environment("PROBITY_SEED", 1);
  unsigned last = std::getenv("PROBITY_SEED") ? first : from_environment("PROBITY_SEEDS", 200);
  Happened all;
  for (unsigned seed = first; seed <= last; ++seed) {
    INFO("to repeat it: PROBITY_SEED=" << seed);
    all += Simulation(seed).run(steps);
  }

  // A simulation in which little happens proves little.
  INFO(all.events << " events, " << all.refusals_recorded << " recorded refusals, "
                  << all.answered_again << " answered again, " << all.deaths << " deaths, "
                  << all.lost_steps << " lost steps, " << all.power_cuts << " power cuts, "
                  << all.restarts << " restarts");
  if (first == last) return;
  unsigned seeds = last - first + 1;
  CHECK(all.events > seeds * 5);
  CHECK(all.refusals_recorded > seeds / 2);
  CHECK(all.answered_again > seeds);
  CHECK(all.deaths > seeds / 2);
  CHECK(all.lost_steps > seeds / 10);
}
