#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "events/keys.h"
#include "events/log.h"
#include "tests/folder.h"
#include "tests/given.h"
#include "tests/process.h"

using namespace events;
using tests::all_records;
using tests::next_batch;

namespace {

// On the real disk, where locks and permissions are.
struct Disk {
  tests::Folder folder;
  LogOptions options{};

  Disk() { options.folder = folder.path() / "data"; }

  std::unique_ptr<Log> made(std::size_t events) {
    auto log = *Log::create(options);
    if (events > 0) log->append(next_batch(*log, events));
    return log;
  }
  std::filesystem::path log_folder() const { return options.folder / "log"; }
};

KeptHead head_of(const Log& log) { return {log.head(), *log.root(log.head())}; }

// Every file below the folder with its bytes.
std::map<std::string, std::string> files_in(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& one : std::filesystem::recursive_directory_iterator(folder)) {
    if (!one.is_regular_file()) continue;
    std::ifstream in(one.path(), std::ios::binary);
    files[one.path()] = {std::istreambuf_iterator<char>(in), {}};
  }
  return files;
}

void copy_folder(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::remove_all(to);
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

Error refused(const Result<std::unique_ptr<Log>>& opened) {
  REQUIRE_FALSE(opened);
  return opened.error();
}

bool mentions(const Error& error, std::string_view words) {
  return error.words.en.find(words) != std::string::npos &&
         error.words.zh.find(words) != std::string::npos;
}

// Past the log's own checks, as somebody with RocksDB's tools would do it.
void put_raw(const Disk& disk, Position position, std::string_view bytes) {
  std::vector<rocksdb::ColumnFamilyDescriptor> families{
      {"default", {}}, {"index", {}}, {"tree", {}}};
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  REQUIRE(rocksdb::DB::Open({}, disk.log_folder(), families, &handles, &db).ok());
  std::unique_ptr<rocksdb::DB> owned(db);
  CHECK(db->Put({}, handles[0], event_key(position), rocksdb::Slice(bytes.data(), bytes.size()))
            .ok());
  for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle);
}

std::string record_of_format(const Log& log, std::uint16_t format) {
  auto batch = next_batch(log, 1);
  capnp::MallocMessageBuilder builder;
  builder.setRoot(batch.recorded(0).record);
  builder.getRoot<Record>().setFormat(format);
  Message<Record> message(builder);
  return {reinterpret_cast<const char*>(message.bytes().data()), message.bytes().size()};
}

}  // namespace

TEST_CASE("where there is no log, nothing is opened and nothing is made", "[events]") {
  Disk disk;

  CHECK(refused(Log::open(disk.options)).code == Code::not_found);
  CHECK(refused(Log::open_reader(disk.options)).code == Code::not_found);
  CHECK_FALSE(std::filesystem::exists(disk.options.folder));
}

TEST_CASE("a log that is gone although its head was kept is refused as lost", "[events]") {
  Disk disk;
  disk.options.kept = KeptHead{7, {}};

  Error error = refused(Log::open(disk.options));

  CHECK(error.code == Code::corrupt);
  CHECK(mentions(error, "1–7"));
  CHECK(refused(Log::open_reader(disk.options)).code == Code::corrupt);
  CHECK_FALSE(std::filesystem::exists(disk.options.folder));
}

TEST_CASE("a folder that holds a log is not made into a new one", "[events]") {
  Disk disk;
  disk.made(1).reset();
  auto before = files_in(disk.folder.path());

  Error error = refused(Log::create(disk.options));

  CHECK(error.code == Code::conflict);
  CHECK(files_in(disk.folder.path()) == before);
}

TEST_CASE("a second writer is refused while the first one writes", "[events]") {
  Disk disk;
  auto writer = disk.made(2);

  CHECK(refused(Log::open(disk.options)).code == Code::conflict);
  CHECK(refused(Log::create(disk.options)).code == Code::conflict);
  auto reader = Log::open_reader(disk.options);
  REQUIRE(reader);
  CHECK((*reader)->head() == 2);

  writer.reset();
  CHECK(Log::open(disk.options));
}

TEST_CASE("a reader changes nothing on the disk", "[events]") {
  Disk disk;
  auto writer = disk.made(300);
  auto before = files_in(disk.folder.path());

  {
    auto reader = Log::open_reader(disk.options);
    REQUIRE(reader);
    CHECK(all_records(**reader) == all_records(*writer));
    CHECK((*reader)->catch_up());
  }

  CHECK(files_in(disk.folder.path()) == before);
}

TEST_CASE("a log of a newer format is refused", "[events]") {
  Disk disk;
  auto log = disk.made(3);
  std::string newer = record_of_format(*log, 2);
  log.reset();
  // The whole log is of that format, or only what a newer program added to it.
  put_raw(disk, GENERATE(1u, 4u), newer);

  Error error = refused(Log::open(disk.options));

  CHECK(error.code == Code::corrupt);
  CHECK(mentions(error, "2"));
  CHECK(error.words.en.find("newer program") != std::string::npos);
  CHECK(refused(Log::open_reader(disk.options)).code == Code::corrupt);
}

TEST_CASE("a record whose length is wrong is damaged, and not read in part", "[events]") {
  Disk disk;
  auto log = disk.made(2);
  std::string longer = all_records(*log)[1] + "\x01";
  log.reset();
  const bool empty = GENERATE(false, true);
  put_raw(disk, 2, empty ? std::string() : longer);

  Error error = refused(Log::open_reader(disk.options));

  CHECK(error.code == Code::corrupt);
  CHECK(mentions(error, "2"));
}

