#include "events/merkle.h"

#include <catch2/catch.hpp>
#include <string>

#include "events/text_encoding.h"

using namespace events;

namespace {

// Leaf i is the one byte i.
std::vector<Hash> byte_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i) {
    auto byte = static_cast<std::uint8_t>(i);
    leaves.push_back(leaf_hash({&byte, 1}));
  }
  return leaves;
}

// RFC 6962 section 2.1, word for word: the definition that everything else is measured against.
Hash defined_root(std::span<const Hash> leaves) {
  if (leaves.empty()) return empty_root();
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return node_hash(defined_root(leaves.first(k)), defined_root(leaves.subspan(k)));
}

std::vector<Hash> flipped(std::vector<Hash> proof, std::size_t bit) {
  proof[bit / 256][bit % 256 / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
  return proof;
}

std::string line(std::string head, std::uint64_t a, std::uint64_t b, std::span<const Hash> hashes) {
  head += " " + std::to_string(a) + " " + std::to_string(b);
  for (const Hash& hash : hashes) head += " " + hex(hash);
  return head + "\n";
}

constexpr std::uint64_t most = 130;

}  // namespace

TEST_CASE("a root is that of the definition, whichever way it is computed", "[events]") {
  std::vector<Hash> leaves = byte_leaves(most);
  for (std::uint64_t size = 0; size <= most; ++size) {
    std::span<const Hash> first(leaves.data(), size);
    REQUIRE(merkle_root(first) == defined_root(first));
    REQUIRE(root_at(size, subtrees_of(leaves)) == defined_root(first));
  }
}

TEST_CASE("roots and proofs of 130 leaves have the published digests", "[events]") {
  std::vector<Hash> leaves = byte_leaves(most);
  Subtrees subtrees = subtrees_of(leaves);
  std::string roots;
  std::string inclusions;
  std::string consistencies;
  for (std::uint64_t n = 0; n <= most; ++n) {
    roots += "root " + std::to_string(n) + " " + hex(*root_at(n, subtrees)) + "\n";
    for (std::uint64_t i = 0; i < n; ++i) {
      inclusions += line("incl", i, n, *inclusion_proof(i, n, subtrees));
      consistencies += line("cons", i + 1, n, *consistency_proof(i + 1, n, subtrees));
    }
  }

  CHECK(hex(sha256(bytes_of(roots))) ==
        "231abcf3f70136edf64f0fd6ecb9c29f98346e890fd39c71e5cfe914400d7004");
  CHECK(hex(sha256(bytes_of(inclusions))) ==
        "365a8d1d0315763009aca15cf4d86424779f947968c43bfd07c9fcdb67e57e1b");
  CHECK(hex(sha256(bytes_of(consistencies))) ==
        "60729858bead5a82cfb36beb9681fe5ff7c0700cc3f734bae10036510a382ae5");
}

TEST_CASE("every proof of up to 130 leaves verifies", "[events]") {
  std::vector<Hash> leaves = byte_leaves(most);
  Subtrees subtrees = subtrees_of(leaves);
  std::vector<Hash> roots;
  for (std::uint64_t n = 0; n <= most; ++n) roots.push_back(*root_at(n, subtrees));
  for (std::uint64_t n = 1; n <= most; ++n) {
    for (std::uint64_t i = 0; i < n; ++i) {
      auto inclusion = inclusion_proof(i, n, subtrees);
      REQUIRE(verify_inclusion(leaves[i], i, n, *inclusion, roots[n]));
      auto consistency = consistency_proof(i + 1, n, subtrees);
      REQUIRE(verify_consistency(i + 1, roots[i + 1], n, roots[n], *consistency));
    }
  }
}

TEST_CASE("an inclusion proof with any bit, its index, its leaf or its length changed is refused",
          "[events]") {
  std::vector<Hash> leaves = byte_leaves(24);
  Subtrees subtrees = subtrees_of(leaves);
  for (std::uint64_t n = 1; n <= leaves.size(); ++n) {
    Hash root = *root_at(n, subtrees);
    for (std::uint64_t i = 0; i < n; ++i) {
      std::vector<Hash> proof = *inclusion_proof(i, n, subtrees);
      for (std::size_t bit = 0; bit < proof.size() * 256; ++bit) {
        REQUIRE(!verify_inclusion(leaves[i], i, n, flipped(proof, bit), root));
      }
      for (std::uint64_t j = 0; j <= n; ++j) {
        if (j == i) continue;
        REQUIRE(!verify_inclusion(leaves[i], j, n, proof, root));
        if (j < n) REQUIRE(!verify_inclusion(leaves[j], i, n, proof, root));
      }
      std::vector<Hash> longer = proof;
      longer.push_back(root);
      REQUIRE(!verify_inclusion(leaves[i], i, n, longer, root));
      if (proof.empty()) continue;
      REQUIRE(!verify_inclusion(leaves[i], i, n, std::span(proof).first(proof.size() - 1), root));
      REQUIRE(!verify_inclusion(leaves[i], i, n, std::span(proof).subspan(1), root));
    }
  }
}

