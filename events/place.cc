#include "events/place.h"

#include <fmt/format.h>

#include <algorithm>

namespace events {

std::string text(std::string_view source, Place place) {
  return fmt::format("{}:{}:{}", source, place.line, place.column);
}

Places::Places(std::string_view text, std::size_t first_line)
    : text_(text), first_line_(first_line), place_{first_line, 1} {}

Place Places::at(std::size_t offset) {
  offset = std::min(offset, text_.size());
  if (offset < offset_) {
    offset_ = 0;
    place_ = {first_line_, 1};
  }
  for (; offset_ < offset; ++offset_) {
    const auto byte = static_cast<unsigned char>(text_[offset_]);
    if (byte == '\n') {
      place_ = {place_.line + 1, 1};
    } else if ((byte & 0xc0) != 0x80) {
      ++place_.column;  // Only the first byte of a character counts.
    }
  }
  return place_;
}

}  // namespace events
