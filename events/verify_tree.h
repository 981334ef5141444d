// Builds the Merkle tree of the records anew, tile by tile, and compares it with the stored one. It
// keeps both where they differ: which of them a signed checkpoint agrees with says what was
// altered. Each object belongs to one thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "events/sha256.h"
#include "events/verify_records.h"
#include "events/verify_scope.h"

namespace events {

// Whose hashes: those of the records, or those that are stored. Where a record or a tile is
// missing, the other takes its place.
enum class TreeOf { records, tiles };

// The hashes of some tile, or the roots of all tiles of a level.
struct TreeRow {
  std::vector<Hash> of_records;
  std::vector<Hash> of_tiles;
  std::vector<bool> known;  // There was a record or a tile.

  const std::vector<Hash>& of(TreeOf which) const {
    return which == TreeOf::records ? of_records : of_tiles;
  }
  void reserve(std::size_t hashes);
  void push_back(const Hash& record, const Hash& tile, bool is_known);
  void append(const TreeRow& others);
};

// Walks over the stored tiles in their order, beside the list of those that there should be.
class TileWalk {
 public:
  explicit TileWalk(const VerifyScope& scope);

  void start(unsigned level, std::uint64_t number, LogFaults& faults);
  // To be asked for in the order of the keys. Nothing, and a fault, if it is missing or no tile.
  std::optional<std::vector<Hash>> find(unsigned level, std::uint64_t number);
  void pass_surplus(std::string_view until);
  void pass_rest();

 private:
  bool broken() const { return !iterator_->status().ok(); }
  void add_surplus();
  void report_damage();

  std::unique_ptr<rocksdb::Iterator> iterator_;
  LogFaults* faults_ = nullptr;
  bool reported_ = false;
};

struct BlockTiles {
  TreeRow roots;                          // of the full tiles
  std::map<std::uint64_t, TreeRow> kept;  // the leaves of the tiles that were asked for
  std::vector<PositionRange> differing;   // the stored hash is not the record's
  std::uint64_t compared = 0;
  LogFaults faults;
};

// Compares the tiles that lie upon the leaves.
class LeafTileCheck {
 public:
  // The leaves of the tiles in `keep` are kept.
  LeafTileCheck(const VerifyScope& scope, const std::set<std::uint64_t>& keep)
      : walk_(scope), keep_(keep) {}

  BlockTiles check(const Leaves& leaves);

 private:
  TileWalk walk_;
  const std::set<std::uint64_t>& keep_;
};

class RebuiltTree {
 public:
  void add(const BlockTiles& tiles);  // in the order of the log
  // The levels above the leaves. Gives the number of tiles that were compared.
  std::uint64_t check_upper_tiles(const VerifyScope& scope, LogFaults& faults) const;
  // Nothing where records and tiles are both missing. The tile in which the size lies was kept.
  std::optional<Hash> root(std::uint64_t size, TreeOf which) const;

 private:
  TreeRow roots_;
  std::map<std::uint64_t, TreeRow> kept_;
};

}  // namespace events
