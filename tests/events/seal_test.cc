#include "events/seal.h"

#include <capnp/message.h>

#include <catch2/catch.hpp>

#include "events/message.h"
#include "events/text_encoding.h"

using namespace events;

namespace {

PersonKey key_of(std::uint8_t first) {
  PersonKey key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(first + i);
  return key;
}

struct Box {
  capnp::MallocMessageBuilder message;
  Sealed::Builder sealed = message.initRoot<Sealed>();

  Box(std::string_view text, std::string_view person, const PersonKey& key,
      std::string_view context = "li/c1/name") {
    seal(text, person, key, context, sealed);
  }
  Result<std::string> open(const PersonKey& key) { return unseal(sealed.asReader(), key); }
  std::string hex_of_box() { return hex(as_bytes(sealed.asReader().getBox())); }
};

}  // namespace

TEST_CASE("what is sealed opens with its key, and with no other", "[events]") {
  for (std::string text : {"", "王明", "a text of some length that is sealed"}) {
    Box box(text, "p1", key_of(1));

    CHECK(*box.open(key_of(1)) == text);
    auto wrong = box.open(key_of(2));
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == Code::corrupt);
  }
}

// Written down so that no later program seals, or commits to a key, in another way. The values were
// computed with another library: Python's cryptography, and HChaCha20 by hand.
TEST_CASE("the bytes of a box are what the format says", "[events]") {
  Box box("王明", "p1", key_of(0));

  CHECK(hex(as_bytes(box.sealed.asReader().getKeyCommitment())) ==
        "919d85f9a54c2abacf29d5b786539dcb44ac78227e8203f9984a628ab31c3e57");
  CHECK(box.hex_of_box() ==
        "333c984beec417463a9e31ffa6fbfbeaffa60feaead8ea1e2f8135e50f90bad2448572a73e52977cc3b2cdc643"
        "8c");
}

TEST_CASE("the same command seals to the same bytes, another context to others", "[events]") {
  Box one("王明", "p1", key_of(1), "li/c1/name");
  Box same("王明", "p1", key_of(1), "li/c1/name");
  Box other("王明", "p1", key_of(1), "li/c2/name");

  CHECK(one.hex_of_box() == same.hex_of_box());
  CHECK(one.hex_of_box() != other.hex_of_box());
  CHECK(one.hex_of_box().substr(0, 48) != other.hex_of_box().substr(0, 48));
}

TEST_CASE("every altered byte of a box is noticed", "[events]") {
  Box box("王明", "p1", key_of(1));
  auto bytes = box.sealed.getBox();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] ^= 1;
    CHECK_FALSE(box.open(key_of(1)));
    bytes[i] ^= 1;
  }
  auto commitment = box.sealed.getKeyCommitment();
  for (std::size_t i = 0; i < commitment.size(); ++i) {
    commitment[i] ^= 0x80;
    CHECK_FALSE(box.open(key_of(1)));
    commitment[i] ^= 0x80;
  }
  CHECK(box.open(key_of(1)));
}

TEST_CASE("a box cannot be given to another person", "[events]") {
  Box box("王明", "p1", key_of(1));
  box.sealed.setPerson("p2");

  CHECK_FALSE(box.open(key_of(1)));
}

TEST_CASE("a box that is cut short is refused", "[events]") {
  Box box("王明", "p1", key_of(1));
  auto bytes = as_bytes(box.sealed.asReader().getBox());
  std::vector<std::uint8_t> whole(bytes.begin(), bytes.end());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    box.sealed.setBox(as_data(Bytes(whole).first(size)));
    CHECK_FALSE(box.open(key_of(1)));
  }
}
