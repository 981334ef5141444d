#include "projections/disk.h"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace projections {
namespace {

using events::Code;
using events::Result;

// Lets a filter answer "is there a row under this key?", which every first row of a key asks. All
// versions of a row share what stands before the position.
class WithoutPosition final : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "probity.row.1"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return {key.data(), key.size() - sizeof(events::Position)};
  }
  bool InDomain(const rocksdb::Slice& key) const override {
    return key.size() > sizeof(events::Position) && key[0] != 'c';
  }
};

// RocksDB's own diary grows and says nothing that a status does not.
class NoDiary final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::Options db_options(const StoreOptions& options, rocksdb::Env* env) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.cache_bytes);
  table.block_size = 16 << 10;
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.whole_key_filtering = true;  // For facts.

  rocksdb::Options all;
  all.env = env;
  all.create_if_missing = true;
  all.compression = rocksdb::kLZ4Compression;
  all.write_buffer_size = 32 << 20;
  all.compaction_style = rocksdb::kCompactionStyleUniversal;
  all.prefix_extractor = std::make_shared<WithoutPosition>();
  all.memtable_prefix_bloom_size_ratio = 0.05;
  all.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  all.paranoid_checks = true;
  all.max_open_files = -1;  // One that reads beside keeps the files that it may need open.
  all.skip_stats_update_on_db_open = true;
  all.stats_dump_period_sec = 0;
  all.info_log = std::make_shared<NoDiary>();
  all.max_bgerror_resume_count = 0;
  return all;
}

rocksdb::Status open_to_write(Disk& disk, const rocksdb::Options& options) {
  rocksdb::DB* db = nullptr;
  auto status = rocksdb::DB::Open(options, disk.path, &db);
  disk.db.reset(db);
  return status;
}

Result<> open_to_write_or_empty(Disk& disk, const rocksdb::Options& options) {
  auto status = open_to_write(disk, options);
  if (status.IsCorruption()) {
    spdlog::warn("{}: damaged ({}), so the rows are built again", disk.path, status.ToString());
    status = rocksdb::DestroyDB(disk.path, options);
    if (status.ok()) status = open_to_write(disk, options);
  }
  if (!status.ok()) return std::unexpected(disk_error(status));
  return {};
}

// The one that writes may be about to make its files, or delete one between our reading its name
// and opening it: looking again helps.
Result<> open_beside(Disk& disk, const rocksdb::Options& options) {
  constexpr int tries_max = 5;
  rocksdb::Status status;
  for (int tried = 0; tried < tries_max; ++tried) {
    rocksdb::DB* db = nullptr;
    // The second path is for a diary that is not written.
    status = rocksdb::DB::OpenAsSecondary(options, disk.path, disk.path, &db);
    disk.db.reset(db);
    if (status.ok()) return {};
  }
  return events::fail(
      Code::overloaded, "另一个进程正在建立视图：" + status.ToString() + "。请稍后重试",
      "another process is setting up the views: " + status.ToString() + ". Try again in a moment");
}

// By another process, by this one, and in memory. The path holds the word "lock" in any case.
bool is_held(const rocksdb::Status& status) {
  std::string text = status.ToString();
  for (const char* sign :
       {"Resource temporarily unavailable", "No locks available", "already held"}) {
    if (text.find(sign) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

Disk::~Disk() {
  if (db) {
    db->Close().PermitUncheckedError();
    db.reset();
  }
  if (lock) env->UnlockFile(lock).PermitUncheckedError();
}

Result<std::unique_ptr<Disk>> open_disk(const StoreOptions& options) {
  auto disk = std::make_unique<Disk>();
  disk->env = options.env ? options.env : rocksdb::Env::Default();
  disk->path = (options.folder / "rows").string();
  auto status = disk->env->CreateDirIfMissing(options.folder.string());
  if (status.ok()) status = disk->env->CreateDirIfMissing(disk->path);
  if (!status.ok()) return std::unexpected(disk_error(status));
  auto settings = db_options(options, disk->env);
  status = disk->env->LockFile((options.folder / "follower.lock").string(), &disk->lock);
  if (status.ok()) {
    TRY(open_to_write_or_empty(*disk, settings));
  } else if (is_held(status)) {
    disk->lock = nullptr;
    TRY(open_beside(*disk, settings));
  } else {
    return std::unexpected(disk_error(status));
  }
  return disk;
}

events::Error disk_error(const rocksdb::Status& status) {
  std::string detail = status.ToString();
  if (status.IsNoSpace()) {
    return {Code::overloaded,
            {"磁盘已满：" + detail + "。日志没有受影响；请腾出空间后重试",
             "the disk is full: " + detail + ". The log is not affected; make room and retry"},
            {},
            {}};
  }
  constexpr const char* closed[] = {"Permission denied", "Operation not permitted",
                                    "Read-only file system"};
  if (std::ranges::any_of(closed, [&](auto one) { return detail.find(one) != detail.npos; })) {
    return {Code::forbidden,
            {"没有权限读写视图文件夹：" + detail, "no permission for the views' folder: " + detail},
            {},
            {}};
  }
  return {Code::corrupt,
          {"视图的存储出错：" + detail + "。日志没有受影响；请删除视图文件夹，它会从日志重建",
           "the views' store failed: " + detail +
               ". The log is not affected; delete the views' folder and it is built again"},
          {},
          {}};
}

}  // namespace projections
