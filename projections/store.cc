#include "projections/store.h"

#include <cstring>
#include <set>
#include <thread>

#include "events/assert.h"
#include "projections/disk.h"
#include "projections/row_key.h"
#include "projections/row_value.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::Code;
using events::Position;
using events::Result;

constexpr std::size_t scan_rows_max = 100'000;
constexpr int steps_max = 16;
constexpr auto refresh_every = std::chrono::milliseconds(20);

std::string_view view_of(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// What is lost by losing rows without a write-ahead log, following the log again brings back.
rocksdb::WriteOptions write_options() {
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  return options;
}

rocksdb::ReadOptions scan_options(const rocksdb::Slice& end) {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  options.iterate_upper_bound = &end;
  return options;
}

Result<std::string> prefix_of(const View& view, std::span<const std::string> parts) {
  std::string prefix = row_prefix(view.name, view.version);
  for (const std::string& part : parts) {
    if (part.size() > part_bytes_max) {
      return events::fail(Code::invalid, "查询的编号过长",
                          "what is asked for is too long to be an id");
    }
    append_part(prefix, part);
  }
  return prefix;
}

events::Error not_yet(const View& view, Position reached, Position wanted) {
  std::string name(view.name);
  return {Code::overloaded,
          {"视图“" + std::string(view.title.zh) + "”只更新到位置 " + std::to_string(reached) +
               "，尚未到 " + std::to_string(wanted) + "；请稍后重试",
           "the view " + name + " has come to position " + std::to_string(reached) +
               " and not yet to " + std::to_string(wanted) + ": try again in a moment"},
          {},
          {}};
}

// Steps from the newest version of one row to that of the next, as of a position.
class Walk {
 public:
  Walk(rocksdb::Iterator& iterator, const View& view, Position at, json::memory_resource* memory)
      : iterator_(iterator), view_(view), at_(at), memory_(memory) {}

  // The row that stood under the iterator's key, if one did. Afterwards the iterator is past that
  // key.
  Result<std::optional<Row>> next(std::size_t view_bytes) {
    std::string prefix = without_position(view_of(iterator_.key()));
    if (position_in(view_of(iterator_.key())) > at_) go_to(with_position(prefix, at_));
    std::optional<Row> row;
    if (iterator_.Valid() && is_version_of(view_of(iterator_.key()), prefix)) {
      if (!iterator_.value().empty()) row = TRY(read(view_bytes));
      iterator_.Next();
      if (iterator_.Valid() && is_version_of(view_of(iterator_.key()), prefix)) {
        go_to(after_versions(prefix));
      }
    }
    return row;
  }

  // A row has few versions as a rule, and to seek costs as much as some twenty steps.
  void go_to(const std::string& key) {
    for (int steps = 0; steps < steps_max; ++steps) {
      iterator_.Next();
      if (!iterator_.Valid() || view_of(iterator_.key()) >= key) return;
    }
    iterator_.Seek(key);
  }

  static std::string after_versions(std::string prefix) {
    return with_position(std::move(prefix), 0) + '\0';
  }

 private:
  Result<Row> read(std::size_t view_bytes) const {
    std::string_view key = view_of(iterator_.key());
    auto parts = parts_in(key, view_bytes);
    ASSERT(parts.has_value());
    std::vector<std::string_view> texts(parts->begin(), parts->end());
    auto row = TRY(read_row(view_, texts, position_in(key), view_of(iterator_.value()), memory_));
    return Row{std::move(*parts), std::move(row), position_in(key)};
  }

  rocksdb::Iterator& iterator_;
  const View& view_;
  Position at_;
  json::memory_resource* memory_;
};

}  // namespace

Store::Store(std::unique_ptr<Disk> disk) : disk_(std::move(disk)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options) {
  return std::make_unique<Store>(TRY(open_disk(options)));
}

bool Store::writes() const { return disk_->lock != nullptr; }

Result<Page> Store::scan(const View& view, const Scan& scan) const {
  Page page;
  page.at = TRY(resolve(view, scan.at));
  std::string prefix = TRY(prefix_of(view, scan.prefix));
  std::string end = after_prefix(prefix);
  std::string begin = prefix;
  if (!scan.after.empty()) begin = Walk::after_versions(TRY(prefix_of(view, scan.after)));
  rocksdb::Slice bound = end;
  std::unique_ptr<rocksdb::Iterator> iterator(disk_->db->NewIterator(scan_options(bound)));
  Walk walk(*iterator, view, page.at, scan.memory);
  std::size_t view_bytes = row_prefix(view.name, view.version).size();
  std::size_t limit = std::min(scan.limit, scan_rows_max);
  for (iterator->Seek(std::max(begin, prefix)); iterator->Valid();) {
    auto row = TRY(walk.next(view_bytes));
    if (!row) continue;
    if (page.rows.size() == limit) {
      page.more = true;
      break;
    }
    page.rows.push_back(std::move(*row));
  }
  if (!iterator->status().ok()) return std::unexpected(disk_error(iterator->status()));
  return page;
}

Result<std::optional<Row>> Store::get(const View& view, std::span<const std::string> key,
                                      std::optional<Position> at) const {
  Scan one{.prefix{key.begin(), key.end()}, .at = at, .limit = 1};
  Page page = TRY(scan(view, one));
  if (page.rows.empty() || page.rows[0].key.size() != key.size()) return std::nullopt;
  return std::move(page.rows[0]);
}

