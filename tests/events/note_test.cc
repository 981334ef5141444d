#include "events/note.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "events/text_encoding.h"

using namespace events;

namespace {

template <class Array>
Array array_of(std::string_view hex_text) {
  auto bytes = parse_hex(hex_text);
  Array array{};
  REQUIRE(bytes->size() == array.size());
  std::ranges::copy(*bytes, array.begin());
  return array;
}

// The seeds of these tests: 32 bytes that count up.
SigningKey counting_key(std::uint8_t first) {
  Seed seed;
  for (std::uint8_t& byte : seed) byte = first++;
  return SigningKey::from_seed(seed);
}

NoteKey note_key(std::string name, const SigningKey& key, KeyType type = KeyType::ed25519) {
  return {std::move(name), type, key.public_key()};
}

constexpr std::string_view log_name = "probity.example/demo";
constexpr std::string_view log_vkey =
    "probity.example/demo+076c004c+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
constexpr std::string_view witness_vkey =
    "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X";
// Both signed by another program: Python's cryptography.
constexpr std::string_view signed_note =
    "probity.example/demo\n3\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n\n"
    "\u2014 probity.example/demo "
    "B2wATGStlyCj1ZY0s1HSbsr5p2hI0G7sasXzYWFl+hcAgnwhycWxRaI7QyrRbdAFR/"
    "OqWAc1pmUbFhiK0IWoKP8IqAU=\n";
constexpr std::string_view witness_line =
    "\u2014 witness.example/w1 "
    "IDJKvgAAAABlU/EAt5ikkEveus3cqL+zQ0lLp+UnRI8tQlKXrlzQndDLMDBYh/OF0/"
    "bRMyf4/BZet8lwqUaMePWd9PalQFIfpKgcDA==\n";

std::string text_of(std::string_view note) {
  return std::string(note.substr(0, note.rfind("\n\n") + 1));
}

bool opens(std::string_view note, const NoteKey& key) {
  return open_note(note, {&key, 1}).has_value();
}

}  // namespace

