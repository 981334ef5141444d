// The floor: a bare RocksDB that is given the same bytes under the same keys, and nothing else.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "events/log.h"

namespace rocksdb {
class DB;
class ColumnFamilyHandle;
}  // namespace rocksdb

namespace bench {

// What one event puts into the store.
struct Entry {
  std::string key;
  std::string bytes;
  std::vector<std::string> index_keys;
};

// The entries of the log between two positions, the second included, as the log itself wrote them.
std::vector<Entry> entries_of(const events::Log& log, events::Position after,
                              events::Position until);

class Floor {
 public:
  explicit Floor(const std::string& folder);
  ~Floor();

  void write(const std::vector<Entry>& entries, std::size_t batch);  // One sync a batch.
  std::size_t iterate() const;                                       // Bytes seen.

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

}  // namespace bench
