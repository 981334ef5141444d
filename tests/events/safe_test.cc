#include "events/safe.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "events/file.h"
#include "tests/folder.h"

using namespace events;

namespace {

constexpr const char* origin = "test.example/log";

struct Place {
  tests::Folder folder;
  std::filesystem::path path = folder.path() / "safe";

  Safe made() const { return *Safe::create(path, origin); }
  Safe opened() const { return *Safe::open(path); }
  std::string bytes(const std::string& name) const { return *read_file(path / name, 1 << 20); }
  void put(const std::string& name, std::string_view bytes) const {
    std::ofstream(path / name, std::ios::binary) << bytes;
  }
  mode_t mode(const std::string& name) const {
    struct stat status {};
    REQUIRE(::stat((path / name).c_str(), &status) == 0);
    return status.st_mode & 0777;
  }
};

Checkpoint checkpoint(std::uint64_t size, std::uint8_t root = 1) {
  Checkpoint made{origin, size, {}};
  made.root.fill(root);
  return made;
}

}  // namespace

TEST_CASE("a new safe holds a key pair of the log's name, closed to others", "[events]") {
  Place place;
  Safe safe = place.made();

  CHECK(safe.origin() == origin);
  CHECK(place.opened().public_key() == safe.public_key());
  CHECK(*parse_vkey(place.bytes("log.vkey").substr(0, place.bytes("log.vkey").size() - 1)) ==
        safe.public_key());
  CHECK(place.bytes("signing.seed").size() == 65);
  CHECK(place.mode("signing.seed") == 0600);
  CHECK(place.mode(".") == 0700);
  CHECK(place.mode("persons") == 0700);
}

TEST_CASE("a safe that has a key is not made again", "[events]") {
  Place place;
  place.made();
  auto seed = place.bytes("signing.seed");

  auto again = Safe::create(place.path, origin);

  REQUIRE_FALSE(again);
  CHECK(again.error().code == Code::conflict);
  CHECK(place.bytes("signing.seed") == seed);
}

TEST_CASE("a safe is not made for a name that no checkpoint can carry", "[events]") {
  Place place;
  CHECK(Safe::create(place.path, "a name").error().code == Code::invalid);
  CHECK(Safe::create(place.path, "").error().code == Code::invalid);
  CHECK_FALSE(std::filesystem::exists(place.path));
}

TEST_CASE("where there is no safe none is opened", "[events]") {
  Place place;
  CHECK(Safe::open(place.path).error().code == Code::not_found);
}

TEST_CASE("a safe with another key than its public one is corrupt", "[events]") {
  Place place;
  place.made();
  std::string seed = place.bytes("signing.seed");
  seed[0] = seed[0] == '0' ? '1' : '0';
  place.put("signing.seed", seed);
  CHECK(Safe::open(place.path).error().code == Code::corrupt);

  place.put("signing.seed", "short");
  CHECK(Safe::open(place.path).error().code == Code::corrupt);
}

TEST_CASE("the newest checkpoint is kept, signed, also for the next process", "[events]") {
  Place place;
  Safe safe = place.made();
  CHECK_FALSE(safe.kept()->has_value());
  CHECK(safe.kept_note()->empty());

  for (std::uint64_t size : {1, 2, 7}) {
    REQUIRE(safe.keep(checkpoint(size)));
    CHECK(**safe.kept() == checkpoint(size));
  }

  Safe again = place.opened();
  CHECK(**again.kept() == checkpoint(7));
  CHECK(*open_checkpoint(*again.kept_note(), safe.public_key()) == checkpoint(7));
  REQUIRE(again.keep(checkpoint(9)));
  CHECK(**again.kept() == checkpoint(9));
}

TEST_CASE("a checkpoint that does not follow from the newest is not signed", "[events]") {
  Place place;
  Safe safe = place.made();
  REQUIRE(safe.keep(checkpoint(5)));
  auto notes = place.bytes("head.0") + place.bytes("head.1");

  CHECK(safe.keep(checkpoint(4)).error().code == Code::conflict);
  CHECK(safe.keep(checkpoint(5, 2)).error().code == Code::conflict);
  Checkpoint other = checkpoint(6);
  other.origin = "other.example/log";
  CHECK(safe.keep(other).error().code == Code::conflict);
  CHECK(safe.keep(checkpoint(5)));  // The same again is nothing new.

  CHECK(place.bytes("head.0") + place.bytes("head.1") == notes);
}

TEST_CASE("after an accepted restoration the head that was given up is not found again",
          "[events]") {
  Place place;
  Safe safe = place.made();
  REQUIRE(safe.keep(checkpoint(8)));
  REQUIRE(safe.keep(checkpoint(9)));

  REQUIRE(safe.keep_restored(checkpoint(3, 4)));

  CHECK(**place.opened().kept() == checkpoint(3, 4));
  CHECK(safe.keep(checkpoint(4, 5)));
  CHECK(**place.opened().kept() == checkpoint(4, 5));
}

TEST_CASE("one damaged checkpoint leaves the other one to speak", "[events]") {
  Place place;
  Safe safe = place.made();
  REQUIRE(safe.keep(checkpoint(8)));
  REQUIRE(safe.keep(checkpoint(9)));
  for (const char* name : {"head.0", "head.1"}) {
    std::string whole = place.bytes(name);
    place.put(name, whole.substr(0, whole.size() / 2));
    auto kept = safe.kept();
    REQUIRE(kept);
    CHECK((**kept == checkpoint(8) || **kept == checkpoint(9)));
    place.put(name, whole);
  }
}

TEST_CASE("a safe whose checkpoints are damaged or gone is corrupt, and not new", "[events]") {
  Place place;
  Safe safe = place.made();
  REQUIRE(safe.keep(checkpoint(8)));

  SECTION("gone") {
    std::filesystem::remove(place.path / "head.0");
    std::filesystem::remove(place.path / "head.1");
  }
  SECTION("damaged") {
    place.put("head.0", "nonsense");
    place.put("head.1", "");
  }
  SECTION("signed by somebody else") {
    auto other = SigningKey::generate();
    place.put("head.0", sign_checkpoint(checkpoint(90), other));
    place.put("head.1", sign_checkpoint(checkpoint(91), other));
  }

  CHECK(safe.kept().error().code == Code::corrupt);
  CHECK(safe.kept_note().error().code == Code::corrupt);
  CHECK(safe.keep(checkpoint(9)).error().code == Code::corrupt);
}

TEST_CASE("a person's key is made once, closed to others, under a name that tells nothing",
          "[events]") {
  Place place;
  Safe safe = place.made();
  CHECK(safe.find_key("p1").error().code == Code::not_found);

  auto key = safe.find_or_make_key("p1");

  REQUIRE(key);
  CHECK(*safe.find_or_make_key("p1") == *key);
  CHECK(*place.opened().find_key("p1") == *key);
  CHECK(*safe.find_or_make_key("p2") != *key);
  // printf p1 | sha256sum
  std::string name = "persons/f64551fcd6f07823cb87971cfb91446425da18286b3ab1ef935e0cbd7a69f68a.key";
  CHECK(place.mode(name) == 0600);
}

TEST_CASE("a damaged person's key is never replaced by a new one", "[events]") {
  Place place;
  Safe safe = place.made();
  REQUIRE(safe.find_or_make_key("p1"));
  for (const auto& one : std::filesystem::directory_iterator(place.path / "persons")) {
    std::ofstream(one.path()) << "12ab";
  }

  CHECK(safe.find_key("p1").error().code == Code::corrupt);
  CHECK(safe.find_or_make_key("p1").error().code == Code::corrupt);
}
