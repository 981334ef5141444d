// The growing Merkle tree of a log, cut into C2SP tiles: a tile holds 256 hashes, each hash of
// level L + 1 is the root of a full tile of level L. A Tree belongs to the writer thread; Edges and
// Tiles are values; a TreeReader is used by one thread at a time, and any thread can make its own.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/error.h"
#include "events/merkle.h"
#include "events/sha256.h"

namespace events {

inline constexpr unsigned tile_width = 256;
inline constexpr unsigned tile_height = 8;  // a tile's root stands 8 nodes above its hashes
inline constexpr unsigned tree_levels = 8;  // enough for every 64-bit size
inline constexpr unsigned tile_level_max = 63;

struct TileId {
  unsigned level = 0;
  std::uint64_t number = 0;
  unsigned width = tile_width;  // less: a partial tile

  auto operator<=>(const TileId&) const = default;
};

struct Tile {
  TileId id;
  std::vector<Hash> hashes;

  std::string_view bytes() const;  // as stored and published; 8,192 if full
};

// The right edge: the last, partial tile of every level, empty where a tile has just been filled.
// Together with the full tiles it is the whole tree.
struct Edge {
  std::uint64_t size = 0;
  std::array<std::vector<Hash>, tree_levels> rows;

  std::vector<Tile> tiles() const;  // the partial tiles to publish
};

class Tree {
 public:
  Tree() = default;
  Tree(Tree&&) = default;
  Tree& operator=(Tree&&) = default;
  static Result<Tree> resume(Edge edge);

  // The tiles that this leaf has filled are added to `full`, lowest level first; they must be
  // stored with the leaf, since the tree forgets them.
  void append(const Hash& leaf, std::vector<Tile>& full);

  std::uint64_t size() const { return edge_.size; }
  Hash root() const;
  const Edge& edge() const { return edge_; }  // copy it for readers in other threads

 private:
  Edge edge_;
  // peaks_[h] is the complete subtree of 2^h leaves at the right end, where bit h of the size is 1.
  std::array<Hash, 64> peaks_{};
};

// The 8,192 bytes of a full tile, wherever full tiles are kept.
using FullTiles = std::function<Result<std::string>(unsigned level, std::uint64_t number)>;

// The edge found again without having been stored: from the full tiles, and the hashes of the last
// `size` mod 256 leaves. It reads at most 255 tiles a level.
Result<Edge> find_edge(std::uint64_t size, std::vector<Hash> last_leaves, const FullTiles& tiles);

// Hashes, roots and proofs of the tree as it stood at any size up to that of the edge. The tile
// last read of each level is kept, so that one proof reads each tile once.
class TreeReader {
 public:
  TreeReader(std::shared_ptr<const Edge> edge, FullTiles tiles);

  std::uint64_t size() const { return edge_->size; }
  Result<Hash> subtree(unsigned height, std::uint64_t index);
  Result<Hash> root(std::uint64_t at_size);
  Result<std::vector<Hash>> inclusion(std::uint64_t index, std::uint64_t at_size);
  Result<std::vector<Hash>> consistency(std::uint64_t from, std::uint64_t to);

 private:
  Result<std::span<const Hash>> row(unsigned level, std::uint64_t number);
  Result<> check_size(std::uint64_t at_size) const;
  Subtrees subtrees();

  std::shared_ptr<const Edge> edge_;
  FullTiles tiles_;
  std::array<Tile, tree_levels> kept_;
};

// The names under which tiles and bundles of entries are published:
//   tile/1/x001/x234/067.p/17   level 1, number 1234067, width 17
//   tile/entries/067            the entries under the full tile 67 of level 0
std::string tile_path(const TileId& id);
std::string entries_path(std::uint64_t number, unsigned width = tile_width);
Result<TileId> parse_tile_path(std::string_view path);
Result<TileId> parse_entries_path(std::string_view path);  // level 0

}  // namespace events
