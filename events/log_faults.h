// What a verification finds wrong with a log: which of its parts, at which positions, in words.
// Each thread collects its own; a collector is used by one thread at a time.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "events/error.h"
#include "events/keys.h"

namespace events {

// The part of the log that was looked at when the fault was found.
enum class LogPart { store, record, tree, index, checkpoint };

std::string_view log_part_name(LogPart part);  // as in JSON
Words log_part_words(LogPart part);

struct LogFault {
  LogPart part = LogPart::record;
  // The positions that it is about; 0 where it is about none.
  Position first = 0;
  Position last = 0;
  Words words;
};

// More are counted, but not kept: who altered a million records need not be told so a million
// times.
inline constexpr std::size_t log_faults_max = 100;

class LogFaults {
 public:
  void add(LogPart part, Position first, Position last, Words words);
  void add(LogPart part, Position position, Words words) {
    add(part, position, position, std::move(words));
  }
  void take(LogFaults&& others);

  bool empty() const { return found_ == 0; }
  std::uint64_t found() const { return found_; }
  std::vector<LogFault> sorted() &&;  // by position; at most log_faults_max

 private:
  std::vector<LogFault> kept_;
  std::uint64_t found_ = 0;
};

}  // namespace events
