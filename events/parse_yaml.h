// Reads one YAML document strictly: UTF-8, no name twice, no anchors, aliases, tags or second
// document. Any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "events/error.h"
#include "events/node.h"

namespace events {

inline constexpr std::size_t yaml_bytes_max = std::size_t{4} << 20;
inline constexpr std::size_t yaml_depth_max = 64;

// Every scalar is a text; one without quotes may also fill a number or a flag (Node::plain).
Result<Node> parse_yaml(std::string_view text, std::string_view source);

}  // namespace events
