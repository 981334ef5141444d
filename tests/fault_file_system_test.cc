#include "tests/fault_file_system.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/table.h>

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/folder.h"

// With a database on the disk; without one in fault_file_system_bare_test.cc.
namespace tests {
namespace {

using rocksdb::Status;

// One disk and the database on it, if it is open.
struct Store {
  explicit Store(std::uint64_t seed, std::shared_ptr<rocksdb::FileSystem> base = memory_files(),
                 std::string at = "/store")
      : disk(std::make_shared<FaultFileSystem>(base, seed)),
        env(std::make_unique<FaultEnv>(disk)),
        path(std::move(at)) {
    CHECK(env->CreateDirIfMissing(path).ok());
  }

  Status open() {
    rocksdb::Options options;
    options.env = env.get();
    options.create_if_missing = true;
    options.compression = rocksdb::kNoCompression;
    options.write_buffer_size = 16 << 10;  // Small, so that files come and go in the background.
    options.level0_file_num_compaction_trigger = 2;
    options.max_file_opening_threads = 1;
    rocksdb::DB* opened = nullptr;
    const Status status = rocksdb::DB::Open(options, path, &opened);
    database.reset(opened);
    return status;
  }

  void cut_power(Unsynced unsynced) {
    disk->cut_power(unsynced);
    database.reset();
    disk->heal();
    disk->restore_power();
  }

  Status put(const std::string& key, const std::string& value, bool synced) {
    rocksdb::WriteOptions options;
    options.sync = synced;
    return database->Put(options, key, value);
  }

  std::string get(const std::string& key) {
    std::string value;
    const Status status = database->Get({}, key, &value);
    return status.ok() ? value : status.IsNotFound() ? "none" : status.ToString();
  }

  // The only file of this kind, or the first.
  std::string file(std::string_view ending) {
    std::vector<std::string> names;
    CHECK(env->GetChildren(path, &names).ok());
    for (const std::string& name : names) {
      if (name.ends_with(ending)) return path + "/" + name;
    }
    FAIL("no file ends with " << ending);
    return {};
  }

  std::shared_ptr<FaultFileSystem> disk;
  std::unique_ptr<FaultEnv> env;
  std::string path;
  std::unique_ptr<rocksdb::DB> database;
};

std::string key_of(std::size_t number) { return "key " + std::to_string(100'000 + number); }
std::string value_of(std::size_t number) {
  return std::string(number * 37 % 400, static_cast<char>('a' + number % 26)) +
         std::to_string(number);
}

// Writes until the disk fails or enough is written. How many puts were acknowledged as synced?
std::size_t write_some(Store& store, std::mt19937_64& random, std::size_t from, std::size_t to) {
  std::size_t acknowledged = from;
  for (std::size_t number = from; number < to; ++number) {
    const bool synced = random() % 4 == 0;
    if (!store.put(key_of(number), value_of(number), synced).ok()) break;
    if (synced) acknowledged = number + 1;
  }
  return acknowledged;
}

// What is there is 0, 1, 2 … without a gap; how far does it go?
std::size_t unbroken(Store& store) {
  std::size_t count = 0;
  std::unique_ptr<rocksdb::Iterator> row(store.database->NewIterator({}));
  for (row->SeekToFirst(); row->Valid(); row->Next(), ++count) {
    if (row->key() != key_of(count) || row->value() != value_of(count)) {
      FAIL("a gap at " << count << ": " << row->key().ToString());
    }
  }
  CHECK(row->status().ok());
  return count;
}

// Three lives of one store, each ended by a cut: in the first opening, while writing, while idle.
void live_and_die(Store& store, std::uint64_t seed) {
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  const auto unsynced = [&] { return random() % 2 == 0 ? Unsynced::torn : Unsynced::lost; };
  if (random() % 4 == 0) {
    store.disk->fail({.operation = Operation::any, .nth = 1 + random() % 40});
    (void)store.open();
    store.cut_power(unsynced());
  }

  std::size_t written = 0;
  for (int life = 0; life < 3; ++life) {
    const Status opened = store.open();
    INFO("life " << life << ": " << opened.ToString());
    REQUIRE(opened.ok());
    const std::size_t found = unbroken(store);
    REQUIRE(found >= written);
    if (life < 2) store.disk->fail({.operation = Operation::any, .nth = 1 + random() % 400});
    written = write_some(store, random, found, found + random() % 300);
    store.cut_power(unsynced());
  }
  REQUIRE(store.open().ok());
  REQUIRE(unbroken(store) >= written);
}

TEST_CASE("synced puts survive power cuts at any moment, and what survives has no gap", "[tests]") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Store store(seed);
    live_and_die(store, seed);
  }
}

TEST_CASE("synced puts survive power cuts in a real folder", "[tests]") {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const Folder folder;
    Store store(seed, real_files(), folder.file("store"));
    live_and_die(store, seed);
  }
}

TEST_CASE("exactly the puts after the last sync are lost", "[tests]") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Store store(seed);
    REQUIRE(store.open().ok());
    REQUIRE(store.put("a", "1", false).ok());
    REQUIRE(store.put("b", "2", true).ok());
    REQUIRE(store.put("c", "3", false).ok());
    CHECK(store.get("c") == "3");

    store.cut_power(Unsynced::lost);

    REQUIRE(store.open().ok());
    CHECK(store.get("a") == "1");
    CHECK(store.get("b") == "2");
    CHECK(store.get("c") == "none");
  }
}