TEST_CASE("a consistency proof with any bit, a root or its length changed is refused", "[events]") {
  std::vector<Hash> leaves = byte_leaves(24);
  Subtrees subtrees = subtrees_of(leaves);
  for (std::uint64_t n = 2; n <= leaves.size(); ++n) {
    Hash new_root = *root_at(n, subtrees);
    for (std::uint64_t m = 1; m < n; ++m) {
      Hash old_root = *root_at(m, subtrees);
      std::vector<Hash> proof = *consistency_proof(m, n, subtrees);
      for (std::size_t bit = 0; bit < proof.size() * 256; ++bit) {
        REQUIRE(!verify_consistency(m, old_root, n, new_root, flipped(proof, bit)));
      }
      REQUIRE(!verify_consistency(m, new_root, n, new_root, proof));
      REQUIRE(!verify_consistency(m, old_root, n, old_root, proof));
      REQUIRE(!verify_consistency(m, old_root, n, new_root, {}));
      REQUIRE(!verify_consistency(m, old_root, n, new_root, std::span(proof).subspan(1)));
      std::vector<Hash> longer = proof;
      longer.push_back(old_root);
      REQUIRE(!verify_consistency(m, old_root, n, new_root, longer));
    }
  }
}

TEST_CASE("no proof joins two histories", "[events]") {
  std::vector<Hash> leaves = byte_leaves(100);
  std::vector<Hash> other = leaves;
  other[41] = leaf_hash(bytes_of("rewritten"));
  Hash kept = *root_at(60, subtrees_of(leaves));

  auto proof = consistency_proof(60, 100, subtrees_of(other));

  CHECK(!verify_consistency(60, kept, 100, merkle_root(other), *proof));
}

TEST_CASE("equal sizes are consistent if the roots are equal", "[events]") {
  Hash root = merkle_root(byte_leaves(3));
  Hash other = merkle_root(byte_leaves(4));
  std::vector<Hash> superfluous{root};

  CHECK(verify_consistency(3, root, 3, root, {}));
  CHECK(!verify_consistency(3, root, 3, other, {}));
  CHECK(!verify_consistency(3, root, 3, root, superfluous));
}

TEST_CASE("everything grows from the empty tree, which has one root and an empty proof",
          "[events]") {
  Hash root = merkle_root(byte_leaves(3));
  std::vector<Hash> superfluous{root};

  CHECK(verify_consistency(0, empty_root(), 3, root, {}));
  CHECK(verify_consistency(0, empty_root(), 0, empty_root(), {}));
  CHECK(!verify_consistency(0, root, 3, root, {}));
  CHECK(!verify_consistency(0, root, 0, root, superfluous));
  CHECK(!verify_consistency(0, empty_root(), 3, root, superfluous));
  CHECK(consistency_proof(0, 3, subtrees_of(byte_leaves(3)))->empty());
}

TEST_CASE("sizes and indexes out of range are refused", "[events]") {
  std::vector<Hash> leaves = byte_leaves(3);
  Subtrees subtrees = subtrees_of(leaves);
  Hash root = merkle_root(leaves);

  CHECK(!inclusion_proof(3, 3, subtrees));
  CHECK(!inclusion_proof(0, 0, subtrees));
  CHECK(!consistency_proof(3, 2, subtrees));
  CHECK(!verify_inclusion(root, 0, 0, {}, root));
  CHECK(!verify_inclusion(root, 3, 3, {}, root));
  CHECK(!verify_inclusion(root, 0, ~0ull, std::vector<Hash>(64, root), root));
  CHECK(!verify_consistency(3, root, 2, root, {}));
  CHECK(!verify_consistency(1, root, ~0ull, root, std::vector<Hash>(64, root)));
}

TEST_CASE("the largest trees are verified without overflow", "[events]") {
  Hash hash = merkle_root(byte_leaves(1));
  std::vector<Hash> longest(proof_hashes_max, hash);

  auto last = verify_inclusion(hash, tree_size_max - 1, tree_size_max, longest, hash);
  auto first = verify_inclusion(hash, 0, tree_size_max, longest, hash);
  auto half = verify_consistency(1ull << 62, hash, tree_size_max, hash, longest);

  CHECK(!last);
  CHECK(!first);
  CHECK(!half);
}

TEST_CASE("a fault of the source of hashes comes back to the caller", "[events]") {
  Subtrees none = [](unsigned, std::uint64_t) -> Result<Hash> {
    return fail(Code::not_found, "没有", "none");
  };

  CHECK(root_at(3, none).error().code == Code::not_found);
  CHECK(inclusion_proof(1, 3, none).error().code == Code::not_found);
  CHECK(consistency_proof(1, 3, none).error().code == Code::not_found);
}
