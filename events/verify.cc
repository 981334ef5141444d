#include "events/verify.h"

#include <rocksdb/snapshot.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "events/log_store.h"
#include "events/verify_checkpoint.h"
#include "events/verify_index.h"
#include "events/verify_records.h"
#include "events/verify_tree.h"

namespace events {

class LogCheck {
 public:
  static const Store& store_of(const Log& log) { return *log.store_; }
};

namespace {

// A hole in the log as wide as this ends it: otherwise one forged key would keep us busy for years.
constexpr Position hole_max = Position{1} << 20;
constexpr unsigned threads_max = 16;

using Iterator = std::unique_ptr<rocksdb::Iterator>;

// The position of the key that the iterator is at, or of the next one that is a position at all.
std::optional<Position> position_at(rocksdb::Iterator& iterator, bool forward) {
  for (; iterator.Valid(); forward ? iterator.Next() : iterator.Prev()) {
    std::string_view key = view(iterator.key());
    if (key.size() == sizeof(Position) && position_of_event_key(key) > 0) {
      return position_of_event_key(key);
    }
  }
  return std::nullopt;
}

// The last position, unless there is a hole before it into which no log could have fallen.
void find_head(VerifyScope& scope, LogFaults& faults) {
  Iterator iterator(scope.store.db->NewIterator(scope.reading, scope.store.events()));
  iterator->SeekToLast();
  Position last = position_at(*iterator, false).value_or(0);
  Position reached = 0;
  while (last - reached > 2 * hole_max) {
    iterator->Seek(event_key(reached + hole_max));
    auto next = position_at(*iterator, true);
    // What cannot be read is a matter for those who read record by record.
    reached = next && *next <= reached + 2 * hole_max ? *next : reached + hole_max;
    if (!next || *next < reached + hole_max) continue;
    iterator->SeekForPrev(event_key(reached + hole_max));
    scope.head = position_at(*iterator, false).value_or(0);
    scope.cut = true;
    faults.add(
        LogPart::record, scope.head + 1, *next - 1,
        {"记录缺失；其后的记录未再核验", "missing; the records behind them were not examined"});
    return;
  }
  scope.head = last;
}

std::string origin_of(const VerifyScope& scope) {
  rocksdb::PinnableSlice bytes;
  auto status = scope.store.db->Get(scope.reading, scope.store.events(), event_key(1), &bytes);
  if (!status.ok()) return {};
  std::string origin;
  StoredRecord stored;
  auto wrong = stored.read(view(bytes), [&](Record::Reader record) {
    origin = string(record.getOrigin());
    auto event = record.getEvent();
    if (event.isLogOpened()) origin = string(event.getLogOpened().getOrigin());
  });
  return wrong ? std::string() : origin;
}

// What the threads have in common. Each block is worked on by one of them.
class Verification {
 public:
  Verification(const VerifyScope& scope, const VerifyOptions& how);

  void run();
  VerifyReport report(LogFaults&& faults);

 private:
  struct Block {
    RecordBlock records;
    BlockTiles tiles;
  };

  void work(bool reports_progress);
  void compare_index(LogFaults& faults);
  void compare_tree(VerifyReport& report, LogFaults& faults);
  void add_newer(VerifyReport& report) const;
  bool stopped() const { return how_.stop.stop_requested(); }

