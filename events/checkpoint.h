// A checkpoint (C2SP tlog-checkpoint): the size and root of a log's tree, as a note signed by the
// log and by witnesses. There are no extension lines. Values and pure functions, any thread.
//
//   text = origin "\n" size "\n" base64(root) "\n"
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/error.h"
#include "events/note.h"
#include "events/sha256.h"

namespace events {

struct Checkpoint {
  std::string origin;  // the log's name, and the name of its key
  std::uint64_t size = 0;
  Hash root{};

  bool operator==(const Checkpoint&) const = default;
};

std::string text(const Checkpoint& checkpoint);
Result<Checkpoint> parse_checkpoint(std::string_view text);  // the text alone, without signatures

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);

// The checkpoint that the log itself has signed: its origin must be the name of the key.
Result<Checkpoint> open_checkpoint(std::string_view note, const NoteKey& log);

// The same, with everyone known who has signed it: the log, then at most each of the witnesses.
struct CosignedCheckpoint {
  Checkpoint checkpoint;
  std::vector<Signer> witnesses;
};

Result<CosignedCheckpoint> open_checkpoint(std::string_view note, const NoteKey& log,
                                           std::span<const NoteKey> witnesses);

}  // namespace events
