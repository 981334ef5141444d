#include <catch2/catch.hpp>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/fault_file_system.h"
#include "tests/folder.h"

namespace tests {
namespace {

// A disk without a database, and what it does in one line each.
struct Disk {
  explicit Disk(std::uint64_t seed, std::shared_ptr<rocksdb::FileSystem> base = memory_files())
      : files(base, seed) {}

  std::unique_ptr<rocksdb::FSWritableFile> create(const std::string& path) {
    std::unique_ptr<rocksdb::FSWritableFile> file;
    REQUIRE(files.NewWritableFile(path, {}, &file, nullptr).ok());
    return file;
  }
  void sync_folder(const std::string& path) {
    std::unique_ptr<rocksdb::FSDirectory> folder;
    REQUIRE(files.NewDirectory(path, {}, &folder, nullptr).ok());
    REQUIRE(folder->Fsync({}, nullptr).ok());
  }
  void rename(const std::string& from, const std::string& to) {
    REQUIRE(files.RenameFile(from, to, {}, nullptr).ok());
  }
  void cut_power(Unsynced unsynced) {
    files.cut_power(unsynced);
    files.restore_power();
  }
  std::string read(const std::string& path) {
    std::string bytes;
    return rocksdb::ReadFileToString(&files, path, &bytes).ok() ? bytes : "none";
  }

  FaultFileSystem files;
};

bool append(rocksdb::FSWritableFile& file, const std::string& bytes) {
  return file.Append(bytes, {}, nullptr).ok();
}
bool sync(rocksdb::FSWritableFile& file) { return file.Sync({}, nullptr).ok(); }

TEST_CASE("a cut takes a file back to its last sync, or to any length after it", "[tests]") {
  const Folder folder;
  for (const bool on_real_folder : {false, true}) {
    const std::string path = on_real_folder ? folder.file("file") : "/file";
    std::set<std::string> torn;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      Disk disk(seed, on_real_folder ? real_files() : memory_files());
      auto file = disk.create(path);
      disk.sync_folder(std::filesystem::path(path).parent_path());
      file->SetPreallocationBlockSize(
          4096);  // So that closing trims the file to the length it knows.
      file->PrepareWrite(0, 8, {}, nullptr);
      CHECK(append(*file, "safe"));
      CHECK(sync(*file));
      CHECK(append(*file, "12"));
      CHECK(append(*file, "34"));
      CHECK(disk.read(path) == "safe1234");

      disk.cut_power(seed % 2 == 0 ? Unsynced::lost : Unsynced::torn);
      CHECK_FALSE(append(*file, "late"));
      CHECK_FALSE(sync(*file));
      file.reset();

      if (seed % 2 == 0) CHECK(disk.read(path) == "safe");
      if (seed % 2 == 1) torn.insert(disk.read(path));
    }
    CHECK(torn == std::set<std::string>{"safe", "safe1", "safe12", "safe123", "safe1234"});
  }
}

TEST_CASE("names that were not synced survive in their order, or not, by the seed", "[tests]") {
  std::set<std::vector<std::string>> outcomes;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Disk disk(seed);
    const auto write = [&](const std::string& path, const std::string& bytes) {
      auto file = disk.create(path);
      CHECK((append(*file, bytes) && sync(*file)));
    };
    write("/d/head", "old");
    write("/d/done", "done");
    disk.sync_folder("/d");
    write("/d/head.new", "new");
    disk.rename("/d/head.new", "/d/head");
    CHECK(disk.files.DeleteFile("/d/done", {}, nullptr).ok());

    disk.cut_power(Unsynced::lost);

    outcomes.insert({disk.read("/d/head.new"), disk.read("/d/head"), disk.read("/d/done")});
  }
  CHECK(outcomes == std::set<std::vector<std::string>>{{"none", "old", "done"},
                                                       {"new", "old", "done"},
                                                       {"none", "new", "done"},
                                                       {"none", "new", "none"}});
}

TEST_CASE("a renamed file still loses the bytes that were not synced", "[tests]") {
  Disk disk(1);
  auto file = disk.create("/d/old");
  CHECK((append(*file, "a") && sync(*file) && append(*file, "b")));
  disk.rename("/d/old", "/d/new");
  disk.sync_folder("/d");

  disk.cut_power(Unsynced::lost);

  CHECK(disk.read("/d/old") == "none");
  CHECK(disk.read("/d/new") == "a");
}

TEST_CASE("a sync after a failed one reports success and saves nothing", "[tests]") {
  Disk disk(1);
  auto file = disk.create("/file");
  disk.sync_folder("/");
  disk.files.fail({.operation = Operation::sync, .nth = 2, .once = true});
  CHECK((append(*file, "a") && sync(*file) && append(*file, "b")));
  CHECK_FALSE(sync(*file));
  CHECK((append(*file, "c") && sync(*file)));
  CHECK(disk.files.counts() == Counts{.appends = 3, .bytes = 3, .syncs = 2, .folder_syncs = 1});

  disk.cut_power(Unsynced::lost);

  CHECK(disk.read("/file") == "a");
}

TEST_CASE("the nth operation fails, and all later ones unless it is only once", "[tests]") {
  Disk disk(1);
  auto log = disk.create("/1.log");
  auto table = disk.create("/2.sst");
  disk.files.fail({.operation = Operation::append, .nth = 2, .once = true, .ending = ".sst"});
  CHECK((append(*log, "a") && append(*table, "b") && append(*log, "c")));
  CHECK_FALSE(append(*table, "d"));
  CHECK(append(*table, "e"));

  disk.files.fail({.nth = 3});
  CHECK((append(*log, "f") && sync(*log)));
  CHECK_FALSE(append(*log, "g"));
  CHECK_FALSE(sync(*table));
  CHECK_FALSE(disk.files.RenameFile("/1.log", "/3.log", {}, nullptr).ok());

  disk.files.heal();
  disk.files.limit_space(2);
  CHECK(log->Append("hij", {}, nullptr).IsNoSpace());
  CHECK(disk.read("/1.log") == "acfhi");
  CHECK(disk.read("/2.sst") == "be");
}

}  // namespace
}  // namespace tests
