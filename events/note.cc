#include "events/note.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "events/assert.h"
#include "events/sha256.h"
#include "events/text_encoding.h"
#include "events/utf8.h"

namespace events {
namespace {

constexpr std::string_view line_mark = "\u2014 ";
constexpr std::size_t id_bytes = 4;
constexpr std::size_t time_bytes = 8;
constexpr std::uint64_t time_seconds_max = std::numeric_limits<std::int64_t>::max();

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

template <class Number>
void append_big_endian(std::vector<std::uint8_t>& bytes, Number number) {
  for (int shift = static_cast<int>(sizeof(Number) * 8) - 8; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<std::uint8_t>(number >> shift & 0xff));
  }
}

std::uint64_t read_big_endian(std::span<const std::uint8_t> bytes) {
  std::uint64_t number = 0;
  for (std::uint8_t byte : bytes) number = number << 8 | byte;
  return number;
}

bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

bool valid_note_text(std::string_view text) {
  bool control = std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; });
  return !control && valid_utf8(text);
}

std::array<std::uint8_t, 1 + sizeof(PublicKey)> typed_key(const NoteKey& key) {
  std::array<std::uint8_t, 1 + sizeof(PublicKey)> bytes;
  bytes[0] = static_cast<std::uint8_t>(key.type);
  std::ranges::copy(key.key, bytes.begin() + 1);
  return bytes;
}

std::string cosigned_message(std::string_view text, std::uint64_t time_seconds) {
  return "cosignature/v1\ntime " + std::to_string(time_seconds) + "\n" + std::string(text);
}

std::string print_line(const NoteKey& key, std::span<const std::uint8_t> signature) {
  std::vector<std::uint8_t> bytes;
  append_big_endian(bytes, key_id(key));
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return std::string(line_mark) + key.name + " " + base64(bytes) + "\n";
}

NoteKey named(std::string_view name, KeyType type, const SigningKey& key) {
  ASSERT(valid_key_name(name));
  return {std::string(name), type, key.public_key()};
}

std::unexpected<Error> wrong_line() {
  return fail(Code::corrupt, "签名行写法不对", "a signature line is not well formed");
}

Result<NoteSignature> parse_line(std::string_view line) {
  if (!line.starts_with(line_mark)) return wrong_line();
  line.remove_prefix(line_mark.size());
  std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return wrong_line();
  std::string_view name = line.substr(0, space);
  auto bytes = parse_base64(line.substr(space + 1));
  if (!valid_key_name(name) || !bytes || bytes->size() <= id_bytes) return wrong_line();
  std::span<const std::uint8_t> id = std::span(*bytes).first(id_bytes);
  return NoteSignature{std::string(name),
                       static_cast<std::uint32_t>(read_big_endian(id)),
                       {bytes->begin() + id_bytes, bytes->end()}};
}

// Who signed, if the bytes are a signature of this key under the text.
std::optional<Signer> verified(const NoteKey& key, std::string_view text,
                               std::span<const std::uint8_t> bytes) {
  Signer signer{key, std::nullopt};
  std::string message(text);
  if (key.type == KeyType::cosignature) {
    if (bytes.size() < time_bytes) return std::nullopt;
    std::uint64_t time_seconds = read_big_endian(bytes.first(time_bytes));
    if (time_seconds > time_seconds_max) return std::nullopt;
    signer.time_seconds = time_seconds;
    message = cosigned_message(text, time_seconds);
    bytes = bytes.subspan(time_bytes);
  }
  Signature signature;
  if (bytes.size() != signature.size()) return std::nullopt;
  std::ranges::copy(bytes, signature.begin());
  if (!verify_signature(key.key, bytes_of(message), signature)) return std::nullopt;
  return signer;
}

}  // namespace

void SigningKey::Free::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

SigningKey::SigningKey(std::unique_ptr<evp_pkey_st, Free> key) : key_(std::move(key)) {
  ASSERT(key_ != nullptr);
  std::size_t size = public_key_.size();
  int ok = EVP_PKEY_get_raw_public_key(key_.get(), public_key_.data(), &size);
  ASSERT(ok == 1);
  ASSERT(size == public_key_.size());
}

SigningKey SigningKey::generate() {
  return SigningKey(
      std::unique_ptr<evp_pkey_st, Free>(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")));
}

SigningKey SigningKey::from_seed(const Seed& seed) {
  return SigningKey(std::unique_ptr<evp_pkey_st, Free>(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size())));
}

Seed SigningKey::seed() const {
  Seed seed;
  std::size_t size = seed.size();
  int ok = EVP_PKEY_get_raw_private_key(key_.get(), seed.data(), &size);
  ASSERT(ok == 1);
  ASSERT(size == seed.size());
  return seed;
}

Signature SigningKey::sign(std::span<const std::uint8_t> message) const {
  Context context(EVP_MD_CTX_new());
  int ok = EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get());
  ASSERT(ok == 1);
  Signature signature;
  std::size_t size = signature.size();
  ok = EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size());
  ASSERT(ok == 1);
  ASSERT(size == signature.size());
  return signature;
}

Result<> check_public_key(const PublicKey& key) {
  if (crypto_core_ed25519_is_valid_point(key.data()) == 1) return {};
  return fail(
      Code::corrupt, "公钥无效:不在素数阶子群内,签名可被伪造",
      "the public key is invalid: it is outside the group of prime order, so that signatures "
      "under it could be forged");
}

bool verify_signature(const PublicKey& key, std::span<const std::uint8_t> message,
                      const Signature& signature) {
  std::unique_ptr<EVP_PKEY, FreeKey> loaded(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
  ASSERT(loaded != nullptr);
  Context context(EVP_MD_CTX_new());
  int ok = EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, loaded.get());
  ASSERT(ok == 1);
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1;
}

