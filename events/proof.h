// A receipt that can be checked without us (C2SP tlog-proof): where an entry stands in a log, the
// hashes from it up to the root, and the signed checkpoint with that root. Values and pure
// functions, any thread.
//
//   proof = "c2sp.org/tlog-proof@v1\n"
//           ["extra " base64 "\n"]        not authenticated by anything
//           "index " decimal "\n"
//           *(base64(hash) "\n")          from the leaf's sibling upward
//           "\n"
//           checkpoint                    with its signatures, byte for byte
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/checkpoint.h"
#include "events/error.h"
#include "events/note.h"
#include "events/sha256.h"

namespace events {

struct Proof {
  std::uint64_t index = 0;
  std::vector<Hash> hashes;
  std::string checkpoint;
  std::vector<std::uint8_t> extra;  // empty: no such line

  bool operator==(const Proof&) const = default;
};

std::string text(const Proof& proof);
Result<Proof> parse_proof(std::string_view text);

// What a proof has shown: the leaf stands at this index of the tree in this checkpoint.
struct Inclusion {
  std::uint64_t index = 0;
  Checkpoint checkpoint;
};

Result<Inclusion> verify_proof(std::string_view proof_text, std::span<const std::uint8_t> leaf,
                               const NoteKey& log);

}  // namespace events
