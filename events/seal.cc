#include "events/seal.h"

#include <sodium.h>

#include <algorithm>
#include <vector>

#include "events/assert.h"
#include "events/record.h"
#include "events/text_encoding.h"

namespace events {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(nonce_bytes == 24);

Hash commitment(const PersonKey& key) {
  constexpr std::string_view domain = "probity/key/v1";
  std::vector<std::uint8_t> bytes(domain.begin(), domain.end());
  bytes.insert(bytes.end(), key.begin(), key.end());
  return sha256(bytes);
}

Hash nonce_source(const PersonKey& key, std::string_view context) {
  std::string message("probity/nonce/v1");
  message.push_back('\0');
  message.append(context);
  return hmac_sha256(key, bytes_of(message));
}

}  // namespace

void seal(std::string_view text, std::string_view person, const PersonKey& key,
          std::string_view context, Sealed::Builder out) {
  Hash source = nonce_source(key, context);
  std::vector<std::uint8_t> box(nonce_bytes + text.size() + tag_bytes);
  std::copy_n(source.begin(), nonce_bytes, box.begin());
  auto plain = bytes_of(text);
  auto about = bytes_of(person);
  int result = crypto_aead_xchacha20poly1305_ietf_encrypt(
      box.data() + nonce_bytes, nullptr, plain.data(), plain.size(), about.data(), about.size(),
      nullptr, box.data(), key.data());
  ASSERT(result == 0);
  out.setPerson(std::string(person));
  out.setKeyCommitment(as_data(commitment(key)));
  out.setBox(as_data(box));
}

Result<std::string> unseal(Sealed::Reader sealed, const PersonKey& key) {
  Hash committed = commitment(key);
  auto box = as_bytes(sealed.getBox());
  auto wrong =
      fail(Code::corrupt, "密封内容与密钥不符，无法打开", "the box does not open with this key");
  if (!std::ranges::equal(as_bytes(sealed.getKeyCommitment()), committed)) return wrong;
  if (box.size() < nonce_bytes + tag_bytes) return wrong;
  std::string text(box.size() - nonce_bytes - tag_bytes, '\0');
  auto about = bytes_of(view(sealed.getPerson()));
  auto sealed_bytes = box.subspan(nonce_bytes);
  int result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<std::uint8_t*>(text.data()), nullptr, nullptr, sealed_bytes.data(),
      sealed_bytes.size(), about.data(), about.size(), box.data(), key.data());
  if (result != 0) return wrong;
  return text;
}

}  // namespace events
