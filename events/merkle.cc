#include "events/merkle.h"

#include <algorithm>
#include <bit>

#include "events/assert.h"

namespace events {
namespace {

// The largest power of two below the number of leaves: where RFC 6962 splits a tree.
std::uint64_t split_point(std::uint64_t leaves) {
  ASSERT(leaves > 1);
  return std::bit_floor(leaves - 1);
}

unsigned height_of(std::uint64_t leaves) {
  return static_cast<unsigned>(std::bit_width(leaves) - 1);
}

// The root over the leaves [begin, end). It begins where a subtree of at least that size may begin,
// so it falls into complete subtrees, one for each bit of its length.
Result<Hash> root_of_range(std::uint64_t begin, std::uint64_t end, const Subtrees& subtrees) {
  ASSERT(begin < end);
  std::vector<Hash> peaks;
  while (begin < end) {
    unsigned height = height_of(end - begin);
    peaks.push_back(TRY(subtrees(height, begin >> height)));
    begin += std::uint64_t{1} << height;
  }
  Hash root = peaks.back();
  for (std::size_t i = peaks.size() - 1; i-- > 0;) root = node_hash(peaks[i], root);
  return root;
}

// A verifier climbs first inside the smallest subtree that holds both the leaf and the last leaf,
// by the bits of the index; from there on (the border) every sibling stands on the left.
struct Climb {
  unsigned inner = 0;
  unsigned border = 0;
};

Climb climb(std::uint64_t index, std::uint64_t size) {
  auto inner = static_cast<unsigned>(std::bit_width(index ^ (size - 1)));
  return {inner, static_cast<unsigned>(std::popcount(index >> inner))};
}

Hash climb_inner(Hash hash, std::uint64_t index, std::span<const Hash> proof) {
  for (std::size_t i = 0; i < proof.size(); ++i) {
    bool sibling_is_left = (index >> i & 1) == 1;
    hash = sibling_is_left ? node_hash(proof[i], hash) : node_hash(hash, proof[i]);
  }
  return hash;
}

// Only the left siblings: what the smaller tree already had.
Hash climb_inner_left(Hash hash, std::uint64_t index, std::span<const Hash> proof) {
  for (std::size_t i = 0; i < proof.size(); ++i) {
    if ((index >> i & 1) == 1) hash = node_hash(proof[i], hash);
  }
  return hash;
}

Hash climb_border(Hash hash, std::span<const Hash> proof) {
  for (const Hash& sibling : proof) hash = node_hash(sibling, hash);
  return hash;
}

std::unexpected<Error> wrong_length() {
  return fail(Code::corrupt, "证明的哈希个数不对", "the proof has the wrong number of hashes");
}

std::unexpected<Error> wrong_root() {
  return fail(Code::corrupt, "由证明算出的根与所给的根不同",
              "the root computed from the proof is not the given root");
}

std::unexpected<Error> wrong_sizes() {
  return fail(Code::corrupt, "序号或树的大小超出范围",
              "the index or the tree size is out of range");
}

}  // namespace

Hash merkle_root(std::span<const Hash> leaves) {
  if (leaves.empty()) return empty_root();
  // Pairs are joined as they fill, as one adds 1 to a binary number: peaks[h] is the complete
  // subtree of 2^h leaves that waits for its right sibling.
  std::array<Hash, 64> peaks;
  for (std::uint64_t i = 0; i < leaves.size(); ++i) {
    Hash hash = leaves[i];
    unsigned height = 0;
    for (; (i >> height & 1) == 1; ++height) hash = node_hash(peaks[height], hash);
    peaks[height] = hash;
  }
  std::uint64_t size = leaves.size();
  auto lowest = static_cast<unsigned>(std::countr_zero(size));
  Hash root = peaks[lowest];
  for (unsigned height = lowest + 1; height < 64; ++height) {
    if ((size >> height & 1) == 1) root = node_hash(peaks[height], root);
  }
  return root;
}

Subtrees subtrees_of(std::span<const Hash> leaves) {
  return [leaves](unsigned height, std::uint64_t index) -> Result<Hash> {
    std::uint64_t width = std::uint64_t{1} << height;
    ASSERT((index + 1) * width <= leaves.size());
    return merkle_root(leaves.subspan(index * width, width));
  };
}

Result<Hash> root_at(std::uint64_t size, const Subtrees& subtrees) {
  if (size > tree_size_max) return wrong_sizes();
  if (size == 0) return empty_root();
  return root_of_range(0, size, subtrees);
}

Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                          const Subtrees& subtrees) {
  if (size > tree_size_max || index >= size) return wrong_sizes();
  std::vector<Hash> proof;
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end - begin > 1) {
    std::uint64_t middle = begin + split_point(end - begin);
    if (index < middle) {
      proof.push_back(TRY(root_of_range(middle, end, subtrees)));
      end = middle;
    } else {
      proof.push_back(TRY(root_of_range(begin, middle, subtrees)));
      begin = middle;
    }
  }
  std::ranges::reverse(proof);  // We went down; a verifier goes up.
  return proof;
}

