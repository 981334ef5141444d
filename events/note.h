// Ed25519 keys, and C2SP signed notes: a text with the signatures of one or more named keys under
// it. Values and pure functions, any thread.
//
//   note      = text "\n" 1*line          the text ends in "\n"; the last blank line divides them
//   line      = "— " name " " base64(key id (4, big-endian) || signature) "\n"
//   key id    = SHA-256(name || "\n" || type (1) || public key (32)), its first 4 bytes
//   vkey      = name "+" hex(key id) "+" base64(type || public key)
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/error.h"

struct evp_pkey_st;

namespace events {

using Seed = std::array<std::uint8_t, 32>;
using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

inline constexpr std::size_t note_bytes_max = 1 << 20;
inline constexpr std::size_t note_signatures_max = 100;

class SigningKey {
 public:
  static SigningKey generate();
  static SigningKey from_seed(const Seed& seed);

  Seed seed() const;
  const PublicKey& public_key() const { return public_key_; }
  Signature sign(std::span<const std::uint8_t> message) const;

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  explicit SigningKey(std::unique_ptr<evp_pkey_st, Free> key);

  std::unique_ptr<evp_pkey_st, Free> key_;
  PublicKey public_key_;
};

// To be asked before a key is enrolled or believed. Refused are keys outside the group of prime
// order: under some of them anyone can forge, so their owner could deny, or be made to own, any
// message.
Result<> check_public_key(const PublicKey& key);
[[nodiscard]] bool verify_signature(const PublicKey& key, std::span<const std::uint8_t> message,
                                    const Signature& signature);

enum class KeyType : std::uint8_t {
  ed25519 = 0x01,      // signs the text
  cosignature = 0x04,  // a witness: signs the time and the text
};

// Whom a verifier knows.
struct NoteKey {
  std::string name;
  KeyType type = KeyType::ed25519;
  PublicKey key{};

  bool operator==(const NoteKey&) const = default;
};

bool valid_key_name(std::string_view name);  // not empty, no space of any kind, no "+"
std::uint32_t key_id(const NoteKey& key);
std::string vkey(const NoteKey& key);
Result<NoteKey> parse_vkey(std::string_view text);

struct NoteSignature {
  std::string name;
  std::uint32_t id = 0;
  std::vector<std::uint8_t> signature;
};

// The form is right; nobody has verified anything.
struct Note {
  std::string text;
  std::vector<NoteSignature> signatures;
};

Result<Note> parse_note(std::string_view note);

// Signature lines, each with its "\n". More of them may be added at the end of a note.
std::string sign_line(std::string_view text, std::string_view name, const SigningKey& key);
std::string cosign_line(std::string_view text, std::string_view name, const SigningKey& key,
                        std::uint64_t time_seconds);
std::string sign_note(std::string_view text, std::string_view name, const SigningKey& key);

struct Signer {
  NoteKey key;
  std::optional<std::uint64_t> time_seconds;  // of a cosignature
};

struct OpenedNote {
  std::string text;
  std::vector<Signer> signers;  // at least one, each key once
};

// Signatures of unknown keys are ignored; a known key's that fails refuses the note.
Result<OpenedNote> open_note(std::string_view note, std::span<const NoteKey> known);

}  // namespace events
