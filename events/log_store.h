// The RocksDB behind the log: its column families and options. Only the log's own files include
// this.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/env.h>

#include <memory>
#include <string>
#include <vector>

#include "events/error.h"
#include "events/log.h"

namespace events {

struct Store {
  ~Store();

  rocksdb::ColumnFamilyHandle* events() const { return families[0]; }
  rocksdb::ColumnFamilyHandle* index() const { return families[1]; }
  rocksdb::ColumnFamilyHandle* tree() const { return families[2]; }

  std::string path;  // LogOptions::folder / "log"
  rocksdb::Env* env = nullptr;
  rocksdb::FileLock* lock = nullptr;
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  bool reader = false;
};

enum class Access { create, write, examine, follow };

// not_found where there is no log at all.
Result<> store_there(const LogOptions& options);
// Whether it has all its column families: they are made one after the other, before the first
// event.
Result<bool> store_whole(const LogOptions& options);
Result<std::unique_ptr<Store>> open_store(const LogOptions& options, Access access);
// Before anything is looked at, so that two writers cannot both find the log in order.
Result<> lock_store(Store& store, const LogOptions& options);

Error store_error(const rocksdb::Status& status);
FullTiles full_tiles(const Store& store);

// For whole passes: nothing is left in the cache, and the disk is read in long strokes.
rocksdb::ReadOptions scan_options();

}  // namespace events
