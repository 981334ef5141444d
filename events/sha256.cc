#include "events/sha256.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "events/assert.h"

namespace events {
namespace {

constexpr std::uint8_t leaf_prefix = 0x00;
constexpr std::uint8_t node_prefix = 0x01;

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Fetched once and never freed: threads may still hash while the process ends.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  ASSERT(fetched != nullptr);
  return fetched;
}

EVP_MD_CTX* started() {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  ASSERT(context != nullptr);
  int ok = EVP_DigestInit_ex2(context.get(), algorithm(), nullptr);
  ASSERT(ok == 1);
  return context.get();
}

void update(EVP_MD_CTX* context, std::span<const std::uint8_t> bytes) {
  int ok = EVP_DigestUpdate(context, bytes.data(), bytes.size());
  ASSERT(ok == 1);
}

Hash finish(EVP_MD_CTX* context) {
  Hash hash;
  int ok = EVP_DigestFinal_ex(context, hash.data(), nullptr);
  ASSERT(ok == 1);
  return hash;
}

}  // namespace

Hash sha256(std::span<const std::uint8_t> bytes) {
  EVP_MD_CTX* context = started();
  update(context, bytes);
  return finish(context);
}

Hash hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message) {
  ASSERT(key.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
  constexpr std::uint8_t nothing =
      0;  // OpenSSL takes a null message for a question about the length.
  const std::uint8_t* data = message.empty() ? &nothing : message.data();
  Hash hash;
  const unsigned char* done = HMAC(algorithm(), key.data(), static_cast<int>(key.size()), data,
                                   message.size(), hash.data(), nullptr);
  ASSERT(done != nullptr);
  return hash;
}

Hash leaf_hash(std::span<const std::uint8_t> entry) {
  EVP_MD_CTX* context = started();
  update(context, {&leaf_prefix, 1});
  update(context, entry);
  return finish(context);
}

Hash node_hash(const Hash& left, const Hash& right) {
  std::array<std::uint8_t, 1 + sizeof(Hash) * 2> bytes;  // One update is faster than three.
  bytes[0] = node_prefix;
  std::ranges::copy(right, std::ranges::copy(left, bytes.begin() + 1).out);
  return sha256(bytes);
}

Hash empty_root() { return sha256({}); }

}  // namespace events
