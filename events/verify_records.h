// Reads the records of one stretch of the log after the other, and checks each by itself and
// against the one before it. A RecordCheck belongs to one thread.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "events/sha256.h"
#include "events/stored_record.h"
#include "events/verify_index.h"
#include "events/verify_scope.h"

namespace events {

// A multiple of what a tile holds, and so much that seeking to it costs nothing.
inline constexpr std::uint64_t block_records = 16'384;

// The hashes of a block's leaves, and whether there is one: what is missing leaves a hole.
struct Leaves {
  Position first = 0;
  std::vector<Hash> hashes;
  std::vector<bool> there;
};

struct RecordBlock {
  // Whose contents are not known, so that nobody can say what the index should hold for them.
  std::vector<PositionRange> unread;
  // Of records that a newer program wrote.
  std::vector<Position> newer;
  Moment last{};
  LogFaults faults;
};

class RecordCheck {
 public:
  RecordCheck(const VerifyScope& scope, IndexSums& sums);

  RecordBlock block(std::uint64_t number);          // from 0
  const Leaves& leaves() const { return leaves_; }  // of the block last read

 private:
  struct Seen {
    Position position = 0;
    StoredRecord stored;
  };

  void recall(Position position);
  void walk(RecordBlock& block, Position last);
  Position skip_damage(RecordBlock& block, Position from, Position last);
  void take(RecordBlock& block, Position position, std::string_view bytes);
  void examine(RecordBlock& block, Position position, Record::Reader record);
  void check_envelope(RecordBlock& block, Position position, Record::Reader record);
  void check_order(RecordBlock& block, Position position, Record::Reader record);
  void add(RecordBlock& block, Position position, std::string zh, std::string en);

  const VerifyScope& scope_;
  IndexSums& sums_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
  // The record at hand and the one before it, in turn.
  std::array<Seen, 2> seen_;
  std::size_t current_ = 0;
  Leaves leaves_;  // Kept from block to block: fresh memory costs more than what is put there.
};

}  // namespace events