  const VerifyScope& scope_;
  const VerifyOptions& how_;
  const IndexSecret secret_ = make_index_secret();
  std::set<std::uint64_t> tiles_kept_;
  std::vector<Block> blocks_;
  std::atomic<std::uint64_t> next_block_{0};
  std::atomic<Position> done_{0};
  std::mutex mutex_;
  IndexSums expected_;  // Under the mutex while threads run.
  IndexSums present_;
  IndexScan index_;
  LogFaults index_faults_;
};

Verification::Verification(const VerifyScope& scope, const VerifyOptions& how)
    : scope_(scope),
      how_(how),
      blocks_((scope.head + block_records - 1) / block_records),
      expected_(secret_, scope.head),
      present_(secret_, scope.head) {
  tiles_kept_.insert(scope.head / tile_width);
  for (const KeptNote& kept : how.kept) {
    if (auto checkpoint = open_checkpoint(kept.note, kept.log)) {
      tiles_kept_.insert(checkpoint->size / tile_width);
    }
  }
}

void Verification::run() {
  unsigned threads = how_.threads > 0 ? how_.threads : std::thread::hardware_concurrency();
  threads = std::clamp(threads, 1u, threads_max);
  auto scan = [this] { index_ = scan_index(scope_, present_, index_faults_); };
  std::vector<std::jthread> helpers;
  // The longest piece, which cannot be divided, comes first.
  for (unsigned i = 1; i < threads && i <= blocks_.size(); ++i) {
    helpers.emplace_back([this, scan, first = i == 1] {
      if (first) scan();
      work(false);
    });
  }
  work(true);
  if (helpers.empty()) scan();
}

void Verification::work(bool reports_progress) {
  IndexSums sums(secret_, scope_.head);
  RecordCheck records(scope_, sums);
  LeafTileCheck tiles(scope_, tiles_kept_);
  for (auto number = next_block_++; number < blocks_.size() && !stopped(); number = next_block_++) {
    Block& block = blocks_[number];
    block.records = records.block(number);
    block.tiles = tiles.check(records.leaves());
    Position done = done_ += records.leaves().hashes.size();
    if (reports_progress && how_.progress) how_.progress(done, scope_.head);
  }
  std::lock_guard lock(mutex_);
  expected_.add(sums);
}

VerifyReport Verification::report(LogFaults&& faults) {
  VerifyReport report;
  report.origin = scope_.origin;
  report.head = scope_.head;
  report.index_entries = index_.entries;
  faults.take(std::move(index_faults_));
  for (Block& block : blocks_) {
    report.last = std::max(report.last, block.records.last);
    faults.take(std::move(block.records.faults));
    faults.take(std::move(block.tiles.faults));
  }
  if (stopped()) {
    report.missing.push_back({"核验被中止，没有做完", "it was stopped before it was done"});
  } else {
    compare_index(faults);
    compare_tree(report, faults);
  }
  add_newer(report);
  report.faults_found = faults.found();
  report.faults = std::move(faults).sorted();
  return report;
}

void Verification::compare_index(LogFaults& faults) {
  auto differences = expected_.differences(present_);
  if (!index_.readable || differences.empty()) return;
  std::vector<PositionRange> unread;
  for (const Block& block : blocks_) {
    unread.insert(unread.end(), block.records.unread.begin(), block.records.unread.end());
  }
  find_index_faults(scope_, differences, unread, faults);
}

void Verification::compare_tree(VerifyReport& report, LogFaults& faults) {
  RebuiltTree tree;
  std::vector<PositionRange> differing;
  for (const Block& block : blocks_) {
    tree.add(block.tiles);
    report.tiles += block.tiles.compared;
    differing.insert(differing.end(), block.tiles.differing.begin(), block.tiles.differing.end());
  }
  report.tiles += tree.check_upper_tiles(scope_, faults);
  report.root = tree.root(scope_.head, TreeOf::records);
  CheckpointCheck check(scope_, tree, differing);
  for (const KeptNote& kept : how_.kept) check.compare(kept, report, faults);
  check.add_differences(faults);
  if (!how_.kept.empty()) return;
  report.missing.push_back(
      {"没有保管的检查点可比：单凭日志自身，看不出历史是否被整体改写、末尾是否丢失",
       "there is no kept checkpoint to compare with: from the log alone nobody can tell whether "
       "all "
       "of its history was rewritten, or its end is lost"});
}

void Verification::add_newer(VerifyReport& report) const {
  std::uint64_t count = 0;
  Position first = 0;
  for (const Block& block : blocks_) {
    if (first == 0 && !block.records.newer.empty()) first = block.records.newer.front();
    count += block.records.newer.size();
  }
  if (count == 0) return;
  std::string number = std::to_string(count);
  std::string from = std::to_string(first);
  report.missing.push_back({"有 " + number + " 条记录（自位置 " + from +
                                "）由更新的程序写成，本程序无法核验；请使用更新的程序",
                            number + " records (from position " + from +
                                ") were written by a newer program: verify with that one"});
}

// There is no log, or none that has got its first event: what was kept tells whether there was one.
VerifyReport absent_log(const VerifyOptions& how) {
  VerifyReport report;
  LogFaults faults;
  for (const KeptNote& kept : how.kept) {
    auto checkpoint = open_checkpoint(kept.note, kept.log);
    if (checkpoint) {
      add_lost_end(kept, checkpoint->size, 0, faults);
    } else {
      add_bad_note(kept, checkpoint.error(), faults);
    }
  }
  report.missing.push_back({"日志没有任何记录", "the log has no records"});
  report.faults_found = faults.found();
  report.faults = std::move(faults).sorted();
  return report;
}

VerifyReport verify_store(const Store& store, const VerifyOptions& how) {
  VerifyScope scope{store, scan_options(), how.stop, 0, {}, false};
  // A writer's store goes on growing; a reader's stands still, and knows no snapshots.
  std::optional<rocksdb::ManagedSnapshot> snapshot;
  if (!store.reader) {
    snapshot.emplace(store.db.get());
    scope.reading.snapshot = snapshot->snapshot();
  }
  LogFaults faults;
  find_head(scope, faults);
  scope.origin = origin_of(scope);
  Verification verification(scope, how);
  verification.run();
  return verification.report(std::move(faults));
}

}  // namespace

LogVerdict VerifyReport::verdict() const {
  if (faults_found > 0) return LogVerdict::failed;
  return missing.empty() ? LogVerdict::verified : LogVerdict::incomplete;
}

Result<VerifyReport> verify_log(const Log& log, const VerifyOptions& how) {
  return verify_store(LogCheck::store_of(log), how);
}

Result<VerifyReport> verify_log(const LogOptions& options, const VerifyOptions& how) {
  auto there = store_there(options);
  if (!there && there.error().code != Code::not_found) return std::unexpected(there.error());
  if (!there && how.kept.empty()) return std::unexpected(there.error());
  if (!there || !TRY(store_whole(options))) return absent_log(how);
  // A writer may delete a file between our reading its name and opening it; looking again helps.
  constexpr int tries_max = 5;
  for (int tried = 1;; ++tried) {
    auto store = open_store(options, Access::follow);
    if (store) return verify_store(**store, how);
    if (store.error().code != Code::corrupt || tried == tries_max) {
      return std::unexpected(store.error());
    }
  }
}

}  // namespace events
