#include "events/keys.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

using namespace events;
using namespace std::string_literals;

TEST_CASE("keys are written as the grammar says", "[events]") {
  CHECK(event_key(1) == "\0\0\0\0\0\0\0\1"s);
  CHECK(event_key(0x0102030405060708) == "\1\2\3\4\5\6\7\x08"s);
  CHECK(index_key("round/r1", true, 2) == "fround/r1\0\0\0\0\0\0\0\0\2"s);
  CHECK(index_key("round/r1", false, 2) == "mround/r1\0\0\0\0\0\0\0\0\2"s);
  CHECK(tile_key(1, 258) == "\1\0\0\0\0\0\0\1\2"s);
  CHECK(command_subject("li", "c-1") == "command/li/c-1");
}

TEST_CASE("the position comes back out of a key", "[events]") {
  for (Position position : {Position{1}, Position{255}, Position{256}, UINT64_MAX}) {
    CHECK(position_of_event_key(event_key(position)) == position);
    CHECK(position_of_index_key(index_key("a/b", true, position)) == position);
  }
}

TEST_CASE("event keys sort as positions do", "[events]") {
  std::vector<std::string> keys;
  for (Position position : {1, 2, 255, 256, 65'535, 65'536, 1 << 24}) {
    keys.push_back(event_key(position));
  }
  CHECK(std::is_sorted(keys.begin(), keys.end()));
}

TEST_CASE("no subject's keys stand among another's, whatever its name", "[events]") {
  std::vector<std::string> names{"a/1", "a/1\x01", "a/10", "a/1/2", "a/\xe4\xb8\xad", "a/1 "};
  for (const auto& one : names) {
    std::string low = index_key(one, true, 0);
    std::string high = index_key(one, true, UINT64_MAX);
    for (const auto& other : names) {
      if (one == other) continue;
      std::string key = index_key(other, true, 7);
      CHECK((key < low || key > high));
    }
  }
}

TEST_CASE("a key shares its prefix with its own subject only", "[events]") {
  CHECK(index_prefix_of(index_key("a/1", true, 5)) == index_prefix("a/1", true));
  CHECK(index_prefix("a/1", true) != index_prefix("a/1", false));
  CHECK_FALSE(index_key("a/10", true, 5).starts_with(index_prefix("a/1", true)));
  // Positions hold zeros too: the first one ends the name.
  CHECK(index_prefix_of(index_key("a/1", true, 1)) == "fa/1\0"s);
  CHECK(index_prefix_of("without") == "without");
}
