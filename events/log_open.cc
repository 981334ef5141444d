// How a log is opened: looked at read-only first, since opening it to write would let RocksDB
// destroy a damaged write-ahead log; compared with the head kept outside; only then opened to
// write.
#include <spdlog/spdlog.h>

#include "events/assert.h"
#include "events/log.h"
#include "events/log_store.h"

namespace events {
namespace {

Error newer_format(std::uint16_t format) {
  std::string number = std::to_string(format);
  return {Code::corrupt,
          {"日志的格式版本是 " + number + "，本程序只认识版本 1。请使用更新的程序",
           "the log has format " + number + ", this program knows format 1: use a newer program"},
          {},
          {}};
}

Error behind(Position head, std::uint64_t kept) {
  std::string range = std::to_string(head + 1) + "–" + std::to_string(kept);
  return {Code::corrupt,
          {"日志缺少位置 " + range + "：曾签发过 " + std::to_string(kept) +
               " 条的检查点，现在只有 " + std::to_string(head) +
               " 条。可能是文件丢失、损坏，或放回了旧备份。未作任何改动。请放回完整的备份；"
               "确实没有的，由管理员用 probity log restored 说明原因后继续",
           "the log lacks positions " + range + ": a checkpoint of " + std::to_string(kept) +
               " was signed, and only " + std::to_string(head) +
               " are here. Files were lost or damaged, or an older copy was put back. Nothing was "
               "changed. Put back a whole copy; where there is none, an administrator goes on with "
               "probity log restored, and says why"},
          {},
          {}};
}

Error rewritten(std::uint64_t kept) {
  return {Code::corrupt,
          {"日志与保管的检查点不符：前 " + std::to_string(kept) +
               " 条的树根不同，历史被改写过。未作任何改动",
           "the log does not agree with the kept checkpoint: the root of its first " +
               std::to_string(kept) +
               " events differs, so history was rewritten. Nothing was "
               "changed"},
          {},
          {}};
}

Result<> check_format(const Recorded& recorded) {
  std::uint16_t format = recorded.record.getFormat();
  if (format == record_format) return {};
  return std::unexpected(newer_format(format));
}

Result<Position> last_position(const Store& store) {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  std::unique_ptr<rocksdb::Iterator> last(store.db->NewIterator(options, store.events()));
  last->SeekToLast();
  if (!last->status().ok()) return std::unexpected(store_error(last->status()));
  if (!last->Valid()) return 0;
  return position_of_event_key({last->key().data(), last->key().size()});
}

// A log that is not there although its head was kept is the worst case of one that stands behind.
Result<> check_there(const LogOptions& options) {
  auto there = store_there(options);
  if (there || there.error().code != Code::not_found) return there;
  if (options.kept && options.kept->size > 0 && !options.accept_restored) {
    return std::unexpected(behind(0, options.kept->size));
  }
  return there;
}

}  // namespace

Result<> Log::check_kept(const LogOptions& options) const {
  if (!options.kept || options.accept_restored) return {};
  if (head() < options.kept->size) return std::unexpected(behind(head(), options.kept->size));
  if (TRY(root(options.kept->size)) != options.kept->root) {
    return std::unexpected(rewritten(options.kept->size));
  }
  return {};
}

// Finds the head, the origin and the right edge of the tree, none of which is stored on its own.
Result<> Log::load() {
  Position head = TRY(last_position(*store_));
  std::vector<Hash> leaves;
  Moment newest{};
  std::string origin;
  if (head > 0) {
    Cursor first = read_up_to(0, 1);
    if (!TRY(first.try_next())) {
      return fail(Code::corrupt, "日志没有第一条记录", "the log has no first record");
    }
    TRY(check_format(first.recorded()));
    origin = string(first.recorded().record.getOrigin());
    // What a newer program wrote stands at the end.
    Position full = head - head % tile_width;
    Cursor cursor = read_up_to(std::min(full, head - 1), head);
    while (TRY(cursor.try_next())) {
      TRY(check_format(cursor.recorded()));
      if (cursor.recorded().position > full) leaves.push_back(leaf_hash(cursor.bytes()));
      newest = cursor.recorded().at();
    }
    if (leaves.size() != head % tile_width) {
      return fail(Code::corrupt, "日志末尾的位置不连续",
                  "positions are missing at the end of the log");
    }
  }
  Edge edge = TRY(find_edge(head, std::move(leaves), full_tiles(*store_)));
  tree_ = TRY(Tree::resume(edge));
  std::lock_guard lock(mutex_);
  if (origin_.empty()) origin_ = std::move(origin);  // Others may be reading it; it never changes.
  last_ = newest;
  edge_ = std::make_shared<const Edge>(std::move(edge));
  head_.store(head, std::memory_order_release);
  return {};
}

Result<std::unique_ptr<Log>> Log::open_as(const LogOptions& options, int access) {
  auto log = std::make_unique<Log>(TRY(open_store(options, static_cast<Access>(access))));
  TRY(log->load());
  TRY(log->check_kept(options));
  log->die_ = options.die;
  return log;
}

// What was cut off while it was being made has no event, and perhaps not all its parts: it is made
// again. To see that there is one, a log is only looked at.
Result<> Log::check_unused(const LogOptions& options) {
  if (!store_there(options) || !TRY(store_whole(options))) return {};
  auto log = TRY(open_as(options, static_cast<int>(Access::examine)));
  if (log->head() == 0) return {};
  return fail(Code::conflict, "这里已有日志：" + options.folder.string() + "。请另选文件夹",
              "there is a log in " + options.folder.string() + " already: choose another folder");
}

Result<std::unique_ptr<Log>> Log::create(const LogOptions& options) {
  Store guard;
  TRY(lock_store(guard, options));
  TRY(check_unused(options));
  auto log = TRY(open_as(options, static_cast<int>(Access::create)));
  std::swap(log->store_->lock, guard.lock);
  return log;
}

Result<std::unique_ptr<Log>> Log::open(const LogOptions& options) {
  TRY(check_there(options));
  Store guard;
  TRY(lock_store(guard, options));
  TRY(open_as(options, static_cast<int>(Access::examine)));
  auto log = TRY(open_as(options, static_cast<int>(Access::write)));
  std::swap(log->store_->lock, guard.lock);
  return log;
}

Result<std::unique_ptr<Log>> Log::open_reader(const LogOptions& options) {
  TRY(check_there(options));
  // A writer may delete a file between our reading its name and opening it; looking again helps.
  constexpr int tries_max = 5;
  for (int tried = 1;; ++tried) {
    auto log = open_as(options, static_cast<int>(Access::follow));
    if (log || log.error().code != Code::corrupt || tried == tries_max) return log;
  }
}

Result<Position> Log::catch_up() {
  if (!store_->reader) return head();
  if (auto status = store_->db->TryCatchUpWithPrimary(); !status.ok()) {
    return std::unexpected(store_error(status));
  }
  TRY(load());
  grown_.notify_all();
  return head();
}

}  // namespace events
