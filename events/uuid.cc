#include "events/uuid.h"

#include <algorithm>
#include <array>
#include <span>

#include "events/new_key.h"
#include "events/text_encoding.h"

namespace events {

std::string new_uuid(Moment now) {
  auto random = new_key();
  std::array<std::uint8_t, 16> bytes{};
  std::copy_n(random.begin(), bytes.size(), bytes.begin());
  auto since = std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch()).count();
  for (std::size_t i = 0; i < 6; ++i) {
    bytes[i] = static_cast<std::uint8_t>(since >> (8 * (5 - i)));
  }
  bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0f));  // Version 7.
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));  // The variant of RFC 9562.
  std::string text = hex(bytes);
  for (std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

}  // namespace events
