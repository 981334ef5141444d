#include "events/new_key.h"

#include <sodium.h>

namespace events {

std::array<std::uint8_t, 32> new_key() {
  std::array<std::uint8_t, 32> key{};
  randombytes_buf(key.data(), key.size());
  return key;
}

}  // namespace events