TEST_CASE("a log with a position missing near its end is refused", "[events]") {
  Disk disk;
  auto log = disk.made(3);
  std::string record = all_records(*log)[2];
  log.reset();
  put_raw(disk, 9, record);

  CHECK(refused(Log::open(disk.options)).code == Code::corrupt);
}

TEST_CASE("a log behind its kept head is refused by positions and left as it is", "[events]") {
  Disk disk;
  auto log = disk.made(5);
  log.reset();
  copy_folder(disk.options.folder, disk.folder.path() / "old");
  log = *Log::open(disk.options);
  log->append(next_batch(*log, 4));
  disk.options.kept = head_of(*log);
  log.reset();
  copy_folder(disk.folder.path() / "old", disk.options.folder);
  auto before = files_in(disk.folder.path());

  Error error = refused(Log::open(disk.options));

  CHECK(error.code == Code::corrupt);
  CHECK(mentions(error, "6–9"));
  CHECK(files_in(disk.folder.path()) == before);
  CHECK(mentions(refused(Log::open_reader(disk.options)), "6–9"));
  CHECK(files_in(disk.folder.path()) == before);

  disk.options.accept_restored = true;
  auto accepted = Log::open(disk.options);
  REQUIRE(accepted);
  CHECK((*accepted)->head() == 5);
  (*accepted)->append(next_batch(**accepted, 1));
  CHECK((*accepted)->head() == 6);
}

TEST_CASE("a log whose write-ahead log was deleted is refused", "[events]") {
  Disk disk;
  auto log = disk.made(5);
  disk.options.kept = head_of(*log);
  log.reset();
  for (const auto& one : std::filesystem::directory_iterator(disk.log_folder())) {
    if (one.path().extension() == ".log") std::filesystem::remove(one.path());
  }
  auto before = files_in(disk.folder.path());

  CHECK(refused(Log::open(disk.options)).code == Code::corrupt);
  CHECK(files_in(disk.folder.path()) == before);
}

TEST_CASE("a log with another history than the kept one is refused and left as it is", "[events]") {
  Disk disk;
  auto log = disk.made(5);
  auto kept = head_of(*log);
  log.reset();
  std::filesystem::remove_all(disk.options.folder);
  log = disk.made(0);
  log->append(next_batch(*log, 9, "B-2"));
  log.reset();
  disk.options.kept = kept;
  auto before = files_in(disk.folder.path());

  Error error = refused(Log::open(disk.options));

  CHECK(error.code == Code::corrupt);
  CHECK(error.words.en.find("rewritten") != std::string::npos);
  CHECK(files_in(disk.folder.path()) == before);
  CHECK(refused(Log::open_reader(disk.options)).code == Code::corrupt);

  disk.options.accept_restored = true;
  CHECK(Log::open(disk.options));
}

TEST_CASE("a log ahead of its kept head opens", "[events]") {
  Disk disk;
  auto log = disk.made(5);
  disk.options.kept = head_of(*log);
  log->append(next_batch(*log, 3));
  log.reset();

  CHECK((*Log::open(disk.options))->head() == 8);
}

TEST_CASE("an init that was cut off before the first event can be made again", "[events]") {
  Disk disk;
  disk.made(0).reset();

  auto again = Log::create(disk.options);

  REQUIRE(again);
  (*again)->append(next_batch(**again, 1));
  CHECK((*again)->head() == 1);
}

// Run by the test below, in a process of its own that is nobody's.
TEST_CASE("opens as nobody", "[.as-nobody]") {
  REQUIRE(::setgid(65534) == 0);
  REQUIRE(::setuid(65534) == 0);
  LogOptions options;
  options.folder = std::getenv("PROBITY_TEST_FOLDER");
  auto write = Log::open(options);
  auto read = Log::open_reader(options);
  std::string answer = write                                   ? "open"
                       : write.error().code == Code::forbidden ? "forbidden"
                                                               : "other";
  answer += read ? " open" : read.error().code == Code::forbidden ? " forbidden" : " other";
  WARN("answer: " << answer << (write ? "" : write.error().words.en));
}

TEST_CASE("without permission a log is forbidden, and not thought absent or taken", "[events]") {
  if (::getuid() != 0) return;  // Only root can become somebody else.
  Disk disk;
  disk.made(2).reset();
  std::filesystem::permissions(disk.folder.path(), std::filesystem::perms(0755));
  ::setenv("PROBITY_TEST_FOLDER", disk.options.folder.c_str(), 1);
  auto answer = [] {
    auto ending = tests::run({{"/proc/self/exe", "[.as-nobody]"}});
    auto at = ending.out.find("answer: ");
    return at == std::string::npos ? ending.out + ending.err : ending.out.substr(at + 8, 19);
  };

  SECTION("readable by all, it can be read and not written") {
    CHECK(answer().starts_with("forbidden open"));
  }
  SECTION("with a closed folder it can be neither") {
    std::filesystem::permissions(disk.log_folder(), std::filesystem::perms(0700));
    CHECK(answer().starts_with("forbidden forbidden"));
  }
  SECTION("with closed files it can be neither") {
    for (const auto& one : std::filesystem::directory_iterator(disk.log_folder())) {
      std::filesystem::permissions(one.path(), std::filesystem::perms(0600));
    }
    CHECK(answer().starts_with("forbidden forbidden"));
  }
}
