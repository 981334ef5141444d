#include "tests/bench/floor.h"

#include <rocksdb/db.h>

#include <algorithm>

#include "events/assert.h"
#include "events/subject.h"

namespace bench {

std::vector<Entry> entries_of(const events::Log& log, events::Position after,
                              events::Position until) {
  std::vector<Entry> entries;
  auto cursor = log.read(after);
  while (cursor.next() && cursor.recorded().position <= until) {
    const auto& recorded = cursor.recorded();
    Entry entry{events::event_key(recorded.position), {}, {}};
    auto bytes = cursor.bytes();
    entry.bytes.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (recorded.record.getPart() == 0) {
      auto command = events::command_subject(events::view(recorded.record.getActor()),
                                             events::view(recorded.record.getCommandId()));
      entry.index_keys.push_back(events::index_key(command, true, recorded.position));
    }
    for (const auto& subject : events::subjects_of(recorded.record)) {
      entry.index_keys.push_back(
          events::index_key(subject.name, subject.folded, recorded.position));
    }
    std::ranges::sort(entry.index_keys);
    entries.push_back(std::move(entry));
  }
  return entries;
}

Floor::Floor(const std::string& folder) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  rocksdb::ColumnFamilyOptions records;
  records.compression = rocksdb::kLZ4Compression;
  rocksdb::ColumnFamilyOptions index = records;
  index.write_buffer_size = 16 << 20;
  rocksdb::DB* db = nullptr;
  auto status = rocksdb::DB::Open(options, folder,
                                  {{rocksdb::kDefaultColumnFamilyName, records}, {"index", index}},
                                  &families_, &db);
  ASSERT(status.ok());
  db_.reset(db);
}

Floor::~Floor() {
  for (auto* family : families_) db_->DestroyColumnFamilyHandle(family);
}

void Floor::write(const std::vector<Entry>& entries, std::size_t batch) {
  rocksdb::WriteOptions synced;
  synced.sync = true;
  for (std::size_t start = 0; start < entries.size(); start += batch) {
    rocksdb::WriteBatch write;
    std::size_t end = std::min(entries.size(), start + batch);
    for (std::size_t i = start; i < end; ++i) {
      write.Put(families_[0], entries[i].key, entries[i].bytes);
      for (const auto& key : entries[i].index_keys) write.Put(families_[1], key, {});
    }
    auto status = db_->Write(synced, &write);
    ASSERT(status.ok());
  }
}

std::size_t Floor::iterate() const {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.readahead_size = 2 << 20;
  std::unique_ptr<rocksdb::Iterator> all(db_->NewIterator(options, families_[0]));
  std::size_t bytes = 0;
  for (all->SeekToFirst(); all->Valid(); all->Next()) bytes += all->value().size();
  return bytes;
}

}  // namespace bench
