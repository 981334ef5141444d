// How the rows' RocksDB is opened, and what its errors mean. Only store.cc includes this.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/env.h>

#include <memory>
#include <string>

#include "events/error.h"
#include "projections/store.h"

namespace projections {

struct Disk {
  ~Disk();

  std::string path;
  rocksdb::Env* env = nullptr;
  rocksdb::FileLock* lock = nullptr;  // Held by the one that writes.
  std::unique_ptr<rocksdb::DB> db;
  rocksdb::WriteBatch batch;  // The follower's, kept for its memory: it is filled a thousand times.
};

events::Result<std::unique_ptr<Disk>> open_disk(const StoreOptions& options);
events::Error disk_error(const rocksdb::Status& status);

}  // namespace projections
