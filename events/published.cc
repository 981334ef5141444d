#include "events/published.h"

#include <algorithm>

#include "events/file.h"

namespace events {
namespace {

std::unexpected<Error> not_published() {
  return fail(Code::not_found, "检查点之内没有这一片", "the checkpoint covers no such tile");
}

Result<> check_published(const TileId& id, std::uint64_t size) {
  if (id.level >= tree_levels) return not_published();
  std::uint64_t hashes = size >> (id.level * tile_height);
  if (id.number > hashes / tile_width) return not_published();
  if (id.number * tile_width + id.width > hashes) return not_published();
  return {};
}

std::unexpected<Error> wrong_bundle() {
  return fail(Code::corrupt, "记录包的长度与条数不符",
              "the bundle of entries is not as long as its entries");
}

}  // namespace

PublishedFiles files_in(std::filesystem::path folder) {
  return [folder = std::move(folder)](const std::string& path) {
    return read_file(folder / path, entries_bytes_max);
  };
}

Result<std::string> publish_tile(TreeReader& tree, const TileId& id, std::uint64_t size) {
  TRY(check_published(id, size));
  Tile tile{id, {}};
  for (unsigned i = 0; i < id.width; ++i) {
    std::uint64_t index = id.number * tile_width + i;
    tile.hashes.push_back(TRY(tree.subtree(id.level * tile_height, index)));
  }
  return std::string(tile.bytes());
}

Result<std::string> publish_entries(const Log& log, const TileId& id, std::uint64_t size) {
  TRY(check_published(id, size));
  std::string bundle;
  Position after = id.number * tile_width;
  Cursor cursor = log.read(after);
  for (Position last = after + id.width; after < last; ++after) {
    if (!TRY(cursor.try_next()) || cursor.recorded().position != after + 1) {
      return fail(Code::corrupt, "记录缺失", "a record is missing");
    }
    Bytes bytes = cursor.bytes();
    bundle += static_cast<char>(bytes.size() >> 8);
    bundle += static_cast<char>(bytes.size() & 0xff);
    bundle.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  return bundle;
}

Result<std::vector<std::string_view>> parse_entries(std::string_view bundle, unsigned width) {
  std::vector<std::string_view> entries;
  for (unsigned i = 0; i < width; ++i) {
    if (bundle.size() < 2) return wrong_bundle();
    auto high = static_cast<unsigned char>(bundle[0]);
    auto low = static_cast<unsigned char>(bundle[1]);
    std::size_t length = std::size_t{high} << 8 | low;
    bundle.remove_prefix(2);
    if (bundle.size() < length) return wrong_bundle();
    entries.push_back(bundle.substr(0, length));
    bundle.remove_prefix(length);
  }
  if (!bundle.empty()) return wrong_bundle();
  return entries;
}

std::vector<TileId> tiles_between(unsigned level, std::uint64_t from, std::uint64_t to) {
  std::vector<TileId> ids;
  std::uint64_t first = from >> (level * tile_height);
  std::uint64_t end = to >> (level * tile_height);
  if (first >= end) return ids;
  for (std::uint64_t number = first / tile_width; number * tile_width < end; ++number) {
    std::uint64_t width = std::min<std::uint64_t>(tile_width, end - number * tile_width);
    ids.push_back({level, number, static_cast<unsigned>(width)});
  }
  return ids;
}

}  // namespace events
