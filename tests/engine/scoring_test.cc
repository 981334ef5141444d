#include "engine/scoring.h"

#include <catch2/catch.hpp>

namespace {

using engine::Fraction;
using engine::weighted_sum;

TEST_CASE("weighted results add up exactly, out of a hundred points", "[engine]") {
  // 700 of 1000 points with 60 percent, and 86.5 of 100 with 40.
  auto sum = weighted_sum({{{70'000, 1}, 1000, 60}, {{8'650, 1}, 100, 40}});
  REQUIRE(sum);
  CHECK(*sum == Fraction{7'660, 1});

  // A third stays a third.
  auto third = weighted_sum({{{10'000, 3}, 100, 50}, {{20'000, 3}, 100, 50}});
  REQUIRE(third);
  CHECK(third->numerator == 5'000);
  CHECK(third->denominator == 1);

  CHECK(*weighted_sum({}) == Fraction{0, 1});
}

TEST_CASE("what no denominator of a record can hold is not rounded", "[engine]") {
  std::vector<engine::Weighted> parts = {
      {{1, 9'973}, 999'983, 30}, {{1, 9'967}, 999'979, 30}, {{1, 9'949}, 999'961, 40}};

  CHECK_FALSE(weighted_sum(parts));
}

TEST_CASE("fractions are compared without overflow", "[engine]") {
  Fraction large{18'000'000'000'000'000'000u, 4'000'000'000u};
  Fraction larger{18'000'000'000'000'000'001u, 4'000'000'000u};

  CHECK(large < larger);
  CHECK_FALSE(large == larger);
  CHECK(large == Fraction{9'000'000'000'000'000'000u, 2'000'000'000u});
}

}  // namespace
