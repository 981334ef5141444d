// Reads one JSON document strictly: UTF-8, no name twice, nothing after the value, numbers kept as
// they were written. Any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "events/error.h"
#include "events/node.h"

namespace events {

inline constexpr std::size_t json_bytes_max = std::size_t{4} << 20;
inline constexpr std::size_t json_depth_max = 64;

// `source` is the name that faults give the text. A line of NDJSON says with `first_line` which it
// is.
Result<Node> parse_json(std::string_view text, std::string_view source, std::size_t first_line = 1);

}  // namespace events
