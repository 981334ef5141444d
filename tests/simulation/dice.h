// All chance of a simulation comes from here, so that its seed repeats it. One thread.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace tests {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  // The standard's distributions differ between libraries; this does not.
  std::uint64_t up_to(std::uint64_t most) { return random_() % (most + 1); }
  std::uint64_t between(std::uint64_t least, std::uint64_t most) {
    return least + up_to(most - least);
  }
  bool percent(unsigned chance) { return up_to(99) < chance; }

  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[up_to(from.size() - 1)];
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace tests
