// Fills a message from a parsed text, strictly, by its schema: one walker for JSON and YAML.
// Reports all faults at once, each with its place and path. Any thread.
//
// Every field must be written unless it is $optional; null is not absence. Of a union exactly one
// member is written: the members of an unnamed union stand directly in the object, a named union or
// group is an object of its own. A Void member is written {}. The member `unset` cannot be written.
// 64-bit integers may be decimal texts, and beyond ±(2^53 - 1) must be. Data is lower-case hex. A
// list that is $keyed is an object whose names fill the named field; a scalar may stand for a
// struct that has a $shorthand.
#pragma once

#include <capnp/dynamic.h>

#include <cstddef>
#include <string_view>

#include "events/error.h"
#include "events/node.h"

namespace events {

inline constexpr std::size_t text_bytes_max = std::size_t{16} << 10;
inline constexpr std::size_t long_text_bytes_max = std::size_t{1} << 20;  // $long
inline constexpr std::size_t data_bytes_max = std::size_t{64} << 10;
inline constexpr std::size_t list_entries_max = 10'000;
inline constexpr std::size_t id_bytes_max = 128;

// The builder is to be empty; after a failure its contents mean nothing. `source` as for the
// parser.
Result<> decode(const Node& node, capnp::DynamicStruct::Builder out, std::string_view source);

// The id of a subject: 1 to 128 bytes of UTF-8 without slash, space, control or invisible
// characters.
bool valid_id(std::string_view id);

}  // namespace events
