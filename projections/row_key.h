// Every key of the rows' RocksDB, as a grammar. All numbers are big-endian. Pure functions, any
// thread.
//
//   key                                          value
//   'c' view                                     position:u64 root:32, how far the view has come
//   'k' view part* 0xff:8                        a fact that apply keeps, JSON
//   'r' view part* ~position:u64                 the row as that event left it: row_value.h
//
//   view = length:u8 name version:u32            part = length:u16 bytes
//
// The position is inverted, so that the newest row under a key comes first, and what stood at a
// position is the first key at or after the one with that position.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/keys.h"
#include "projections/projection.h"

namespace projections {

inline constexpr std::size_t part_bytes_max = 0xffff;

std::string reached_key(const View& view);
std::string reached_prefix();
// The name and version in such a key.
std::optional<std::pair<std::string, std::uint32_t>> view_of_reached_key(std::string_view key);

std::string row_prefix(std::string_view view, std::uint32_t version);
std::string fact_prefix(std::string_view view, std::uint32_t version);
void append_part(std::string& key, std::string_view part);
std::string with_position(std::string prefix, events::Position position);
std::string without_position(std::string_view key);
events::Position position_in(std::string_view key);
bool is_version_of(std::string_view key, std::string_view prefix);
// The parts of a row's key; nothing if it is not one.
std::optional<std::vector<std::string>> parts_in(std::string_view key, std::size_t view_bytes);

// The least key that is greater than all keys that begin with the prefix.
std::string after_prefix(std::string prefix);

}  // namespace projections
