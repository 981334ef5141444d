#include "events/sha256.h"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "events/text_encoding.h"

using namespace events;

TEST_CASE("SHA-256 is that of FIPS 180", "[events]") {
  CHECK(hex(sha256(bytes_of("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(sha256(bytes_of(std::string(1'000'000, 'a')))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("the hashes of a tree are those of RFC 6962", "[events]") {
  CHECK(hex(empty_root()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(leaf_hash({})) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  CHECK(hex(leaf_hash(bytes_of("L123456"))) ==
        "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
}

TEST_CASE("a node hash is that of 0x01 and both children in order", "[events]") {
  Hash left = sha256(bytes_of("N123"));
  Hash right = sha256(bytes_of("N456"));
  std::vector<std::uint8_t> bytes{0x01};
  bytes.insert(bytes.end(), left.begin(), left.end());
  bytes.insert(bytes.end(), right.begin(), right.end());

  CHECK(node_hash(left, right) == sha256(bytes));
  CHECK(node_hash(left, right) != node_hash(right, left));
}

TEST_CASE("the prefix of a node is 0x01", "[events]") {
  CHECK(hex(sha256(bytes_of("\x01N123N456"))) ==
        "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
}

TEST_CASE("HMAC-SHA-256 is that of RFC 4231", "[events]") {
  CHECK(hex(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  std::vector<std::uint8_t> long_key(131, 0xaa);
  CHECK(hex(hmac_sha256(long_key,
                        bytes_of("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK(hex(hmac_sha256({}, {})) ==
        "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("threads do not disturb each other's hashes", "[events]") {
  constexpr std::size_t rounds = 2000;
  auto chain = [](std::uint8_t seed) {
    Hash hash = leaf_hash({&seed, 1});
    for (std::size_t i = 0; i < rounds; ++i) hash = node_hash(hash, leaf_hash(hash));
    return hash;
  };
  std::vector<Hash> alone;
  for (std::uint8_t seed = 0; seed < 4; ++seed) alone.push_back(chain(seed));

  std::vector<Hash> together(alone.size());
  {
    std::vector<std::jthread> threads;
    for (std::uint8_t seed = 0; seed < 4; ++seed) {
      threads.emplace_back([&together, &chain, seed] { together[seed] = chain(seed); });
    }
  }

  CHECK(together == alone);
}
