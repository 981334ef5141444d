#include "events/text_encoding.h"

#include <sodium.h>

#include <algorithm>
#include <charconv>

#include "events/assert.h"

namespace events {

std::string hex(std::span<const std::uint8_t> bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');  // The library also writes a final NUL.
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

Result<std::vector<std::uint8_t>> parse_hex(std::string_view text) {
  // The library reads capitals as well; two spellings of one value would be two texts to sign.
  bool lower = text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (!lower || text.size() % 2 != 0) {
    return fail(Code::corrupt, "不是成对的小写十六进制数字", "not pairs of lower-case hex digits");
  }
  std::vector<std::uint8_t> bytes(text.size() / 2);
  if (bytes.empty()) return bytes;  // The library wants somewhere to write.
  int failed = sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr,
                              nullptr, nullptr);
  ASSERT(failed == 0);
  return bytes;
}

std::string base64(std::span<const std::uint8_t> bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // The library also writes a final NUL.
  return text;
}

Result<std::vector<std::uint8_t>> parse_base64(std::string_view text) {
  std::vector<std::uint8_t> bytes(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  int failed = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr,
                                 &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  bytes.resize(size);
  // Printed again, since libsodium 1.0.18 takes some bytes above 0x7f for digits.
  if (failed != 0 || base64(bytes) != text) {
    return fail(Code::corrupt, "不是规范的 base64(须补全等号,补位为零)",
                "not canonical base64 (padded, pad bits zero)");
  }
  return bytes;
}

Result<Hash> parse_hash(std::string_view text) {
  auto bytes = parse_base64(text);
  Hash hash;
  if (!bytes || bytes->size() != hash.size()) {
    return fail(Code::corrupt, "不是 32 字节哈希的规范 base64",
                "not the canonical base64 of a 32-byte hash");
  }
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}

Result<std::uint64_t> parse_decimal(std::string_view text) {
  std::uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool whole = error == std::errc() && end == text.data() + text.size();
  bool leading_zero = text.size() > 1 && text.front() == '0';
  if (!whole || leading_zero) {
    return fail(Code::corrupt, "不是无前导零的十进制数",
                "not a decimal number without leading zeros");
  }
  return number;
}

Result<std::string_view> take_line(std::string_view& rest) {
  std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) {
    return fail(Code::corrupt, "行数不足,或末行没有换行", "a line is missing, or its newline");
  }
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace events
