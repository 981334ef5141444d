// Compares the index with what the records say it must hold, whatever the order of either: both are
// summed up under a key that nobody can know beforehand, by ranges of positions, and only where the
// sums differ are the entries themselves looked at. An IndexSums belongs to one thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/record.h"
#include "events/verify_scope.h"

namespace events {

using IndexSecret = std::array<std::uint8_t, 16>;

IndexSecret make_index_secret();

class IndexSums {
 public:
  IndexSums(const IndexSecret& secret, Position head);

  void add(Position position, std::string_view key);  // The position is at most the head.
  void add_expected(Position position, Record::Reader record);
  void add(const IndexSums& others);

  // In the order of the log.
  std::vector<PositionRange> differences(const IndexSums& others) const;

 private:
  // Sums of keyed 128-bit hashes in two lanes: without the key, two different sets of entries with
  // equal sums cannot be made up.
  struct Sum {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::uint64_t entries = 0;

    bool operator==(const Sum&) const = default;
  };

  IndexSecret secret_;
  Position head_;
  unsigned shift_ = 0;  // 2^shift_ positions have one sum.
  std::vector<Sum> sums_;
  // Used again and again.
  std::string key_;
  std::vector<Subject> subjects_;
};

struct IndexScan {
  std::uint64_t entries = 0;
  bool readable = true;  // Otherwise the sums say nothing.
};

// Sums up all entries, and finds those that can belong to no log, and command ids that stand twice.
IndexScan scan_index(const VerifyScope& scope, IndexSums& sums, LogFaults& faults);

// Finds the entries that are missing or surplus in the ranges. Of the `unread` positions nobody
// knows what the index should hold.
void find_index_faults(const VerifyScope& scope, const std::vector<PositionRange>& ranges,
                       const std::vector<PositionRange>& unread, LogFaults& faults);

}  // namespace events
