// Points without floating point: scores are hundredths of a point, results are fractions. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "events/scheme.capnp.h"

namespace engine {

// Products of a numerator and a denominator, exact.
__extension__ using Wide = unsigned __int128;

struct Fraction {
  std::uint64_t numerator = 0;
  std::uint32_t denominator = 1;

  bool operator==(const Fraction& other) const {
    return Wide(numerator) * other.denominator == Wide(other.numerator) * denominator;
  }
  bool operator<(const Fraction& other) const {
    return Wide(numerator) * other.denominator < Wide(other.numerator) * denominator;
  }
};

// One result of several: hundredths of a point out of so many points, counted with so many percent.
struct Weighted {
  Fraction hundredths;
  std::uint32_t points = 0;
  unsigned percent = 0;
};

// Their sum in hundredths of a point out of a hundred points, exact; nothing where its denominator
// would be more than a record holds.
std::optional<Fraction> weighted_sum(const std::vector<Weighted>& parts);

// An item of so many points, given so many percent.
constexpr std::uint32_t hundredths(unsigned points, unsigned percent) { return points * percent; }

// At least one total. A trimmed mean of fewer than three is the mean.
Fraction combine(events::Combination how, std::vector<std::uint64_t> totals);

}  // namespace engine