Result<std::vector<Hash>> consistency_proof(std::uint64_t from, std::uint64_t to,
                                            const Subtrees& subtrees) {
  if (to > tree_size_max || from > to) return wrong_sizes();
  std::vector<Hash> proof;
  if (from == 0) return proof;
  std::uint64_t begin = 0;
  std::uint64_t end = to;
  while (end != from) {
    std::uint64_t middle = begin + split_point(end - begin);
    if (from <= middle) {
      proof.push_back(TRY(root_of_range(middle, end, subtrees)));
      end = middle;
    } else {
      proof.push_back(TRY(root_of_range(begin, middle, subtrees)));
      begin = middle;
    }
  }
  // What is left is a subtree of both trees. If it is the whole old tree, its hash is known
  // already.
  if (begin != 0) proof.push_back(TRY(root_of_range(begin, end, subtrees)));
  std::ranges::reverse(proof);
  return proof;
}

Result<> verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                          std::span<const Hash> proof, const Hash& root) {
  if (size > tree_size_max || index >= size) return wrong_sizes();
  auto [inner, border] = climb(index, size);
  if (proof.size() != inner + border) return wrong_length();
  Hash hash = climb_border(climb_inner(leaf, index, proof.first(inner)), proof.subspan(inner));
  if (hash != root) return wrong_root();
  return {};
}

Result<> verify_consistency(std::uint64_t from, const Hash& from_root, std::uint64_t to,
                            const Hash& to_root, std::span<const Hash> proof) {
  if (to > tree_size_max || from > to) return wrong_sizes();
  if (from == to || from == 0) {
    if (!proof.empty()) return wrong_length();
    bool same = from == to ? from_root == to_root : from_root == empty_root();
    if (!same) return wrong_root();
    return {};
  }
  // The climb begins at the last complete subtree of the old tree, not at its last leaf.
  auto skipped = static_cast<unsigned>(std::countr_zero(from));
  auto [inner_of_leaf, border] = climb(from - 1, to);
  ASSERT(inner_of_leaf >= skipped);
  unsigned inner = inner_of_leaf - skipped;
  bool seed_is_root = std::has_single_bit(from);
  if (proof.size() != inner + border + (seed_is_root ? 0u : 1u)) return wrong_length();
  Hash seed = seed_is_root ? from_root : proof.front();
  std::span<const Hash> path = seed_is_root ? proof : proof.subspan(1);

  std::uint64_t index = (from - 1) >> skipped;
  Hash old_root = climb_inner_left(seed, index, path.first(inner));
  if (climb_border(old_root, path.subspan(inner)) != from_root) return wrong_root();
  Hash new_root = climb_inner(seed, index, path.first(inner));
  if (climb_border(new_root, path.subspan(inner)) != to_root) return wrong_root();
  return {};
}

}  // namespace events
