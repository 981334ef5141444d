#include "events/tree.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <utility>

#include "events/assert.h"
#include "events/text_encoding.h"

namespace events {
namespace {

static_assert(sizeof(Hash[tile_width]) == 8192, "a vector of hashes is a tile's bytes");

constexpr std::uint64_t tile_number_max = tree_size_max >> tile_height;
constexpr std::size_t path_groups_max = 6;  // 10^18 tiles are more than tile_number_max
constexpr std::string_view partial_mark = ".p/";

// How many hashes of this level a tree of the size has.
std::uint64_t hashes_at(unsigned level, std::uint64_t size) {
  return size >> (level * tile_height);
}

// The complete subtree of 2^height hashes that ends a row, before the smaller ones that follow it.
std::span<const Hash> peak_leaves(std::span<const Hash> row, unsigned height) {
  std::size_t width = std::size_t{1} << height;
  std::size_t begin = row.size() >> (height + 1) << (height + 1);
  return row.subspan(begin, width);
}

Result<std::vector<Hash>> hashes_of(std::string_view bytes) {
  if (bytes.size() != sizeof(Hash[tile_width])) {
    return fail(Code::corrupt, "整片哈希的长度不是 8192 字节",
                "a full tile is not 8,192 bytes long");
  }
  std::vector<Hash> hashes(tile_width);
  std::memcpy(hashes.data(), bytes.data(), bytes.size());
  return hashes;
}

std::string padded(std::uint64_t group) {
  std::string digits = std::to_string(group);
  return std::string(3 - digits.size(), '0') + digits;
}

std::string number_path(std::uint64_t number, unsigned width) {
  ASSERT(number <= tile_number_max);
  ASSERT(width >= 1);
  ASSERT(width <= tile_width);
  std::string path = padded(number % 1000);
  for (number /= 1000; number > 0; number /= 1000) path = "x" + padded(number % 1000) + "/" + path;
  if (width < tile_width) path += std::string(partial_mark) + std::to_string(width);
  return path;
}

std::unexpected<Error> wrong_path() {
  return fail(Code::corrupt, "哈希片路径写法不对", "the tile path is not well formed");
}

Result<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  std::size_t groups = 0;
  for (bool last = false; !last; ++groups) {
    std::size_t slash = text.find('/');
    last = slash == std::string_view::npos;
    std::string_view group = text.substr(0, slash);
    if (!last) text.remove_prefix(slash + 1);
    if (!last && !group.starts_with('x')) return wrong_path();
    std::string_view digits = last ? group : group.substr(1);
    bool three =
        digits.size() == 3 && digits.find_first_not_of("0123456789") == std::string_view::npos;
    bool superfluous = groups == 0 && !last && digits == "000";
    if (!three || superfluous || groups == path_groups_max) return wrong_path();
    for (char digit : digits) number = number * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  if (number > tile_number_max) return wrong_path();
  return number;
}

// What stands behind the level: the number, and for a partial tile its width.
Result<TileId> parse_rest(unsigned level, std::string_view text) {
  TileId id{level, 0, tile_width};
  std::size_t mark = text.find(partial_mark);
  if (mark != std::string_view::npos) {
    std::uint64_t width = TRY(parse_decimal(text.substr(mark + partial_mark.size())));
    if (width == 0 || width >= tile_width) return wrong_path();
    id.width = static_cast<unsigned>(width);
  }
  id.number = TRY(parse_number(text.substr(0, mark)));
  return id;
}

}  // namespace

std::string_view Tile::bytes() const {
  return {reinterpret_cast<const char*>(hashes.data()), hashes.size() * sizeof(Hash)};
}

std::vector<Tile> Edge::tiles() const {
  std::vector<Tile> partial;
  for (unsigned level = 0; level < tree_levels; ++level) {
    if (rows[level].empty()) continue;
    auto width = static_cast<unsigned>(rows[level].size());
    partial.push_back({{level, hashes_at(level, size) / tile_width, width}, rows[level]});
  }
  return partial;
}

Result<Tree> Tree::resume(Edge edge) {
  if (edge.size > tree_size_max) {
    return fail(Code::corrupt, "树的大小超出范围", "the tree size is out of range");
  }
  for (unsigned level = 0; level < tree_levels; ++level) {
    if (edge.rows[level].size() != hashes_at(level, edge.size) % tile_width) {
      return fail(
          Code::corrupt, "第 " + std::to_string(level) + " 层的右缘与树的大小不符",
          "the right edge of level " + std::to_string(level) + " does not fit the tree size");
    }
  }
  Tree tree;
  tree.edge_ = std::move(edge);
  for (unsigned height = 0; height < 64; ++height) {
    if ((tree.edge_.size >> height & 1) == 0) continue;
    const std::vector<Hash>& row = tree.edge_.rows[height / tile_height];
    tree.peaks_[height] = merkle_root(peak_leaves(row, height % tile_height));
  }
  return tree;
}

void Tree::append(const Hash& leaf, std::vector<Tile>& full) {
  ASSERT(edge_.size < tree_size_max);
  Hash hash = leaf;
  for (unsigned height = 0;; ++height) {
    if (height % tile_height == 0) {
      unsigned level = height / tile_height;
      std::vector<Hash>& row = edge_.rows[level];
      if (row.empty()) row.reserve(tile_width);
      row.push_back(hash);
      if (row.size() == tile_width) {
        TileId id{level, hashes_at(level, edge_.size) / tile_width, tile_width};
        full.push_back({id, std::exchange(row, {})});
      }
    }
    if ((edge_.size >> height & 1) == 0) {
      peaks_[height] = hash;
      break;
    }
    hash = node_hash(peaks_[height], hash);
  }
  ++edge_.size;
}

Hash Tree::root() const {
  if (edge_.size == 0) return empty_root();
  auto height = static_cast<unsigned>(std::countr_zero(edge_.size));
  Hash hash = peaks_[height];
  while (++height < 64) {
    if ((edge_.size >> height & 1) == 1) hash = node_hash(peaks_[height], hash);
  }
  return hash;
}

Result<Edge> find_edge(std::uint64_t size, std::vector<Hash> last_leaves, const FullTiles& tiles) {
  if (size > tree_size_max || last_leaves.size() != size % tile_width) {
    return fail(Code::corrupt, "末尾的叶数与树的大小不符",
                "the number of last leaves does not fit the tree size");
  }
  Edge edge;
  edge.size = size;
  edge.rows[0] = std::move(last_leaves);
  for (unsigned level = 1; level < tree_levels; ++level) {
    std::uint64_t end = hashes_at(level, size);
    for (std::uint64_t number = end - end % tile_width; number < end; ++number) {
      std::string bytes = TRY(tiles(level - 1, number));
      std::vector<Hash> hashes = TRY(hashes_of(bytes));
      edge.rows[level].push_back(merkle_root(hashes));
    }
  }
  return edge;
}

TreeReader::TreeReader(std::shared_ptr<const Edge> edge, FullTiles tiles)
    : edge_(std::move(edge)), tiles_(std::move(tiles)) {
  ASSERT(edge_ != nullptr);
}

Result<Hash> TreeReader::subtree(unsigned height, std::uint64_t index) {
  if (height >= 64 || index >= edge_->size >> height) {
    return fail(Code::invalid, "树中尚无这一子树", "the tree does not have this subtree yet");
  }
  unsigned above =
      height % tile_height;  // how far the subtree's root stands above the tile's hashes
  unsigned level = height / tile_height;
  std::uint64_t first = index << above;
  std::span<const Hash> hashes = TRY(row(level, first / tile_width));
  return merkle_root(hashes.subspan(first % tile_width, std::size_t{1} << above));
}

Result<Hash> TreeReader::root(std::uint64_t at_size) {
  TRY(check_size(at_size));
  return root_at(at_size, subtrees());
}

Result<std::vector<Hash>> TreeReader::inclusion(std::uint64_t index, std::uint64_t at_size) {
  TRY(check_size(at_size));
  return inclusion_proof(index, at_size, subtrees());
}

Result<std::vector<Hash>> TreeReader::consistency(std::uint64_t from, std::uint64_t to) {
  TRY(check_size(to));
  return consistency_proof(from, to, subtrees());
}

Result<std::span<const Hash>> TreeReader::row(unsigned level, std::uint64_t number) {
  if (number == hashes_at(level, edge_->size) / tile_width) return edge_->rows[level];
  Tile& kept = kept_[level];
  if (kept.hashes.empty() || kept.id.number != number) {
    std::string bytes = TRY(tiles_(level, number));
    kept.hashes = TRY(hashes_of(bytes));
    kept.id = {level, number, tile_width};
  }
  return kept.hashes;
}

Result<> TreeReader::check_size(std::uint64_t at_size) const {
  if (at_size <= edge_->size) return {};
  return fail(Code::invalid, "树还没有这么大", "the tree is not that large yet");
}

Subtrees TreeReader::subtrees() {
  return [this](unsigned height, std::uint64_t index) { return subtree(height, index); };
}

std::string tile_path(const TileId& id) {
  ASSERT(id.level <= tile_level_max);
  return "tile/" + std::to_string(id.level) + "/" + number_path(id.number, id.width);
}

std::string entries_path(std::uint64_t number, unsigned width) {
  return "tile/entries/" + number_path(number, width);
}

Result<TileId> parse_tile_path(std::string_view path) {
  constexpr std::string_view prefix = "tile/";
  if (!path.starts_with(prefix)) return wrong_path();
  path.remove_prefix(prefix.size());
  std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return wrong_path();
  std::uint64_t level = TRY(parse_decimal(path.substr(0, slash)));
  if (level > tile_level_max) return wrong_path();
  return parse_rest(static_cast<unsigned>(level), path.substr(slash + 1));
}

Result<TileId> parse_entries_path(std::string_view path) {
  constexpr std::string_view prefix = "tile/entries/";
  if (!path.starts_with(prefix)) return wrong_path();
  return parse_rest(0, path.substr(prefix.size()));
}

}  // namespace events