TEST_CASE("a failed sync refuses its write and all later ones", "[tests]") {
  Store store(1);
  REQUIRE(store.open().ok());
  REQUIRE(store.put("a", "1", true).ok());
  store.disk->fail({.operation = Operation::sync, .nth = 2, .once = true, .ending = ".log"});

  CHECK(store.put("b", "2", true).ok());
  CHECK(store.put("c", "3", true).IsIOError());
  CHECK_FALSE(store.put("d", "4", false).ok());
  CHECK_FALSE(store.put("e", "5", true).ok());

  store.cut_power(Unsynced::lost);
  REQUIRE(store.open().ok());
  CHECK(store.get("a") == "1");
  CHECK(store.get("b") == "2");
  CHECK(store.get("c") == "none");
  CHECK(store.get("d") == "none");
}

TEST_CASE("a full disk is an error and loses nothing that was acknowledged", "[tests]") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Store store(seed);
    std::mt19937_64 random(seed);
    REQUIRE(store.open().ok());
    store.disk->limit_space(random() % 30'000);
    Status status;
    std::size_t acknowledged = 0;
    while ((status = store.put(key_of(acknowledged), value_of(acknowledged), true)).ok()) {
      ++acknowledged;
    }
    CHECK(status.IsNoSpace());

    if (seed % 2 == 0) {
      store.cut_power(seed % 4 == 0 ? Unsynced::torn : Unsynced::lost);
    } else {
      store.database
          .reset();  // Only the program ended: also the part of a record stays that fitted.
      store.disk->heal();
    }

    REQUIRE(store.open().ok());
    CHECK(unbroken(store) >= acknowledged);
    CHECK(store.put("later", "1", true).ok());
  }
}

TEST_CASE("a flipped bit in a table is found by whoever reads it", "[tests]") {
  for (const bool on_real_folder : {false, true}) {
    const Folder folder;
    Store store(1, on_real_folder ? real_files() : memory_files(), folder.file("store"));
    REQUIRE(store.open().ok());
    REQUIRE(store.put("a", std::string(1000, 'x'), true).ok());
    REQUIRE(store.database->Flush({}).ok());
    store.database.reset();
    const std::string table = store.file(".sst");

    REQUIRE(store.disk->flip_bit(table, 500 * 8 + 3));
    REQUIRE(store.open().ok());
    CHECK(store.get("a").starts_with("Corruption: block checksum mismatch"));
    store.database.reset();

    REQUIRE(store.disk->flip_bit(table, 500 * 8 + 3));
    REQUIRE(store.open().ok());
    CHECK(store.get("a") == std::string(1000, 'x'));
    CHECK_FALSE(store.disk->flip_bit(table, 1'000'000));
    CHECK_FALSE(store.disk->flip_bit(store.path + "/nothing", 0));
  }
}

TEST_CASE("one synced put is one append and one sync, and its bytes are the file's", "[tests]") {
  Store store(1);
  REQUIRE(store.open().ok());
  REQUIRE(store.put("a", "1", true).ok());  // The first one syncs the folder too.
  const std::string log = store.file(".log");
  std::uint64_t size_before = 0;
  REQUIRE(store.env->GetFileSize(log, &size_before).ok());
  const Counts before = store.disk->counts();

  for (int number = 0; number < 10; ++number) REQUIRE(store.put("b", "2", true).ok());
  REQUIRE(store.put("c", "3", false).ok());

  std::uint64_t size = 0;
  REQUIRE(store.env->GetFileSize(log, &size).ok());
  const Counts after = store.disk->counts();
  CHECK(after.appends - before.appends == 11);
  CHECK(after.syncs - before.syncs == 10);
  CHECK(after.folder_syncs - before.folder_syncs == 0);
  CHECK(after.bytes - before.bytes == size - size_before);
}

TEST_CASE("the same seed gives the same bytes after a cut", "[tests]") {
  const auto survivors = [](std::uint64_t seed) {
    Store store(seed);
    REQUIRE(store.open().ok());
    for (std::size_t number = 0; number < 50; ++number) {
      REQUIRE(store.put(key_of(number), value_of(number), number == 20).ok());
    }
    store.cut_power(Unsynced::torn);
    REQUIRE(store.open().ok());
    return unbroken(store);
  };

  std::set<std::size_t> different;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::size_t count = survivors(seed);
    CHECK(count == survivors(seed));
    CHECK(count >= 21);
    different.insert(count);
  }
  CHECK(different.size() > 5);
}

TEST_CASE("puts from several threads survive if they were acknowledged", "[tests]") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Store store(seed);
    REQUIRE(store.open().ok());
    store.disk->fail({.operation = Operation::any, .nth = 50 + seed * 17});
    std::vector<std::size_t> acknowledged(4);
    {
      std::vector<std::jthread> writers;
      for (std::size_t writer = 0; writer < acknowledged.size(); ++writer) {
        writers.emplace_back([&store, &count = acknowledged[writer], writer] {
          while (count < 500 &&
                 store.put(key_of(writer * 1000 + count), value_of(count), true).ok()) {
            ++count;
          }
        });
      }
    }

    store.cut_power(Unsynced::torn);

    REQUIRE(store.open().ok());
    for (std::size_t writer = 0; writer < acknowledged.size(); ++writer) {
      for (std::size_t number = 0; number < acknowledged[writer]; ++number) {
        REQUIRE(store.get(key_of(writer * 1000 + number)) == value_of(number));
      }
    }
  }
}

}  // namespace
}  // namespace tests
