#include "events/checkpoint.h"

#include <catch2/catch.hpp>

#include "events/merkle.h"
#include "events/text_encoding.h"

using namespace events;

namespace {

SigningKey key_of(std::uint8_t number) {
  Seed seed{};
  seed[0] = number;
  return SigningKey::from_seed(seed);
}

const std::string origin = "probity.example/demo";

Checkpoint sample() { return {origin, 70'000, sha256(bytes_of("root"))}; }

NoteKey log_key() { return {origin, KeyType::ed25519, key_of(1).public_key()}; }

NoteKey witness_key() {
  return {"witness.example/w1", KeyType::cosignature, key_of(2).public_key()};
}

}  // namespace

TEST_CASE("a checkpoint is three lines", "[events]") {
  CHECK(text(sample()) ==
        "probity.example/demo\n70000\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n");
  CHECK(parse_checkpoint(text(sample())) == sample());
  CHECK(parse_checkpoint(text({origin, 0, empty_root()})) == Checkpoint{origin, 0, empty_root()});
}

TEST_CASE("a checkpoint in any other form is refused", "[events]") {
  const std::string root = "SBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=";
  for (const std::string& bad : std::vector<std::string>{
           std::string(), std::string("a\n"), std::string("a\n1\n"), "a\n1\n" + root,
           "\n1\n" + root + "\n", "a\n01\n" + root + "\n", "a\n+1\n" + root + "\n",
           "a\n-1\n" + root + "\n", "a\n1 \n" + root + "\n", "a\n\n" + root + "\n",
           "a\n9223372036854775808\n" + root + "\n", "a\n1\n" + root + "\nextension\n",
           "a\n1\n" + root + "\n\n", "a\n1\n" + root + " \n", "a\n1\n" + root.substr(4) + "\n",
           "a\n1\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7J=\n",
           std::string("a\n1\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I\n")}) {
    CAPTURE(bad);
    auto checkpoint = parse_checkpoint(bad);
    REQUIRE(!checkpoint);
    CHECK(checkpoint.error().code == Code::corrupt);
  }
}

TEST_CASE("a signed checkpoint opens under the log's key and no other", "[events]") {
  std::string note = sign_checkpoint(sample(), key_of(1));
  NoteKey other = log_key();
  other.key = key_of(3).public_key();

  CHECK(open_checkpoint(note, log_key()) == sample());
  CHECK(!open_checkpoint(note, other));
}

TEST_CASE("a signed checkpoint with any bit flipped is refused", "[events]") {
  const std::string note = sign_checkpoint(sample(), key_of(1));
  NoteKey log = log_key();
  for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
    std::string bad = note;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    CAPTURE(bit);
    REQUIRE(!open_checkpoint(bad, log));
  }
}

TEST_CASE("a signed checkpoint with any byte missing or doubled is refused", "[events]") {
  const std::string note = sign_checkpoint(sample(), key_of(1));
  NoteKey log = log_key();
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string missing = note;
    missing.erase(i, 1);
    REQUIRE(!open_checkpoint(missing, log));
    std::string doubled = note;
    doubled.insert(i, 1, note[i]);
    REQUIRE(!open_checkpoint(doubled, log));
  }
}

TEST_CASE("a checkpoint says which witnesses have cosigned it", "[events]") {
  std::string note = sign_checkpoint(sample(), key_of(1));
  std::string cosigned =
      note + cosign_line(text(sample()), witness_key().name, key_of(2), 1'700'000'000);
  std::vector<NoteKey> witnesses{witness_key()};

  auto opened = open_checkpoint(cosigned, log_key(), witnesses);

  REQUIRE(opened);
  CHECK(opened->checkpoint == sample());
  REQUIRE(opened->witnesses.size() == 1);
  CHECK(opened->witnesses[0].key == witness_key());
  CHECK(opened->witnesses[0].time_seconds == 1'700'000'000u);
  CHECK(open_checkpoint(note, log_key(), witnesses)->witnesses.empty());
  CHECK(open_checkpoint(cosigned, log_key()) == sample());
}

TEST_CASE("a cosignature for another time or checkpoint refuses the checkpoint", "[events]") {
  std::string note = sign_checkpoint(sample(), key_of(1));
  Checkpoint other = sample();
  other.size = 70'001;
  std::vector<NoteKey> witnesses{witness_key()};
  std::string line = cosign_line(text(sample()), witness_key().name, key_of(2), 1'700'000'000);
  std::size_t blob = line.rfind(' ') + 1;
  std::vector<std::uint8_t> bytes =
      *parse_base64(std::string_view(line).substr(blob, line.size() - blob - 1));
  bytes[11] ^= 1;  // the last byte of the time

  std::string other_time = line.substr(0, blob) + base64(bytes) + "\n";
  std::string other_text = cosign_line(text(other), witness_key().name, key_of(2), 1'700'000'000);

  CHECK(open_checkpoint(note + line, log_key(), witnesses));
  CHECK(!open_checkpoint(note + other_time, log_key(), witnesses));
  CHECK(!open_checkpoint(note + other_text, log_key(), witnesses));
}

TEST_CASE("a checkpoint that only a witness has signed is not the log's", "[events]") {
  std::string note = text(sample()) + "\n" +
                     cosign_line(text(sample()), witness_key().name, key_of(2), 1'700'000'000);
  std::vector<NoteKey> witnesses{witness_key()};

  CHECK(open_checkpoint(note, log_key(), witnesses).error().code == Code::corrupt);
}

TEST_CASE("a log's key signs for its own origin only", "[events]") {
  Checkpoint foreign = sample();
  foreign.origin = "else.example";

  CHECK(!open_checkpoint(sign_note(text(foreign), origin, key_of(1)), log_key()));
}

TEST_CASE("a signed note that is no checkpoint is refused", "[events]") {
  CHECK(!open_checkpoint(sign_note(text(sample()) + "more\n", origin, key_of(1)), log_key()));
  CHECK(!open_checkpoint(sign_note("hello\n", origin, key_of(1)), log_key()));
}
