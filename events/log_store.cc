#include "events/log_store.h"

#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include "events/assert.h"
#include "events/keys.h"

namespace events {
namespace {

// Lets a filter answer "is there anything under this subject?", which every new command id asks.
class SubjectPrefix final : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "probity.subject.1"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    std::string_view prefix = index_prefix_of({key.data(), key.size()});
    return {prefix.data(), prefix.size()};
  }
  bool InDomain(const rocksdb::Slice& key) const override {
    return std::string_view(key.data(), key.size()).find('\0') != std::string_view::npos;
  }
};

// RocksDB's own diary is no evidence of anything and grows; errors come back as statuses.
class NoDiary final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::BlockBasedTableOptions table_options(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = 16 << 10;
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  return table;
}

std::vector<rocksdb::ColumnFamilyDescriptor> families(const LogOptions& options) {
  auto cache = rocksdb::NewLRUCache(options.cache_bytes);
  rocksdb::ColumnFamilyOptions events;
  events.compression = rocksdb::kLZ4Compression;
  events.write_buffer_size = 64 << 20;
  events.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(cache)));

  rocksdb::ColumnFamilyOptions index;
  index.compression = rocksdb::kLZ4Compression;
  index.write_buffer_size = 16 << 20;
  index.prefix_extractor = std::make_shared<SubjectPrefix>();
  index.memtable_prefix_bloom_size_ratio = 0.05;
  auto index_table = table_options(cache);
  index_table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  index_table.whole_key_filtering = false;
  index.table_factory.reset(rocksdb::NewBlockBasedTableFactory(index_table));

  rocksdb::ColumnFamilyOptions tree;  // Hashes do not compress.
  tree.compression = rocksdb::kNoCompression;
  tree.write_buffer_size = 4 << 20;
  tree.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(cache)));
  return {{rocksdb::kDefaultColumnFamilyName, events}, {"index", index}, {"tree", tree}};
}

rocksdb::DBOptions db_options(rocksdb::Env* env, Access access) {
  rocksdb::DBOptions options;
  options.env = env;
  options.create_if_missing = access == Access::create;
  options.create_missing_column_families = access == Access::create;
  options.track_and_verify_wals_in_manifest = true;
  options.paranoid_checks = true;
  options.max_open_files = -1;
  options.skip_stats_update_on_db_open = true;
  options.stats_dump_period_sec = 0;
  options.info_log = std::make_shared<NoDiary>();
  options.max_total_wal_size = 128 << 20;
  options.max_bgerror_resume_count = 0;  // A failed write stops the process; nothing is retried.
  return options;
}

rocksdb::Status open_db(Store& store, const LogOptions& options, Access access) {
  auto settings = db_options(store.env, access);
  auto described = families(options);
  rocksdb::DB* db = nullptr;
  rocksdb::Status status;
  if (access == Access::examine) {
    status = rocksdb::DB::OpenForReadOnly(settings, store.path, described, &store.families, &db);
  } else if (access == Access::follow) {
    // The second path is for a diary that is not written.
    status = rocksdb::DB::OpenAsSecondary(settings, store.path, store.path, described,
                                          &store.families, &db);
  } else {
    status = rocksdb::DB::Open(settings, store.path, described, &store.families, &db);
  }
  store.db.reset(db);
  return status;
}

rocksdb::Env* env_of(const LogOptions& options) {
  return options.env ? options.env : rocksdb::Env::Default();
}

bool is_denied(const rocksdb::Status& status) {
  return status.ToString().find("Permission denied") != std::string::npos;
}

// RocksDB syncs the names in its own folder; that the folder itself outlives a power cut is ours to
// see to.
rocksdb::Status sync_names(rocksdb::Env* env, const std::filesystem::path& folder) {
  std::unique_ptr<rocksdb::Directory> directory;
  auto status = env->NewDirectory(folder.empty() ? "." : folder.string(), &directory);
  return status.ok() ? directory->Fsync() : status;
}

Result<> make_folders(const Store& store, const LogOptions& options) {
  auto status = store.env->CreateDirIfMissing(store.path);
  if (status.ok()) status = sync_names(store.env, options.folder);
  if (!status.ok()) return std::unexpected(store_error(status));
  status = sync_names(store.env, options.folder.parent_path());
  // It may be closed to us: then somebody else made our folder, long ago.
  if (!status.ok() && !is_denied(status)) return std::unexpected(store_error(status));
  return {};
}