bool valid_key_name(std::string_view name) {
  if (name.empty()) return false;
  for (std::size_t offset = 0; offset < name.size();) {
    Character character = character_at(name, offset);
    if (character.bytes == 0) return false;
    if (character.value == '+' || character.value < 0x20 || is_space(character.value)) return false;
    offset += character.bytes;
  }
  return true;
}

std::uint32_t key_id(const NoteKey& key) {
  std::vector<std::uint8_t> bytes(key.name.begin(), key.name.end());
  bytes.push_back('\n');
  std::ranges::copy(typed_key(key), std::back_inserter(bytes));
  Hash hash = sha256(bytes);
  return static_cast<std::uint32_t>(read_big_endian(std::span(hash).first(id_bytes)));
}

std::string vkey(const NoteKey& key) {
  std::vector<std::uint8_t> id;
  append_big_endian(id, key_id(key));
  return key.name + "+" + hex(id) + "+" + base64(typed_key(key));
}

Result<NoteKey> parse_vkey(std::string_view text) {
  // Only the first two: base64 has "+" among its digits.
  std::size_t first = text.find('+');
  std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos || !valid_key_name(text.substr(0, first))) {
    return fail(Code::corrupt, "验证公钥写法不对,应为 名称+编号+公钥",
                "the verifier key is not well formed: it should be name+id+key");
  }
  std::vector<std::uint8_t> id = TRY(parse_hex(text.substr(first + 1, second - first - 1)));
  std::vector<std::uint8_t> bytes = TRY(parse_base64(text.substr(second + 1)));
  NoteKey key;
  key.name = text.substr(0, first);
  bool known = !bytes.empty() && (bytes[0] == static_cast<std::uint8_t>(KeyType::ed25519) ||
                                  bytes[0] == static_cast<std::uint8_t>(KeyType::cosignature));
  if (!known || bytes.size() != 1 + key.key.size()) {
    return fail(Code::corrupt, "验证公钥的类型不受支持",
                "the type of the verifier key is not supported");
  }
  key.type = static_cast<KeyType>(bytes[0]);
  std::copy(bytes.begin() + 1, bytes.end(), key.key.begin());
  if (id.size() != id_bytes || read_big_endian(id) != key_id(key)) {
    return fail(Code::corrupt, "验证公钥的编号与名称和公钥不符",
                "the id of the verifier key does not fit its name and key");
  }
  TRY(check_public_key(key.key));
  return key;
}

Result<Note> parse_note(std::string_view note) {
  if (note.size() > note_bytes_max) {
    return fail(Code::corrupt, "签名文本过长", "the signed note is too long");
  }
  if (!valid_note_text(note)) {
    return fail(Code::corrupt, "签名文本不是 UTF-8,或含有控制字符",
                "the signed note is not UTF-8 or has control characters");
  }
  std::size_t blank = note.rfind("\n\n");
  if (blank == std::string_view::npos || blank + 2 == note.size() || note.back() != '\n') {
    return fail(Code::corrupt, "签名文本缺少空行或签名行",
                "the signed note has no blank line, or no whole signature line under it");
  }
  Note parsed{std::string(note.substr(0, blank + 1)), {}};
  for (std::string_view rest = note.substr(blank + 2); !rest.empty();) {
    if (parsed.signatures.size() == note_signatures_max) {
      return fail(Code::corrupt, "签名过多", "the signed note has too many signatures");
    }
    std::size_t end = rest.find('\n');
    parsed.signatures.push_back(TRY(parse_line(rest.substr(0, end))));
    rest.remove_prefix(end + 1);
  }
  return parsed;
}

std::string sign_line(std::string_view text, std::string_view name, const SigningKey& key) {
  ASSERT(text.ends_with('\n'));
  ASSERT(valid_note_text(text));
  return print_line(named(name, KeyType::ed25519, key), key.sign(bytes_of(text)));
}

std::string cosign_line(std::string_view text, std::string_view name, const SigningKey& key,
                        std::uint64_t time_seconds) {
  ASSERT(text.ends_with('\n'));
  ASSERT(valid_note_text(text));
  ASSERT(time_seconds <= time_seconds_max);
  std::vector<std::uint8_t> bytes;
  append_big_endian(bytes, time_seconds);
  Signature signature = key.sign(bytes_of(cosigned_message(text, time_seconds)));
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return print_line(named(name, KeyType::cosignature, key), bytes);
}

std::string sign_note(std::string_view text, std::string_view name, const SigningKey& key) {
  return std::string(text) + "\n" + sign_line(text, name, key);
}

Result<OpenedNote> open_note(std::string_view note, std::span<const NoteKey> known) {
  Note parsed = TRY(parse_note(note));
  OpenedNote opened{std::move(parsed.text), {}};
  for (const NoteSignature& line : parsed.signatures) {
    auto key = std::ranges::find_if(known, [&line](const NoteKey& candidate) {
      return candidate.name == line.name && key_id(candidate) == line.id;
    });
    if (key == known.end()) continue;
    std::optional<Signer> signer = verified(*key, opened.text, line.signature);
    if (!signer) {
      return fail(Code::corrupt, "密钥 " + line.name + " 的签名不成立",
                  "the signature of key " + line.name + " does not verify");
    }
    // A key that signs twice is still one signer.
    bool again = std::ranges::any_of(opened.signers,
                                     [&key](const Signer& other) { return other.key == *key; });
    if (!again) opened.signers.push_back(*std::move(signer));
  }
  if (opened.signers.empty()) {
    return fail(Code::corrupt, "没有已知密钥的签名", "no known key has signed");
  }
  return opened;
}

}  // namespace events
