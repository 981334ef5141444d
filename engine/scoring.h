// Points without floating point: scores are hundredths of a point, results are fractions. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "events/scheme.capnp.h"

namespace engine {

struct Fraction {
  std::uint64_t numerator = 0;
  std::uint32_t denominator = 1;

  // Exact; both denominators are small counts of reviewers.
  bool operator==(const Fraction& other) const {
    return numerator * other.denominator == other.numerator * denominator;
  }
  bool operator<(const Fraction& other) const {
    return numerator * other.denominator < other.numerator * denominator;
  }
};

// An item of so many points, given so many percent.
constexpr std::uint32_t hundredths(unsigned points, unsigned percent) { return points * percent; }

// At least one total. A trimmed mean of fewer than three is the mean.
Fraction combine(events::Combination how, std::vector<std::uint64_t> totals);

}  // namespace engine