// Held by another process, or by this one.
bool is_held(const rocksdb::Status& status) {
  std::string detail = status.ToString();
  for (const char* sign : {"Resource temporarily unavailable", "No locks available", "held"}) {
    if (detail.find(sign) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

Store::~Store() {
  if (db) {
    for (auto* family : families) db->DestroyColumnFamilyHandle(family);
    db->Close().PermitUncheckedError();
    db.reset();
  }
  if (lock) env->UnlockFile(lock).PermitUncheckedError();
}

// By opening it: asking whether a file exists does not tell absence from a lack of permission.
Result<> store_there(const LogOptions& options) {
  std::unique_ptr<rocksdb::SequentialFile> file;
  std::string current = (options.folder / "log" / "CURRENT").string();
  auto status = env_of(options)->NewSequentialFile(current, &file, {});
  if (status.ok()) return {};
  if (!status.IsNotFound() && !status.IsPathNotFound()) return std::unexpected(store_error(status));
  return fail(Code::not_found,
              "这里没有日志：" + options.folder.string() + "。请先运行 probity init",
              "there is no log in " + options.folder.string() + ": run probity init first");
}

Result<bool> store_whole(const LogOptions& options) {
  std::vector<std::string> names;
  auto status = rocksdb::DB::ListColumnFamilies(db_options(env_of(options), Access::examine),
                                                (options.folder / "log").string(), &names);
  if (!status.ok()) return std::unexpected(store_error(status));
  return names.size() == families(options).size();
}

Result<std::unique_ptr<Store>> open_store(const LogOptions& options, Access access) {
  auto store = std::make_unique<Store>();
  store->env = env_of(options);
  store->path = (options.folder / "log").string();
  store->reader = access == Access::examine || access == Access::follow;
  if (access == Access::create) TRY(make_folders(*store, options));
  if (auto status = open_db(*store, options, access); !status.ok()) {
    return std::unexpected(store_error(status));
  }
  return store;
}

Result<> lock_store(Store& store, const LogOptions& options) {
  store.env = env_of(options);
  auto made = store.env->CreateDirIfMissing(options.folder.string());
  if (!made.ok()) return std::unexpected(store_error(made));
  auto status = store.env->LockFile((options.folder / "writer.lock").string(), &store.lock);
  if (status.ok()) return {};
  if (!is_held(status)) return std::unexpected(store_error(status));
  return fail(Code::conflict,
              "另一个进程正在写入 " + options.folder.string() + "。请等它结束；查看不受影响",
              "another process is writing to " + options.folder.string() +
                  ": wait for it to end; reading is not affected");
}

Error store_error(const rocksdb::Status& status) {
  std::string detail = status.ToString();
  if (status.IsCorruption()) {
    return {
        Code::corrupt,
        {"日志文件已损坏，未作任何改动：" + detail + "。请运行 probity log verify，并从备份恢复",
         "the log's files are damaged and were left as they are: " + detail +
             ". Run probity log verify, and restore a backup"},
        {},
        {}};
  }
  if (status.IsNoSpace()) {
    return {Code::overloaded,
            {"磁盘已满：" + detail + "。已确认的记录没有丢失；请腾出空间后重试",
             "the disk is full: " + detail + ". Nothing acknowledged is lost; make room and retry"},
            {},
            {}};
  }
  if (is_denied(status)) {
    return {Code::forbidden,
            {"没有权限读写该文件夹：" + detail, "no permission for this folder: " + detail},
            {},
            {}};
  }
  return {Code::corrupt, {"存储出错：" + detail, "the store failed: " + detail}, {}, {}};
}

FullTiles full_tiles(const Store& store) {
  return [&store](unsigned level, std::uint64_t number) -> Result<std::string> {
    std::string tile;
    auto status =
        store.db->Get({}, store.tree(), tile_key(static_cast<std::uint8_t>(level), number), &tile);
    if (status.IsNotFound()) {
      return fail(Code::corrupt, "日志缺少一片哈希树", "a tile of the log's tree is missing");
    }
    if (!status.ok()) return std::unexpected(store_error(status));
    return tile;
  };
}

rocksdb::ReadOptions scan_options() {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.readahead_size = 2 << 20;
  return options;
}

}  // namespace events
