#include "events/proof.h"

#include <catch2/catch.hpp>
#include <random>

#include "events/merkle.h"
#include "events/text_encoding.h"

using namespace events;

namespace {

const std::string origin = "probity.example/demo";

SigningKey log_signer() {
  Seed seed{};
  seed[0] = 1;
  return SigningKey::from_seed(seed);
}

NoteKey log_key() { return {origin, KeyType::ed25519, log_signer().public_key()}; }

std::string entry(std::uint64_t index) { return "entry " + std::to_string(index); }

std::vector<Hash> entry_leaves(std::uint64_t count) {
  std::vector<Hash> leaves;
  for (std::uint64_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(bytes_of(entry(i))));
  return leaves;
}

Proof receipt(std::uint64_t index, std::span<const Hash> leaves) {
  Proof proof;
  proof.index = index;
  proof.hashes = *inclusion_proof(index, leaves.size(), subtrees_of(leaves));
  proof.checkpoint = sign_checkpoint({origin, leaves.size(), merkle_root(leaves)}, log_signer());
  return proof;
}

}  // namespace

TEST_CASE("a receipt proves its entry and no other", "[events]") {
  std::vector<Hash> leaves = entry_leaves(300);
  std::string proof = text(receipt(42, leaves));

  auto shown = verify_proof(proof, bytes_of(entry(42)), log_key());

  REQUIRE(shown);
  CHECK(shown->index == 42);
  CHECK(shown->checkpoint.size == 300);
  CHECK(shown->checkpoint.root == merkle_root(leaves));
  CHECK(!verify_proof(proof, bytes_of(entry(43)), log_key()));
  CHECK(!verify_proof(proof, {}, log_key()));
}

TEST_CASE("receipts of random entries in logs of random size verify", "[events]") {
  std::mt19937_64 random(20170101);
  std::vector<Hash> leaves = entry_leaves(2000);
  for (int round = 0; round < 100; ++round) {
    std::uint64_t size = 1 + random() % leaves.size();
    std::uint64_t index = random() % size;
    std::string proof = text(receipt(index, std::span(leaves).first(size)));
    REQUIRE(verify_proof(proof, bytes_of(entry(index)), log_key()));
  }
}

TEST_CASE("a receipt with any bit flipped is refused", "[events]") {
  const std::string proof = text(receipt(13, entry_leaves(21)));
  NoteKey log = log_key();
  std::string leaf = entry(13);
  REQUIRE(verify_proof(proof, bytes_of(leaf), log));
  for (std::size_t bit = 0; bit < proof.size() * 8; ++bit) {
    std::string bad = proof;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    CAPTURE(bit);
    REQUIRE(!verify_proof(bad, bytes_of(leaf), log));
  }
}

TEST_CASE("a receipt has one spelling", "[events]") {
  Proof proof = receipt(13, entry_leaves(21));
  CHECK(text(proof).starts_with("c2sp.org/tlog-proof@v1\nindex 13\n"));
  CHECK(parse_proof(text(proof)) == proof);

  proof.extra = {1, 2, 3};

  CHECK(text(proof).starts_with("c2sp.org/tlog-proof@v1\nextra AQID\nindex 13\n"));
  CHECK(parse_proof(text(proof)) == proof);
}

TEST_CASE("the receipt of a log's only entry has no hashes", "[events]") {
  std::string proof = text(receipt(0, entry_leaves(1)));

  CHECK(proof.starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\n" + origin + "\n1\n"));
  CHECK(verify_proof(proof, bytes_of(entry(0)), log_key()));
}

TEST_CASE("a receipt in any other form is refused", "[events]") {
  Proof proof = receipt(1, entry_leaves(2));
  const std::string first = "c2sp.org/tlog-proof@v1\n";
  const std::string hash = base64(proof.hashes[0]) + "\n";
  const std::string rest = "\n" + proof.checkpoint;
  REQUIRE(parse_proof(first + "index 1\n" + hash + rest));
  std::string many;
  for (std::size_t i = 0; i <= proof_hashes_max; ++i) many += hash;
  for (const std::string& bad :
       std::vector<std::string>{std::string(),
                                first,
                                "index 1\n" + hash + rest,
                                "c2sp.org/tlog-proof@v2\nindex 1\n" + hash + rest,
                                first + hash + rest,
                                first + "index 01\n" + hash + rest,
                                first + "index  1\n" + hash + rest,
                                first + "index -1\n" + hash + rest,
                                first + "Index 1\n" + hash + rest,
                                first + "index 1\nindex 1\n" + hash + rest,
                                first + "index 1\n" + hash,
                                first + "index 1\n" + hash + "\n",
                                first + "index 1\n" + hash + proof.checkpoint,
                                first + "index 1\n" + hash + "\n" + rest,
                                first + "index 1\nAAAA\n" + rest,
                                first + "index 1\n" + many + rest,
                                first + "extra \nindex 1\n" + hash + rest,
                                first + "extra AB==\nindex 1\n" + hash + rest,
                                first + "extra\nindex 1\n" + hash + rest,
                                first + "index 1\nextra AQID\n" + hash + rest,
                                first + "extra AQID\nextra AQID\nindex 1\n" + hash + rest,
                                first + "index 1\n" + hash + rest + "\n"}) {
    CAPTURE(bad);
    auto parsed = parse_proof(bad);
    REQUIRE(!parsed);
    CHECK(parsed.error().code == Code::corrupt);
  }
}

TEST_CASE("a receipt with the wrong number of hashes is refused", "[events]") {
  Proof proof = receipt(13, entry_leaves(21));
  Proof longer = proof;
  longer.hashes.push_back(proof.hashes[0]);
  Proof shorter = proof;
  shorter.hashes.pop_back();

  CHECK(!verify_proof(text(longer), bytes_of(entry(13)), log_key()));
  CHECK(!verify_proof(text(shorter), bytes_of(entry(13)), log_key()));
}

TEST_CASE("a receipt under another log's key is refused", "[events]") {
  std::string proof = text(receipt(13, entry_leaves(21)));
  NoteKey renamed = log_key();
  renamed.name = "else.example";

  CHECK(!verify_proof(proof, bytes_of(entry(13)), renamed));
}
