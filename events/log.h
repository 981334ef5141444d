// The append-only log: five verbs. Behind them is RocksDB, and nothing outside this folder's log
// files may know it. One thread appends; every other verb is for any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "events/batch.h"
#include "events/checkpoint.h"
#include "events/error.h"
#include "events/tree.h"

namespace rocksdb {
class Env;
}

namespace events {

struct Store;

// Walks records in the order of the log, up to the head at the time it was made. One thread at a
// time; what recorded() gives is valid until the next next().
class Cursor {
 public:
  Cursor(Cursor&&) noexcept;
  Cursor& operator=(Cursor&&) noexcept;
  ~Cursor();

  // False at the end. Where the disk cannot be read the process ends: nobody may take a part for
  // the whole.
  bool next();
  // The same for those who look at a log that may be damaged, and can say so.
  Result<bool> try_next();
  const Recorded& recorded() const { return recorded_; }
  Bytes bytes() const;

 private:
  friend class Log;
  struct Walk;
  explicit Cursor(std::unique_ptr<Walk> walk);

  std::unique_ptr<Walk> walk_;
  Recorded recorded_;
};

// A log that is behind this had more in it once: it is refused, or somebody answers for it.
struct KeptHead {
  std::uint64_t size = 0;
  Hash root{};
};

struct LogOptions {
  std::filesystem::path folder;
  // Null is the real disk. Tests put a memory or a failing one here.
  rocksdb::Env* env = nullptr;
  std::optional<KeptHead> kept;
  // The explicit acceptance of a log that stands behind its kept head.
  bool accept_restored = false;
  std::size_t cache_bytes = std::size_t{128} << 20;
  // Called when an append or its sync failed: the outcome is unknown, so nothing may go on. Does
  // not return.
  std::function<void(const std::string&)> die;
};

class Log {
 public:
  // Makes the folder; refuses one that holds a log with an event.
  static Result<std::unique_ptr<Log>> create(const LogOptions& options);
  // For the one writer. Nothing is written before the log is known to reach the kept head.
  static Result<std::unique_ptr<Log>> open(const LogOptions& options);
  // Beside a writer in another process, or without one. Never writes; append is not for it.
  static Result<std::unique_ptr<Log>> open_reader(const LogOptions& options);
  explicit Log(std::unique_ptr<Store> store);  // Only the three above can have a Store.
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  Position append(const Batch& batch);  // Writer thread only; on disk when it returns.
  Position head() const { return head_.load(std::memory_order_acquire); }
  Cursor read(Position after) const;
  Cursor read_subject(std::string_view subject, Position after) const;
  Position wait(Position after, std::stop_token stop) const;  // The head, once it is past `after`.

  // Events that name the subject without belonging to it.
  Cursor read_mentions(std::string_view subject, Position after) const;
  // A reader sees what another process appended since; a writer's own head is always current.
  Result<Position> catch_up();

  const std::string& origin() const { return origin_; }  // Empty while the log is; then fixed.
  Moment last() const;                                   // Of the newest event.
  // The last position recorded at or before the moment; 0 if none was.
  Position position_at(Moment moment) const;

  // The Merkle tree over the records up to the head.
  TreeReader tree() const;
  Result<Hash> root(std::uint64_t size) const;

 private:
  static Result<std::unique_ptr<Log>> open_as(const LogOptions& options, int access);
  Cursor read_up_to(Position after, Position head) const;
  Cursor read_index(std::string_view subject, bool folded, Position after) const;
  Result<> load();
  Result<> check_kept(const LogOptions& options) const;
  static Result<> check_unused(const LogOptions& options);
  friend class LogCheck;

  std::unique_ptr<Store> store_;
  std::function<void(const std::string&)> die_;
  std::string origin_;
  std::atomic<Position> head_{0};
  mutable std::mutex mutex_;  // Guards last_ and edge_, and the wait.
  mutable std::condition_variable_any grown_;
  Moment last_{};
  Tree tree_;  // Writer thread only.
  std::shared_ptr<const Edge> edge_;
};

}  // namespace events
