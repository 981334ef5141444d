// Reads UTF-8 strictly: overlong forms, surrogates and values above U+10FFFF are not UTF-8. Any
// thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace events {

struct Character {
  char32_t value = 0;
  std::size_t bytes = 0;  // 0 where the text is not UTF-8.
};

// The character that begins at this byte, which must exist.
Character character_at(std::string_view text, std::size_t offset);

// The first byte that is not UTF-8, or npos.
std::size_t invalid_utf8_at(std::string_view text);

inline bool valid_utf8(std::string_view text) {
  return invalid_utf8_at(text) == std::string_view::npos;
}

// U+0000 to U+001F, and U+007F to U+009F.
constexpr bool is_control(char32_t character) {
  return character < 0x20 || (character >= 0x7f && character < 0xa0);
}

}  // namespace events
