// The mathematics of an RFC 6962 Merkle tree: roots, proofs and their verification. It keeps
// nothing; where the hashes come from is the caller's matter. Pure, any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "events/error.h"
#include "events/sha256.h"

namespace events {

// The sizes that other programs can count, too.
inline constexpr std::uint64_t tree_size_max = std::numeric_limits<std::int64_t>::max();
// No path from a leaf to a root is longer.
inline constexpr std::size_t proof_hashes_max = 63;

// The hash of the complete subtree over the leaves [index << height, (index + 1) << height).
using Subtrees = std::function<Result<Hash>(unsigned height, std::uint64_t index)>;

Hash merkle_root(std::span<const Hash> leaves);
Subtrees subtrees_of(std::span<const Hash> leaves);  // a view: the leaves must outlive it

Result<Hash> root_at(std::uint64_t size, const Subtrees& subtrees);

// Proofs run from the leaf upward. From size 0 there is nothing to prove: that proof is empty.
Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                          const Subtrees& subtrees);
Result<std::vector<Hash>> consistency_proof(std::uint64_t from, std::uint64_t to,
                                            const Subtrees& subtrees);

[[nodiscard]] Result<> verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                        std::span<const Hash> proof, const Hash& root);
[[nodiscard]] Result<> verify_consistency(std::uint64_t from, const Hash& from_root,
                                          std::uint64_t to, const Hash& to_root,
                                          std::span<const Hash> proof);

}  // namespace events
