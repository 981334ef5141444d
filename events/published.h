// A log in its public form (C2SP tlog-tiles): a checkpoint, hash tiles and bundles of entries, as
// files named by their paths. What a server answers, a backup holds and a copy is made from. Any
// thread.
//
//   checkpoint                 the signed note
//   tile/<L>/<N>[.p/<W>]       W or 256 hashes of 32 bytes
//   tile/entries/<N>[.p/<W>]   W or 256 entries: length (2, big-endian) || record
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "events/log.h"
#include "events/tree.h"

namespace events {

inline constexpr const char* checkpoint_path = "checkpoint";
inline constexpr std::size_t entries_bytes_max = std::size_t{tile_width} * (2 + 65'535);

// Gives the bytes that are published under a path. not_found where there are none.
using PublishedFiles = std::function<Result<std::string>(const std::string& path)>;
PublishedFiles files_in(std::filesystem::path folder);

// not_found for whatever a tree of that size has not; the log must have it.
Result<std::string> publish_tile(TreeReader& tree, const TileId& id, std::uint64_t size);
Result<std::string> publish_entries(const Log& log, const TileId& id, std::uint64_t size);

// Exactly so many entries and no byte more. They point into the bundle.
Result<std::vector<std::string_view>> parse_entries(std::string_view bundle, unsigned width);

// The tiles of one level that a tree of size `to` has and one of size `from` had not, or not as
// wide; in their order.
std::vector<TileId> tiles_between(unsigned level, std::uint64_t from, std::uint64_t to);

}  // namespace events
