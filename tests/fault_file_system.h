// A disk for RocksDB that loses, tears, refuses and flips what it is told to, over the memory file
// system or a real folder. Same seed and same calls, same faults. Any thread; handles must not
// outlive it.
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <rocksdb/system_clock.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace tests {

enum class Operation {
  append,
  sync,         // of a file's bytes
  folder_sync,  // of the names in a folder
  name_change,  // create, rename, delete
  any,          // each of these: the disk dies at the nth
};

struct Failure {
  Operation operation = Operation::any;
  std::uint64_t nth = 1;  // counted from the moment it is asked for; the next one is 1
  bool once = false;      // otherwise all later ones fail too
  std::string ending{};   // only files whose path ends so, e.g. ".log" for the write-ahead log
};

// What succeeded. RocksDB's own LOG goes past this disk and is neither counted nor failed.
struct Counts {
  std::uint64_t appends = 0;
  std::uint64_t bytes = 0;
  std::uint64_t syncs = 0;
  std::uint64_t folder_syncs = 0;

  bool operator==(const Counts&) const = default;
};

// What a power cut leaves of the bytes that were not synced: none of them, or the first so many of
// each file, by the seed.
enum class Unsynced { lost, torn };

std::shared_ptr<rocksdb::FileSystem> memory_files();
std::shared_ptr<rocksdb::FileSystem> real_files();

// A power cut keeps
//   bytes:   what was synced, and of the rest what Unsynced says;
//   names:   all changes before the last sync of their folder, and of the later ones the first so
//            many, by the seed, in the order in which they were made, as a journal does;
//   folders: all of them.
// A sync after a failed one reports success and saves nothing of that file, as on Linux.
// Overwriting in place, truncation by name, hard links and direct writes are refused: not modelled.
class FaultFileSystem : public rocksdb::FileSystemWrapper {
 public:
  FaultFileSystem(const std::shared_ptr<rocksdb::FileSystem>& base, std::uint64_t seed);

  // After the cut every change is refused until restore_power; handles from before it stay dead.
  // Close the database between the two.
  void cut_power(Unsynced unsynced);
  void restore_power();

  void fail(Failure failure);
  void limit_space(std::uint64_t bytes);  // What fits is still written; the rest gets NoSpace.
  void heal();                            // No more failures, no limit of space.

  // Bit 0 is the lowest one of the first byte. False if the file has no such bit.
  bool flip_bit(const std::string& path, std::uint64_t bit);

  Counts counts() const;

  const char* Name() const override { return "FaultFileSystem"; }

  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* result,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReuseWritableFile(const std::string& path, const std::string& old_path,
                                      const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* result,
                                      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& path, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteDir(const std::string& path, const rocksdb::IOOptions& options,
                              rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus GetFreeSpace(const std::string& path, const rocksdb::IOOptions& options,
                                 std::uint64_t* free, rocksdb::IODebugContext* debug) override;

  rocksdb::IOStatus NewRandomRWFile(const std::string&, const rocksdb::FileOptions&,
                                    std::unique_ptr<rocksdb::FSRandomRWFile>*,
                                    rocksdb::IODebugContext*) override {
    return rocksdb::IOStatus::NotSupported("overwriting in place");
  }
  rocksdb::IOStatus Truncate(const std::string&, std::size_t, const rocksdb::IOOptions&,
                             rocksdb::IODebugContext*) override {
    return rocksdb::IOStatus::NotSupported("truncation by name");
  }
  rocksdb::IOStatus LinkFile(const std::string&, const std::string&, const rocksdb::IOOptions&,
                             rocksdb::IODebugContext*) override {
    return rocksdb::IOStatus::NotSupported("hard links");
  }

 private:
  class OpenFile;
  class OpenFolder;

  // The bytes of one file: the first `synced` of the first `written` are safe.
  struct File {
    std::uint64_t written = 0;
    std::uint64_t synced = 0;
    bool sync_failed = false;
  };

  // One change of names that no sync of a folder has made safe yet, with what it takes to undo it.
  struct NameChange {
    std::string from;  // of a rename, otherwise empty
    std::string to;
    std::optional<std::string> before;  // the safe bytes of the file that had the name `to`
  };

  rocksdb::IOStatus admit(Operation operation, const std::string& path);
  rocksdb::IOStatus admit(Operation operation, const std::string& path, std::uint64_t epoch);
  std::optional<std::string> safe_bytes(const std::string& path);
  void write_anew(const std::string& path, const std::string& bytes);
  void undo(const NameChange& change);
  void forget_changes_in(const std::string& folder);
  std::uint64_t up_to(std::uint64_t most) { return random_() % (most + 1); }

  mutable std::mutex mutex_;  // guards all below, and is held while a change is made
  std::mt19937_64 random_;
  bool powered_ = true;
  std::uint64_t epoch_ = 0;  // one more after each power cut
  std::uint64_t space_left_ = std::numeric_limits<std::uint64_t>::max();
  Counts counts_;
  std::vector<Failure> failures_;
  // In the order of their paths, so that the seed decides and not the order of opening. A file that
  // is not here is safe as it stands.
  std::map<std::string, std::shared_ptr<File>> files_;
  std::vector<NameChange> name_changes_;  // in the order in which they were made
};

// For rocksdb::Options::env. After each error in the background RocksDB sleeps for a second; here
// it only takes a breath.
class FaultEnv : public rocksdb::EnvWrapper {
 public:
  explicit FaultEnv(const std::shared_ptr<FaultFileSystem>& disk)
      : EnvWrapper(rocksdb::NewCompositeEnv(disk)) {
    system_clock_ = std::make_shared<Clock>(system_clock_);
  }

 private:
  class Clock : public rocksdb::SystemClockWrapper {
   public:
    using SystemClockWrapper::SystemClockWrapper;
    const char* Name() const override { return "FaultEnv::Clock"; }
    void SleepForMicroseconds(int micros) override {
      SystemClockWrapper::SleepForMicroseconds(std::min(micros, 100));
    }
  };
};

}  // namespace tests
