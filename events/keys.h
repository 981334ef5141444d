// Every key of the log's RocksDB, as a grammar. All numbers are big-endian, so that keys sort as
// the log does. Values, any thread.
//
//   column family   key                                            value
//   default         position:u64                                   the record's bytes
//   index           'f' kind '/' id 0x00 position:u64              nothing; folded into that
//   subject
//                   'm' kind '/' id 0x00 position:u64              nothing; only mentions it
//   tree            level:u8 number:u64                            a full tile: 256 hashes of 32
//   bytes
//
// Under 'f' "command/<actor>/<id>" stands the first event of each command. An id holds no 0x00.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/subject.h"

namespace events {

// 1 is the first event. 0 is before all of them.
using Position = std::uint64_t;

std::string event_key(Position position);
Position position_of_event_key(std::string_view key);

std::string index_prefix(std::string_view subject, bool folded);  // up to and with the 0x00
std::string index_key(std::string_view subject, bool folded, Position position);
Position position_of_index_key(std::string_view key);
// What a seek has to share with a key to be about the same subject; the whole key if it has no
// 0x00.
std::string_view index_prefix_of(std::string_view key);

std::string tile_key(std::uint8_t level, std::uint64_t number);

std::string command_subject(std::string_view actor, std::string_view id);

}  // namespace events
