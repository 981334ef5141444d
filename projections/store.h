// The rows of all views, in a RocksDB of their own that may be deleted at any time. One process
// writes and every other one reads beside it. Reading is for any thread; writing is the follower's.
#pragma once

#include <boost/json/memory_resource.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/error.h"
#include "events/keys.h"
#include "events/sha256.h"
#include "projections/projection.h"

namespace rocksdb {
class Env;
}

namespace projections {

class Rows;
struct Disk;

struct StoreOptions {
  std::filesystem::path folder;
  // Null is the real disk. Tests put a memory or a failing one here.
  rocksdb::Env* env = nullptr;
  std::size_t cache_bytes = std::size_t{32} << 20;
};

struct Row {
  std::vector<std::string> key;
  boost::json::object row;
  events::Position position = 0;  // Of the event that wrote it.
};

// Which rows: those whose key begins with these parts, as they were right after the event at `at`.
struct Scan {
  std::vector<std::string> prefix{};
  std::optional<events::Position> at{};  // Absent: as far as the view has come.
  std::size_t limit = 1000;
  std::vector<std::string> after{};  // The key of the last row of the page before.
  // Where the rows are made, which it then has to outlive; null: each in a piece of its own.
  boost::json::memory_resource* memory = nullptr;
};

struct Page {
  std::vector<Row> rows;
  events::Position at = 0;
  bool more = false;  // There are rows after these: scan again with `after`, at the same position.
};

// How far a view has come, and the root of the log's tree there: the history that its rows are made
// of.
struct Reached {
  events::Position position = 0;
  events::Hash root{};
};

class Store {
 public:
  // For writing if no other process does, else for reading beside it. A store for writing that is
  // damaged is emptied: its rows are built again from the log.
  static events::Result<std::unique_ptr<Store>> open(const StoreOptions& options);
  explicit Store(std::unique_ptr<Disk> disk);  // Only open can have a Disk.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  bool writes() const;

  // overloaded where the view has not yet come to the position that is asked for.
  events::Result<Page> scan(const View& view, const Scan& scan) const;
  events::Result<std::optional<Row>> get(const View& view, std::span<const std::string> key,
                                         std::optional<events::Position> at = std::nullopt) const;

  events::Result<Reached> reached(const View& view) const;
  // Waits until the follower, in this process or another, has brought the view so far; overloaded
  // when that takes too long.
  events::Result<> wait_for(const View& view, events::Position position,
                            std::chrono::milliseconds patience);
  // Sees what the process that writes has made visible since. Nothing to do for the writing store.
  events::Result<> refresh();

  // For the follower. The changes and how far they reach become durable together or not at all.
  events::Result<> commit(std::span<const Rows* const> changed, const Reached& reached);
  events::Result<> flush();  // Makes everything durable, and visible to other processes.
  events::Result<> drop_all_but(std::span<const View> views);
  events::Result<> empty();

  // For Rows: the newest row under an encoded key, and a fact. A damaged store stops the process.
  std::optional<boost::json::object> newest(const View& view, KeyTexts key,
                                            const std::string& prefix) const;
  std::optional<boost::json::object> fact(const std::string& key) const;

 private:
  events::Result<events::Position> resolve(const View& view,
                                           std::optional<events::Position> at) const;

  std::unique_ptr<Disk> disk_;
  std::mutex mutex_;  // For the wait.
  std::condition_variable grown_;
};

}  // namespace projections