Result<Position> Store::resolve(const View& view, std::optional<Position> at) const {
  Position come = TRY(reached(view)).position;
  if (at && *at > come) return std::unexpected(not_yet(view, come, *at));
  return at.value_or(come);
}

Result<Reached> Store::reached(const View& view) const {
  std::string value;
  auto status = disk_->db->Get({}, reached_key(view), &value);
  if (status.IsNotFound()) return Reached{};
  if (!status.ok()) return std::unexpected(disk_error(status));
  Reached reached;
  if (value.size() != sizeof(Position) + reached.root.size()) {
    return std::unexpected(disk_error(rocksdb::Status::Corruption("how far a view has come")));
  }
  reached.position = events::position_of_event_key(std::string_view(value).substr(0, 8));
  std::memcpy(reached.root.data(), value.data() + sizeof(Position), reached.root.size());
  return reached;
}

Result<> Store::wait_for(const View& view, Position position, std::chrono::milliseconds patience) {
  auto give_up = std::chrono::steady_clock::now() + patience;
  std::unique_lock lock(mutex_);
  for (;;) {
    Position come = TRY(reached(view)).position;
    if (come >= position) return {};
    auto now = std::chrono::steady_clock::now();
    if (now >= give_up) return std::unexpected(not_yet(view, come, position));
    if (writes()) {
      grown_.wait_until(lock, give_up);
    } else {
      lock.unlock();
      std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(refresh_every, give_up - now));
      TRY(refresh());
      lock.lock();
    }
  }
}

Result<> Store::refresh() {
  if (writes()) return {};
  auto status = disk_->db->TryCatchUpWithPrimary();
  if (!status.ok()) return std::unexpected(disk_error(status));
  return {};
}

Result<> Store::commit(std::span<const Rows* const> changed, const Reached& reached) {
  ASSERT(writes());
  std::string value = events::event_key(reached.position);
  value.append(reached.root.begin(), reached.root.end());
  rocksdb::WriteBatch& write = disk_->batch;
  write.Clear();
  for (const Rows* rows : changed) {
    for (const auto& [key, row] : rows->changes()) {
      write.Put({key.data(), key.size()}, {row.data(), row.size()});
    }
    write.Put(reached_key(rows->view()), value);
  }
  auto status = disk_->db->Write(write_options(), &write);
  if (!status.ok()) return std::unexpected(disk_error(status));
  // Whoever has looked and found too little waits already, or has not yet looked.
  { std::lock_guard lock(mutex_); }
  grown_.notify_all();
  return {};
}

Result<> Store::flush() {
  ASSERT(writes());
  auto status = disk_->db->Flush({});
  if (!status.ok()) return std::unexpected(disk_error(status));
  return {};
}

Result<> Store::drop_all_but(std::span<const View> views) {
  std::set<std::string> wanted;
  for (const View& view : views) wanted.insert(reached_key(view));
  std::string end = after_prefix(reached_prefix());
  rocksdb::Slice bound = end;
  std::unique_ptr<rocksdb::Iterator> iterator(disk_->db->NewIterator(scan_options(bound)));
  rocksdb::WriteBatch write;
  for (iterator->Seek(reached_prefix()); iterator->Valid(); iterator->Next()) {
    std::string key = iterator->key().ToString();
    auto view = view_of_reached_key(key);
    if (wanted.contains(key) || !view) continue;
    for (const auto& prefix :
         {row_prefix(view->first, view->second), fact_prefix(view->first, view->second)}) {
      write.DeleteRange(prefix, after_prefix(prefix));
    }
    write.Delete(key);
  }
  if (!iterator->status().ok()) return std::unexpected(disk_error(iterator->status()));
  if (write.Count() == 0) return {};
  auto status = disk_->db->Write(write_options(), &write);
  if (!status.ok()) return std::unexpected(disk_error(status));
  return {};
}

Result<> Store::empty() {
  ASSERT(writes());
  rocksdb::WriteBatch write;
  write.DeleteRange(std::string(), std::string("\xff"));
  auto status = disk_->db->Write(write_options(), &write);
  if (!status.ok()) return std::unexpected(disk_error(status));
  return {};
}

std::optional<json::object> Store::newest(const View& view, KeyTexts key,
                                          const std::string& prefix) const {
  rocksdb::ReadOptions options;
  options.prefix_same_as_start = true;
  std::unique_ptr<rocksdb::Iterator> iterator(disk_->db->NewIterator(options));
  iterator->Seek(with_position(prefix, ~Position{0}));
  ASSERT(iterator->status().ok());
  if (!iterator->Valid() || !is_version_of(view_of(iterator->key()), prefix)) return std::nullopt;
  if (iterator->value().empty()) return std::nullopt;
  Position position = position_in(view_of(iterator->key()));
  auto row = read_row(view, key, position, view_of(iterator->value()));
  ASSERT(row.has_value());
  return *std::move(row);
}

std::optional<json::object> Store::fact(const std::string& key) const {
  rocksdb::PinnableSlice value;
  auto status = disk_->db->Get({}, disk_->db->DefaultColumnFamily(), key, &value);
  if (status.IsNotFound()) return std::nullopt;
  ASSERT(status.ok());
  auto fact = read_json(view_of(value));
  ASSERT(fact.has_value());
  return *std::move(fact);
}

}  // namespace projections
