#include "events/utf8.h"

#include <catch2/catch.hpp>
#include <string>

using events::invalid_utf8_at;
using events::valid_utf8;

TEST_CASE("every character except the surrogates is UTF-8 and reads back", "[events]") {
  for (char32_t value = 0; value <= 0x10ffff; ++value) {
    std::string text;
    const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
    if (value < 0x80) {
      put(value);
    } else if (value < 0x800) {
      put(0xc0 | value >> 6);
      put(0x80 | (value & 0x3f));
    } else if (value < 0x10000) {
      put(0xe0 | value >> 12);
      put(0x80 | (value >> 6 & 0x3f));
      put(0x80 | (value & 0x3f));
    } else {
      put(0xf0 | value >> 18);
      put(0x80 | (value >> 12 & 0x3f));
      put(0x80 | (value >> 6 & 0x3f));
      put(0x80 | (value & 0x3f));
    }
    const events::Character character = events::character_at(text, 0);
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (surrogate == valid_utf8(text)) FAIL("U+" << std::hex << std::uint32_t{value});
    if (!surrogate && (character.value != value || character.bytes != text.size())) {
      FAIL("U+" << std::hex << std::uint32_t{value});
    }
  }
}

TEST_CASE("overlong forms, surrogates and values above U+10FFFF are not UTF-8", "[events]") {
  CHECK_FALSE(valid_utf8("\xc0\x80"));
  CHECK_FALSE(valid_utf8("\xc1\xbf"));
  CHECK_FALSE(valid_utf8("\xe0\x80\x80"));
  CHECK_FALSE(valid_utf8("\xe0\x9f\xbf"));
  CHECK_FALSE(valid_utf8("\xf0\x80\x80\x80"));
  CHECK_FALSE(valid_utf8("\xf0\x8f\xbf\xbf"));
  CHECK_FALSE(valid_utf8("\xed\xa0\x80"));
  CHECK_FALSE(valid_utf8("\xed\xbf\xbf"));
  CHECK_FALSE(valid_utf8("\xf4\x90\x80\x80"));
  CHECK_FALSE(valid_utf8("\xf5\x80\x80\x80"));
  CHECK_FALSE(valid_utf8("\xff"));
}

TEST_CASE("the first byte that is not UTF-8 is named", "[events]") {
  CHECK(invalid_utf8_at("") == std::string_view::npos);
  CHECK(invalid_utf8_at("明鉴") == std::string_view::npos);
  CHECK(invalid_utf8_at("明\x80") == 3);
  CHECK(invalid_utf8_at("ab\xe6\x98") == 2);      // Cut off by the end.
  CHECK(invalid_utf8_at("ab\xe6\x98z") == 2);     // Cut off by a letter.
  CHECK(invalid_utf8_at("ab\xe6\x98\xe6") == 2);  // Cut off by another character.
}
