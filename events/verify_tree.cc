#include "events/verify_tree.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>

#include "events/assert.h"
#include "events/merkle.h"
#include "events/tree.h"

namespace events {
namespace {

constexpr std::size_t tile_bytes = sizeof(Hash[tile_width]);

// The positions whose hashes a tile rests on. The level is one that a log of this size can have.
PositionRange positions_under(unsigned level, std::uint64_t number) {
  unsigned shift = tile_height * (level + 1);
  return {(number << shift) + 1, (number + 1) << shift};
}

Words tile_words(unsigned level, std::uint64_t number, const char* zh, const char* en) {
  std::string name = std::to_string(level) + "/" + std::to_string(number);
  return {"哈希片 " + name + zh, "the tile " + name + en};
}

}  // namespace

TileWalk::TileWalk(const VerifyScope& scope) {
  rocksdb::ReadOptions options = scope.reading;
  // A block of records has few tiles: reading on after each would fetch the others' too.
  options.readahead_size = 0;
  iterator_.reset(scope.store.db->NewIterator(options, scope.store.tree()));
}

void TileWalk::start(unsigned level, std::uint64_t number, LogFaults& faults) {
  faults_ = &faults;
  reported_ = false;
  if (level == 0 && number == 0) {
    iterator_->SeekToFirst();
  } else {
    iterator_->Seek(tile_key(static_cast<std::uint8_t>(level), number));
  }
}

std::optional<std::vector<Hash>> TileWalk::find(unsigned level, std::uint64_t number) {
  std::string key = tile_key(static_cast<std::uint8_t>(level), number);
  pass_surplus(key);
  if (broken()) return std::nullopt;
  auto under = positions_under(level, number);
  if (!iterator_->Valid() || view(iterator_->key()) != key) {
    faults_->add(LogPart::tree, under.first, under.last,
                 tile_words(level, number, "缺失", " is missing"));
    return std::nullopt;
  }
  std::optional<std::vector<Hash>> hashes;
  if (iterator_->value().size() == tile_bytes) {
    hashes.emplace(tile_width);
    std::memcpy(hashes->data(), iterator_->value().data(), tile_bytes);
  } else {
    faults_->add(LogPart::tree, under.first, under.last,
                 tile_words(level, number, "的长度不是 8192 字节", " is not 8,192 bytes long"));
  }
  iterator_->Next();
  return hashes;
}

void TileWalk::pass_surplus(std::string_view until) {
  for (; iterator_->Valid() && view(iterator_->key()) < until; iterator_->Next()) add_surplus();
  if (broken()) report_damage();
}

void TileWalk::pass_rest() {
  for (; iterator_->Valid(); iterator_->Next()) add_surplus();
  if (broken()) report_damage();
}

void TileWalk::add_surplus() {
  std::string_view key = view(iterator_->key());
  Words words{"哈希树多出一项，不成格式", "the tree holds an entry that is not well formed"};
  if (key.size() == tile_key(0, 0).size()) {
    words = tile_words(static_cast<unsigned char>(key[0]), position_of_event_key(key),
                       "多出，日志没有那么长", " is surplus: the log is not that long");
  }
  faults_->add(LogPart::tree, 0, std::move(words));
}

void TileWalk::report_damage() {
  if (reported_) return;
  reported_ = true;
  Words words = store_words(iterator_->status());
  faults_->add(LogPart::store, 0,
               {"哈希树无法读完：" + words.zh, "the tree cannot be read to its end: " + words.en});
}

namespace {

// The leaves of one tile, as the records and as the stored tile have them.
TreeRow leaves_of_tile(const Leaves& leaves, std::uint64_t begin, std::uint64_t width,
                       const std::optional<std::vector<Hash>>& stored) {
  TreeRow row;
  row.reserve(width);
  for (std::uint64_t i = 0; i < width; ++i) {
    bool there = leaves.there[begin + i];
    const Hash& leaf = there || !stored ? leaves.hashes[begin + i] : (*stored)[i];
    row.push_back(leaf, stored ? (*stored)[i] : leaf, there || stored.has_value());
  }
  return row;
}

void add_differences(const TreeRow& row, Position first, std::vector<PositionRange>& differing) {
  for (std::size_t i = 0; i < row.known.size(); ++i) {
    if (row.of_records[i] == row.of_tiles[i]) continue;
    Position position = first + i;
    if (!differing.empty() && differing.back().last + 1 == position) {
      differing.back().last = position;
    } else {
      differing.push_back({position, position});
    }
  }
}

void push_root(TreeRow& roots, const TreeRow& children) {
  bool known = std::ranges::find(children.known, false) == children.known.end();
  if (!known) return roots.push_back({}, {}, false);
  Hash root = merkle_root(children.of_records);
  bool same = children.of_records == children.of_tiles;
  roots.push_back(root, same ? root : merkle_root(children.of_tiles), true);
}

// One tile above the leaves: each of its hashes is the root of a tile below.
TreeRow compare_upper_tile(const TreeRow& below, unsigned level, std::uint64_t number,
                           const std::optional<std::vector<Hash>>& stored, LogFaults& faults) {
  TreeRow row;
  row.reserve(tile_width);
  std::uint64_t span = std::uint64_t{1} << (tile_height * level);
  for (std::uint64_t i = 0; i < tile_width; ++i) {
    std::uint64_t child = number * tile_width + i;
    bool known = below.known[child];
    const Hash& of_tile = stored ? (*stored)[i] : below.of_tiles[child];
    row.push_back(below.of_records[child], of_tile, known);
    // A difference that stands below is not reported again.
    bool agrees = of_tile == below.of_records[child] || of_tile == below.of_tiles[child];
    if (!known || agrees) continue;
    faults.add(LogPart::tree, child * span + 1, (child + 1) * span,
               tile_words(level, number, "中的一个哈希与其下各片不符",
                          " holds a hash that does not follow from the tiles below it"));
  }
  return row;
}

}  // namespace

void TreeRow::reserve(std::size_t hashes) {
  of_records.reserve(hashes);
  of_tiles.reserve(hashes);
  known.reserve(hashes);
}

void TreeRow::push_back(const Hash& record, const Hash& tile, bool is_known) {
  of_records.push_back(record);
  of_tiles.push_back(tile);
  known.push_back(is_known);
}

void TreeRow::append(const TreeRow& others) {
  of_records.insert(of_records.end(), others.of_records.begin(), others.of_records.end());
  of_tiles.insert(of_tiles.end(), others.of_tiles.begin(), others.of_tiles.end());
  known.insert(known.end(), others.known.begin(), others.known.end());
}

BlockTiles LeafTileCheck::check(const Leaves& leaves) {
  BlockTiles out;
  std::uint64_t first = (leaves.first - 1) / tile_width;
  walk_.start(0, first, out.faults);
  for (std::uint64_t begin = 0; begin < leaves.hashes.size(); begin += tile_width) {
    std::uint64_t number = first + begin / tile_width;
    std::uint64_t width = std::min<std::uint64_t>(tile_width, leaves.hashes.size() - begin);
    std::optional<std::vector<Hash>> stored;
    if (width == tile_width) {
      stored = walk_.find(0, number);
      ++out.compared;
    }
    TreeRow row = leaves_of_tile(leaves, begin, width, stored);
    add_differences(row, leaves.first + begin, out.differing);
    if (width == tile_width) push_root(out.roots, row);
    if (keep_.contains(number)) out.kept.emplace(number, std::move(row));
  }
  walk_.pass_surplus(tile_key(0, first + out.compared));
  return out;
}

void RebuiltTree::add(const BlockTiles& tiles) {
  roots_.append(tiles.roots);
  kept_.insert(tiles.kept.begin(), tiles.kept.end());
}

std::uint64_t RebuiltTree::check_upper_tiles(const VerifyScope& scope, LogFaults& faults) const {
  std::uint64_t compared = 0;
  TileWalk walk(scope);
  walk.start(0, scope.head / tile_width, faults);
  TreeRow below = roots_;
  for (unsigned level = 1; below.known.size() >= tile_width; ++level) {
    TreeRow roots;
    for (std::uint64_t number = 0; number < below.known.size() / tile_width; ++number) {
      auto stored = walk.find(level, number);
      push_root(roots, compare_upper_tile(below, level, number, stored, faults));
      ++compared;
    }
    below = std::move(roots);
  }
  walk.pass_rest();
  return compared;
}

std::optional<Hash> RebuiltTree::root(std::uint64_t size, TreeOf which) const {
  auto last = kept_.find(size / tile_width);
  ASSERT(size % tile_width == 0 || last != kept_.end());
  Subtrees subtrees = [&](unsigned height, std::uint64_t index) -> Result<Hash> {
    bool in_tile = height < tile_height;
    const TreeRow& row = in_tile ? last->second : roots_;
    unsigned above = in_tile ? height : height - tile_height;
    std::uint64_t begin = index << above;
    if (in_tile) begin %= tile_width;
    std::span<const Hash> hashes(row.of(which));
    std::uint64_t width = std::uint64_t{1} << above;
    for (std::uint64_t i = begin; i < begin + width; ++i) {
      if (!row.known[i]) return fail(Code::corrupt, "缺少记录", "records are missing");
    }
    return merkle_root(hashes.subspan(begin, width));
  };
  auto root = root_at(size, subtrees);
  if (!root) return std::nullopt;
  return *root;
}

}  // namespace events
