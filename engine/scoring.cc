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

Wide common_divisor(Wide a, Wide b) {
  while (b != 0) {
    Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

}  // namespace

std::optional<Fraction> weighted_sum(const std::vector<Weighted>& parts) {
  Wide numerator = 0;
  Wide denominator = 1;
  for (const Weighted& one : parts) {
    // Of the hundred points of the sum, a part has as many as it has percent.
    Wide n = Wide(one.hundredths.numerator) * one.percent;
    Wide d = Wide(one.hundredths.denominator) * one.points;
    if (Wide shared = common_divisor(n, d); shared > 1) n /= shared, d /= shared;
    // Below 2^64 times 2^52, and 2^71 times 2^32.
    numerator = numerator * d + n * denominator;
    denominator *= d;
    Wide shared = common_divisor(numerator, denominator);
    numerator /= shared;
    denominator /= shared;
    if (denominator > UINT32_MAX || numerator > UINT64_MAX) return std::nullopt;
  }
  return Fraction{static_cast<std::uint64_t>(numerator), static_cast<std::uint32_t>(denominator)};
}

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
