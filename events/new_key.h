// 256 bits that nobody can guess, from the cryptographic library. Any thread.
#pragma once

#include <array>
#include <cstdint>

namespace events {

std::array<std::uint8_t, 32> new_key();

}  // namespace events