TEST_CASE("Ed25519 is that of RFC 8032", "[events]") {
  auto seed = array_of<Seed>("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  SigningKey key = SigningKey::from_seed(seed);
  Signature signature = key.sign(bytes_of("\x72"));

  CHECK(key.seed() == seed);
  CHECK(hex(key.public_key()) ==
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  CHECK(hex(signature) ==
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  CHECK(verify_signature(key.public_key(), bytes_of("\x72"), signature));
  CHECK(!verify_signature(key.public_key(), bytes_of("\x73"), signature));
}

TEST_CASE("even nothing can be signed", "[events]") {
  SigningKey key = counting_key(0);

  CHECK(verify_signature(key.public_key(), {}, key.sign({})));
  CHECK(!verify_signature(key.public_key(), bytes_of("x"), key.sign({})));
}

TEST_CASE("a signature with any bit flipped does not verify", "[events]") {
  SigningKey key = counting_key(0);
  Signature good = key.sign(bytes_of("score 710"));
  for (std::size_t bit = 0; bit < 512; ++bit) {
    Signature bad = good;
    bad[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    REQUIRE(!verify_signature(key.public_key(), bytes_of("score 710"), bad));
  }
}

TEST_CASE("a signature whose S has the group order added does not verify", "[events]") {
  SigningKey key = counting_key(0);
  Signature signature = key.sign(bytes_of("score 710"));
  auto order = array_of<Seed>("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    carry += static_cast<unsigned>(signature[32 + i]) + order[i];
    signature[32 + i] = static_cast<std::uint8_t>(carry & 0xff);
    carry >>= 8;
  }

  CHECK(!verify_signature(key.public_key(), bytes_of("score 710"), signature));
}

TEST_CASE("the fourteen public keys of low order are refused", "[events]") {
  constexpr std::string_view bodies[] = {
      "01000000000000000000000000000000000000000000000000000000000000",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      "00000000000000000000000000000000000000000000000000000000000000",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03"};
  constexpr std::string_view last_bytes[][2] = {{"00", "80"}, {"7f", "ff"}, {"7f", "ff"},
                                                {"00", "80"}, {"7f", "ff"}, {"05", "85"},
                                                {"7a", "fa"}};
  for (std::size_t i = 0; i < std::size(bodies); ++i) {
    for (std::string_view last : last_bytes[i]) {
      auto key = array_of<PublicKey>(std::string(bodies[i]) + std::string(last));
      CAPTURE(hex(key));
      CHECK(check_public_key(key).error().code == Code::corrupt);
      CHECK(!parse_vkey(vkey({"a.example", KeyType::ed25519, key})));
    }
  }
  CHECK(check_public_key(counting_key(0).public_key()));
}

TEST_CASE("generated keys differ, are sound, and come back from their seed", "[events]") {
  SigningKey first = SigningKey::generate();
  SigningKey second = SigningKey::generate();

  CHECK(first.public_key() != second.public_key());
  CHECK(check_public_key(first.public_key()));
  CHECK(SigningKey::from_seed(first.seed()).public_key() == first.public_key());
}

TEST_CASE("a vkey prints and parses as other programs write it", "[events]") {
  NoteKey log = note_key(std::string(log_name), counting_key(0));
  NoteKey witness = note_key("witness.example/w1", counting_key(32), KeyType::cosignature);

  CHECK(vkey(log) == log_vkey);
  CHECK(key_id(log) == 0x076c004c);
  CHECK(parse_vkey(log_vkey) == log);
  CHECK(vkey(witness) == witness_vkey);
  CHECK(parse_vkey(witness_vkey) == witness);
}

TEST_CASE("a vkey is split at its first two plus signs, since base64 has more", "[events]") {
  for (std::uint8_t first = 0; first < 200; ++first) {
    NoteKey key = note_key("a.example", counting_key(first));
    std::string text = vkey(key);
    REQUIRE(parse_vkey(text) == key);
    if (std::ranges::count(text, '+') > 2) return;
  }
  FAIL("none of 200 keys has a plus sign in its base64");
}

TEST_CASE("a vkey that is wrong in any part is refused", "[events]") {
  std::string good(log_vkey);
  for (const std::string& bad : std::vector<std::string>{
           std::string(), std::string("+"), good.substr(1), good + "A", good + "\n",
           std::string("probity.example/demo"), std::string("probity.example/demo+076c004c"),
           std::string("probity.example/demo+076C004C") + good.substr(29),
           std::string("probity.example/demo+076c004d") + good.substr(29),
           std::string("probity.example/demo+76c004c") + good.substr(29),
           std::string("probity.example demo+076c004c") + good.substr(29),
           std::string("probity.example/demo+076c004c+Bg") + good.substr(32)}) {
    CAPTURE(bad);
    auto key = parse_vkey(bad);
    REQUIRE(!key);
    CHECK(key.error().code == Code::corrupt);
  }
}

TEST_CASE("a key name has neither spaces of any script nor plus signs", "[events]") {
  for (std::string_view name : {"a", "probity.example/demo", "质量奖.example/2016"}) {
    CAPTURE(name);
    CHECK(valid_key_name(name));
  }
  for (std::string_view name : {"", "a b", "a+b", "a\tb", "a\nb", "a\u0085", "a\u00a0b", "a\u2003b",
                                "a\u3000b", "a\xff", "\xc0\xa0", "\u2028"}) {
    CAPTURE(name);
    CHECK(!valid_key_name(name));
  }
}

TEST_CASE("notes are signed as another program signs them", "[events]") {
  SigningKey log = counting_key(0);
  SigningKey witness = counting_key(32);
  std::string text = text_of(signed_note);

  CHECK(sign_note(text, log_name, log) == signed_note);
  CHECK(cosign_line(text, "witness.example/w1", witness, 1'700'000'000) == witness_line);
}

TEST_CASE("a note opens with who signed it and when", "[events]") {
  std::vector<NoteKey> known{*parse_vkey(log_vkey), *parse_vkey(witness_vkey)};

  auto opened = open_note(std::string(signed_note) + std::string(witness_line), known);

  REQUIRE(opened);
  CHECK(opened->text == text_of(signed_note));
  REQUIRE(opened->signers.size() == 2);
  CHECK(opened->signers[0].key == known[0]);
  CHECK(!opened->signers[0].time_seconds);
  CHECK(opened->signers[1].key == known[1]);
  CHECK(opened->signers[1].time_seconds == 1'700'000'000u);
}

TEST_CASE("unknown signatures are ignored, but somebody known must have signed", "[events]") {
  std::string text = "a\n";
  SigningKey key = counting_key(0);
  SigningKey other = counting_key(1);
  NoteKey known = note_key("log.example", key);
  std::string by_other_name = sign_line(text, "else.example", key);
  std::string by_other_key = sign_line(text, "log.example", other);

  CHECK(opens(text + "\n" + by_other_name + sign_line(text, "log.example", key), known));
  CHECK(opens(text + "\n" + sign_line(text, "log.example", key) + by_other_key, known));
  CHECK(!opens(text + "\n" + by_other_name + by_other_key, known));
  CHECK(!open_note(sign_note(text, "log.example", key), {}));
}

TEST_CASE("a known key whose signature fails refuses the whole note", "[events]") {
  std::string text = "a\n";
  SigningKey first = counting_key(0);
  SigningKey second = counting_key(1);
  std::vector<NoteKey> known{note_key("one.example", first), note_key("two.example", second)};
  std::string good = text + "\n" + sign_line(text, "one.example", first);

  REQUIRE(open_note(good, known));
  CHECK(!open_note(good + sign_line("b\n", "two.example", second), known));
  CHECK(!open_note(good + sign_line("b\n", "one.example", first), known));
}

TEST_CASE("a key that signs twice counts once", "[events]") {
  SigningKey key = counting_key(0);
  NoteKey known = note_key("log.example", key);

  auto opened = open_note(
      sign_note("a\n", "log.example", key) + sign_line("a\n", "log.example", key), {&known, 1});

  REQUIRE(opened);
  CHECK(opened->signers.size() == 1);
}

TEST_CASE("the last blank line divides the text from the signatures", "[events]") {
  SigningKey key = counting_key(0);
  NoteKey known = note_key("log.example", key);
  std::string text = "一等奖\n\n\u2014 not a signature\n\n二等奖\n";

  auto opened = open_note(sign_note(text, "log.example", key), {&known, 1});

  REQUIRE(opened);
  CHECK(opened->text == text);
}

TEST_CASE("a note with other than its form is refused", "[events]") {
  std::string line = sign_line("a\n", "log.example", counting_key(0));
  REQUIRE(parse_note("a\n\n" + line));
  std::string cut = line.substr(0, line.size() - 1);
  for (const std::string& bad : std::vector<std::string>{
           std::string(), std::string("a\n"), std::string("a\n\n"), "a\n" + line, "a\n\n" + cut,
           "a\n\n" + line + "\n", "a\n\n" + line + "x\n", "a\r\n\n" + line, "a\t\n\n" + line,
           "a\xff\n\n" + line, std::string("a\0\n\n", 4) + line, "a\n\n-" + line.substr(3),
           "a\n\n\u2014  log.example AAAAAAA=\n", "a\n\n\u2014 log.example  AAAAAAA=\n",
           "a\n\n\u2014 log.example AAAAAA==\n", "a\n\n\u2014 log.example\n",
           "a\n\n\u2014 log+example AAAAAAA=\n", "a\n\n\u2014 log\u3000example AAAAAAA=\n",
           "a\n\n\u2014 log.example AAAAAAB=\n"}) {
    CAPTURE(bad);
    auto note = parse_note(bad);
    REQUIRE(!note);
    CHECK(note.error().code == Code::corrupt);
  }
  CHECK(parse_note("a\n\n\u2014 log.example AAAAAAA=\n"));
}

TEST_CASE("a note has at most 100 signatures and a limit of bytes", "[events]") {
  std::string line = "\u2014 log.example AAAAAAA=\n";
  std::string note = "a\n\n";
  for (std::size_t i = 0; i < note_signatures_max; ++i) note += line;

  CHECK(parse_note(note)->signatures.size() == note_signatures_max);
  CHECK(!parse_note(note + line));
  CHECK(!parse_note(std::string(note_bytes_max, 'a') + "\n\n" + line));
}
