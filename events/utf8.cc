#include "events/utf8.h"

namespace events {

namespace {

unsigned byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

}  // namespace

Character character_at(std::string_view text, std::size_t offset) {
  const unsigned lead = byte_at(text, offset);
  if (lead < 0x80) return {lead, 1};

  const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() - offset < bytes) return {};
  char32_t value = lead & (0x7fU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    const unsigned next = byte_at(text, offset + i);
    if ((next & 0xc0) != 0x80) return {};
    value = (value << 6) | (next & 0x3f);
  }

  const bool overlong = value < (bytes == 4 ? 0x10000U : bytes == 3 ? 0x800U : 0x80U);
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (overlong || surrogate || value > 0x10ffff) return {};
  return {value, bytes};
}

std::size_t invalid_utf8_at(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    if (byte_at(text, offset) < 0x80) {
      ++offset;
      continue;
    }
    const Character character = character_at(text, offset);
    if (character.bytes == 0) return offset;
    offset += character.bytes;
  }
  return std::string_view::npos;
}

}  // namespace events
