#include <rocksdb/env.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "events/log.h"
#include "events/safe.h"
#include "events/seal.h"
#include "events/verify.h"
#include "tests/given.h"

// Every byte that a log and its safe consist of is altered, one after the other, and each time
// somebody has to notice, or nothing that anybody can read may have changed.

using namespace events;
using tests::all_records;
using tests::Given;
using tests::next_batch;

namespace {

// Sanitised, an opening takes ten times as long: there only every so many bytes.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t stride = 53;
#else
constexpr std::size_t stride = 1;
#endif

constexpr const char* data = "/data";
constexpr const char* log_folder = "/data/log";
using Files = std::map<std::string, std::string>;

Files files_on(rocksdb::Env* disk) {
  Files files;
  std::vector<std::string> names;
  REQUIRE(disk->GetChildren(log_folder, &names).ok());
  for (const std::string& name : names) {
    if (name == "LOCK") continue;  // Empty, and held.
    INFO(name);
    REQUIRE(
        rocksdb::ReadFileToString(disk, std::string(log_folder) + "/" + name, &files[name]).ok());
  }
  return files;
}

std::unique_ptr<rocksdb::Env> disk_of(const Files& files) {
  std::unique_ptr<rocksdb::Env> disk(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  disk->CreateDirIfMissing(data).PermitUncheckedError();
  disk->CreateDirIfMissing(log_folder).PermitUncheckedError();
  for (const auto& [name, bytes] : files) {
    REQUIRE(
        rocksdb::WriteStringToFile(disk.get(), bytes, std::string(log_folder) + "/" + name).ok());
  }
  return disk;
}

// A log of each kind of file: tables with a full tile, and a write-ahead log behind them.
struct Whole {
  Files files;
  std::vector<std::string> records;
  KeptHead kept;
  std::vector<KeptNote> notes;

  Whole() {
    Given given;
    given.opened().registered("p1");
    given.log().append(next_batch(given.log(), 257));
    given.closed().opened();
    given.registered("p2");
    given.log().append(next_batch(given.log(), 4));
    given.kept();
    kept = *given.options().kept;
    notes = {{"head", *given.safe().kept_note(), given.safe().public_key()}};
    records = all_records(given.log());
    given.closed();
    files = files_on(given.disk());
  }
};

enum class Noticed { refused, found, unchanged, silent };

// What somebody notices who opens the log, reads it, and has it verified.
Noticed look(const Files& files, const Whole& whole) {
  auto disk = disk_of(files);
  LogOptions options;
  options.folder = data;
  options.env = disk.get();
  options.kept = whole.kept;
  options.cache_bytes = 1 << 20;
  auto log = Log::open(options);
  if (!log) return Noticed::refused;
  auto report = verify_log(**log, {.kept = whole.notes, .threads = 1, .progress = {}, .stop = {}});
  if (!report || report->verdict() != LogVerdict::verified) return Noticed::found;
  return all_records(**log) == whole.records ? Noticed::unchanged : Noticed::silent;
}

// One bit of each byte, each bit in its turn but the highest: RocksDB reads the properties of a
// table before it compares their checksum, and takes the highest bit of their last number for the
// mark of a hash index. Built with its assertions, as Debian's is, it then ends the process: that
// is noticed, too, but nothing after it would be tested.
std::map<Noticed, std::size_t> flip_each(const Whole& whole, const std::string& name) {
  std::map<Noticed, std::size_t> counts;
  Files files = whole.files;
  std::string& bytes = files.at(name);
  for (std::size_t i = 0; i < bytes.size(); i += stride) {
    auto bit = static_cast<char>(1 << i % 7);
    bytes[i] = static_cast<char>(bytes[i] ^ bit);
    auto noticed = look(files, whole);
    if (noticed == Noticed::silent) UNSCOPED_INFO(name << ": byte " << i << " of " << bytes.size());
    ++counts[noticed];
    bytes[i] = static_cast<char>(bytes[i] ^ bit);
  }
  return counts;
}

void flip_all(const std::vector<std::string>& endings) {
  Whole whole;
  REQUIRE(look(whole.files, whole) == Noticed::unchanged);
  std::size_t files = 0;
  for (const auto& [name, bytes] : whole.files) {
    bool wanted =
        std::ranges::any_of(endings, [&](const auto& e) { return name.find(e) != name.npos; });
    if (!wanted || bytes.empty()) continue;
    ++files;
    auto counts = flip_each(whole, name);
    CHECK(counts[Noticed::silent] == 0);
    if (name.starts_with("0000")) CHECK(counts[Noticed::refused] + counts[Noticed::found] > 0);
    if (std::getenv("PROBITY_FLIPS")) {
      WARN(name << ": " << counts[Noticed::refused] << " refused, " << counts[Noticed::found]
                << " found, " << counts[Noticed::unchanged] << " unchanged");
    }
  }
  CHECK(files > 0);
}

}  // namespace

TEST_CASE("no altered byte of a table goes unnoticed", "[events]") { flip_all({".sst"}); }

TEST_CASE("no altered byte of the write-ahead log or the manifest goes unnoticed", "[events]") {
  flip_all({".log", "MANIFEST", "CURRENT"});
}

// IDENTITY and OPTIONS hold nothing that an event is read by: RocksDB writes them and does not need
// them. The locks are empty. What is altered in them changes nothing.
TEST_CASE("an altered byte of RocksDB's notes to itself changes no event", "[events]") {
  Whole whole;
  for (const auto& [name, bytes] : whole.files) {
    if (!name.starts_with("IDENTITY") && !name.starts_with("OPTIONS")) continue;
    Files files = whole.files;
    for (std::size_t i = 0; i < bytes.size(); i += 97) {
      files[name][i] = static_cast<char>(bytes[i] ^ 1);
      CHECK(look(files, whole) == Noticed::unchanged);
      files[name][i] = bytes[i];
    }
  }
}

TEST_CASE("a file of the log that is gone is noticed", "[events]") {
  Whole whole;
  for (const auto& [name, bytes] : whole.files) {
    bool holds_events =
        name.starts_with("0000") || name.starts_with("MANIFEST") || name == "CURRENT";
    if (!holds_events) continue;
    Files files = whole.files;
    files.erase(name);
    if (name == "LOCK") continue;  // Empty, and held.
    INFO(name);
    CHECK(look(files, whole) == Noticed::refused);
  }
}

TEST_CASE("a file of the log that was cut short is noticed", "[events]") {
  Whole whole;
  for (const auto& [name, bytes] : whole.files) {
    if (!name.starts_with("0000") && !name.starts_with("MANIFEST")) continue;
    Files files = whole.files;
    for (std::size_t i = 1; i <= 20; ++i) {
      files[name] = bytes.substr(0, bytes.size() * i / 21);
      INFO(name << " cut to " << files[name].size() << " of " << bytes.size());
      CHECK(look(files, whole) == Noticed::refused);
    }
  }
}

// Either the safe itself says so, or the other checkpoint still speaks for the log, or the person's
// box does not open.
TEST_CASE("no altered byte of the safe goes unnoticed or changes what is read", "[events]") {
  Given given;
  given.opened().registered("p1").kept();
  given.registered("p2").kept();
  auto registered = given.log().read(1);
  REQUIRE(registered.next());
  auto sealed = registered.recorded().event().getPersonRegistered().getName().getSealed();
  auto folder = given.safe().folder();
  auto head = given.log().head();
  auto answers = [&] {
    auto safe = Safe::open(folder);
    auto kept = safe ? safe->kept() : Result<std::optional<Checkpoint>>(std::nullopt);
    if (!safe || !kept) return std::string("refused");
    auto key = safe->find_key("p1");
    auto name = key ? unseal(sealed, *key) : Result<std::string>("no key");
    if (!*kept || *given.log().root((*kept)->size) != (*kept)->root) return std::string("another");
    return std::to_string((*kept)->size) + " " + (name ? *name : "does not open");
  };
  const std::string whole = std::to_string(head) + " Name of p1";
  REQUIRE(answers() == whole);

  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    std::string bytes = *read_file(file.path(), 1 << 20);
    for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
      std::string altered = bytes;
      altered[i / 8] = static_cast<char>(altered[i / 8] ^ (1 << i % 8));
      std::ofstream(file.path(), std::ios::binary) << altered;
      std::string answer = answers();
      INFO(file.path().filename() << " bit " << i << ": " << answer);
      bool noticed =
          answer == "refused" || answer.ends_with("does not open") || answer.ends_with("no key");
      bool other_checkpoint = answer == std::to_string(head - 1) + " Name of p1";
      CHECK((noticed || other_checkpoint || answer == whole));
    }
    std::ofstream(file.path(), std::ios::binary) << bytes;
  }
}
