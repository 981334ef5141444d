// SHA-256, the leaf and node hashes of an RFC 6962 tree, and HMAC. Any thread: the digest context
// is kept per thread, since making one costs half as much as a node hash.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace events {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(std::span<const std::uint8_t> bytes);
Hash hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message);

Hash leaf_hash(std::span<const std::uint8_t> entry);  // SHA-256 of 0x00 and the entry
Hash node_hash(const Hash& left, const Hash& right);  // SHA-256 of 0x01, left and right
Hash empty_root();                                    // SHA-256 of nothing

}  // namespace events
