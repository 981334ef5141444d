// Bytes and numbers as text and back, each with exactly one spelling: whatever parses prints again
// as the same text. Values, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/error.h"
#include "events/sha256.h"

namespace events {

std::string hex(std::span<const std::uint8_t> bytes);
Result<std::vector<std::uint8_t>> parse_hex(std::string_view text);  // lower case only

std::string base64(std::span<const std::uint8_t> bytes);
Result<std::vector<std::uint8_t>> parse_base64(std::string_view text);  // padded, pad bits zero

Result<Hash> parse_hash(std::string_view text);  // 32 bytes in base64

Result<std::uint64_t> parse_decimal(std::string_view text);  // no sign, no leading zeros

// Takes the first line off the text; a line ends in "\n", the last one too.
Result<std::string_view> take_line(std::string_view& rest);

std::span<const std::uint8_t> bytes_of(std::string_view text);

}  // namespace events
