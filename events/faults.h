// Collects everything that is wrong with one text, so that it is reported at once. One parse, one
// thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "events/error.h"
#include "events/place.h"

namespace events {

inline constexpr std::size_t faults_max = 50;

class Faults {
 public:
  explicit Faults(std::string_view source) : source_(source) {}
  Faults(const Faults&) = delete;
  Faults& operator=(const Faults&) = delete;

  void add(Place place, std::string_view path, Words words);
  bool full() const { return faults_.size() == faults_max; }  // More are counted, but not kept.
  bool empty() const { return count_ == 0; }

  // What was found, as an error; to be called once.
  std::unexpected<Error> refuse();

 private:
  std::string source_;
  std::vector<Fault> faults_;
  std::size_t count_ = 0;
};

// A part of a text as a message may show it: short, without control characters.
std::string shown(std::string_view text);

}  // namespace events
