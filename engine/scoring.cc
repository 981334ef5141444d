#include "engine/scoring.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "events/assert.h"

namespace engine {
namespace {

Fraction mean(std::span<const std::uint64_t> totals) {
  auto sum = std::accumulate(totals.begin(), totals.end(), std::uint64_t{0});
  return {sum, static_cast<std::uint32_t>(totals.size())};
}

}  // namespace

Fraction combine(events::Combination how, std::vector<std::uint64_t> totals) {
  ASSERT(!totals.empty());
  std::ranges::sort(totals);
  std::span<const std::uint64_t> sorted = totals;
  switch (how) {
    case events::Combination::MEAN:
      break;
    case events::Combination::MEDIAN: {
      bool odd = sorted.size() % 2 == 1;
      return mean(sorted.subspan((sorted.size() - 1) / 2, odd ? 1 : 2));
    }
    case events::Combination::TRIMMED_MEAN:
      if (sorted.size() >= 3) return mean(sorted.subspan(1, sorted.size() - 2));
      break;
  }
  return mean(sorted);
}

}  // namespace engine
