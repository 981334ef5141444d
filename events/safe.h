// The safe: what must lie outside the data folder. The key that signs checkpoints, the last
// checkpoint signed (so that a log that lost its end, or an older copy put back, is noticed), and
// the keys of persons. One process writes it.
//
//   signing.seed        64 hex digits
//   log.vkey            the public key, to be handed out
//   head.0 head.1       signed checkpoints, written in turn: one is always whole
//   persons/<hex>.key   64 hex digits, named by SHA-256 of the person's id
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "events/checkpoint.h"
#include "events/error.h"
#include "events/file.h"
#include "events/note.h"

namespace events {

using PersonKey = std::array<std::uint8_t, 32>;

class Safe {
 public:
  // Makes the folder and a new signing key; refuses one that has a key.
  static Result<Safe> create(const std::filesystem::path& folder, const std::string& origin);
  static Result<Safe> open(const std::filesystem::path& folder);

  const std::string& origin() const { return public_key_.name; }
  const NoteKey& public_key() const { return public_key_; }
  const std::filesystem::path& folder() const { return folder_; }

  // The newest checkpoint that was kept; nothing before the first event. A safe that has lost its
  // checkpoints is corrupt and not new: it begins with one of size 0.
  Result<std::optional<Checkpoint>> kept() const;
  Result<std::string> kept_note() const;
  // Signs and keeps it, synced. The log must already hold it on disk. One that does not follow from
  // the newest is refused: nothing is ever signed twice in two ways.
  Result<> keep(const Checkpoint& checkpoint);
  // After somebody has answered, in the log, for its standing behind the newest: gives that one up.
  Result<> keep_restored(const Checkpoint& checkpoint);

  // not_found for a person without a key, or whose key was destroyed.
  Result<PersonKey> find_key(std::string_view person) const;
  Result<PersonKey> find_or_make_key(std::string_view person);

 private:
  Safe(std::filesystem::path folder, SigningKey key, NoteKey public_key);
  struct Newest {
    std::size_t slot = 0;
    std::string note;
    Checkpoint checkpoint;
  };

  std::filesystem::path key_path(std::string_view person) const;
  Result<Newest> newest() const;
  Result<> write_slot(std::size_t slot, const Checkpoint& checkpoint);

  std::filesystem::path folder_;
  SigningKey key_;
  NoteKey public_key_;
};

}  // namespace events
