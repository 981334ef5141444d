#include "events/log.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>

#include "events/assert.h"
#include "events/log_store.h"

namespace events {
namespace {

void stop_process(const std::string& why) {
  spdlog::critical("{}", why);
  spdlog::default_logger()->flush();
  std::_Exit(75);  // EX_TEMPFAIL: whoever sent a command sends it again, with the same id.
}

Error damaged(Position position, const std::string& how) {
  std::string number = std::to_string(position);
  return {Code::corrupt,
          {"位置 " + number + " 的记录已损坏。请运行 probity log verify，并从备份恢复",
           "the record at position " + number + " is damaged: " + how +
               ". Run probity log verify, and restore a backup"},
          {},
          {}};
}

std::string_view view(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

void put(rocksdb::WriteBatch& write, const Store& store, const Batch& batch, Position head,
         Tree& tree) {
  std::vector<Tile> full;
  for (const Batch::Item& item : batch.items()) {
    Bytes bytes = item.message.bytes();
    write.Put(store.events(), event_key(++head),
              {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    for (const std::string& key : item.index_keys) write.Put(store.index(), key, {});
    tree.append(item.leaf, full);
  }
  for (const Tile& tile : full) {
    auto level = static_cast<std::uint8_t>(tile.id.level);
    write.Put(store.tree(), tile_key(level, tile.id.number), tile.bytes());
  }
}

}  // namespace

Log::Log(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Log::~Log() = default;

Position Log::append(const Batch& batch) {
  ASSERT(!store_->reader);
  ASSERT(!batch.empty());
  ASSERT(batch.head() == head() + batch.items().size());
  rocksdb::WriteBatch write(batch.bytes() + 4096);
  put(write, *store_, batch, head(), tree_);
  rocksdb::WriteOptions options;
  options.sync = true;
  if (auto status = store_->db->Write(options, &write); !status.ok()) {
    // What was written may or may not be on the disk: a failed sync cannot be tried again.
    (die_ ? die_
          : stop_process)(store_error(status).words.zh + " / " + store_error(status).words.en);
    std::abort();
  }
  auto edge = std::make_shared<const Edge>(tree_.edge());
  {
    std::lock_guard lock(mutex_);
    last_ = batch.last();
    edge_ = std::move(edge);
    if (origin_.empty()) origin_ = string(batch.recorded(0).record.getOrigin());
    head_.store(batch.head(), std::memory_order_release);
  }
  grown_.notify_all();
  return batch.head();
}

Position Log::wait(Position after, std::stop_token stop) const {
  std::unique_lock lock(mutex_);
  grown_.wait(lock, stop, [&] { return head() > after; });
  return head();
}

Moment Log::last() const {
  std::lock_guard lock(mutex_);
  return last_;
}

Position Log::position_at(Moment moment) const {
  // Times rise with positions, so the last one at or before the moment is found by halving.
  Position low = 0;
  for (Position high = head(); low < high;) {
    Position middle = low + (high - low + 1) / 2;
    Cursor cursor = read_up_to(middle - 1, middle);
    if (cursor.next() && cursor.recorded().at() <= moment) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

TreeReader Log::tree() const {
  std::lock_guard lock(mutex_);
  return {edge_, full_tiles(*store_)};
}

Result<Hash> Log::root(std::uint64_t size) const {
  TreeReader reader = tree();
  return reader.root(size);
}

// A cursor over events walks the events themselves; one over a subject walks the index and gets
// each.
struct Cursor::Walk {
  const Store* store = nullptr;
  std::string end;  // The iterator's upper bound lives here.
  rocksdb::Slice bound;
  std::unique_ptr<rocksdb::Iterator> iterator;
  bool by_index = false;
  bool started = false;
  Position head = 0;
  rocksdb::PinnableSlice found;
  kj::Array<capnp::word> words;
  std::size_t used = 0;
  std::optional<capnp::FlatArrayMessageReader> reader;

  // The whole value or nothing: what a leaf's hash is made of may not lose its last bytes here.
  Result<> place(Position position, std::string_view bytes) {
    if (bytes.empty() || bytes.size() % sizeof(capnp::word) != 0) {
      return std::unexpected(damaged(position, "its length is wrong"));
    }
    used = bytes.size() / sizeof(capnp::word);
    if (words.size() < used) words = kj::heapArray<capnp::word>(used * 2);
    std::memcpy(words.begin(), bytes.data(), bytes.size());
    reader.emplace(words.slice(0, used));
    return {};
  }

  Result<Position> find_by_index(std::string_view key) {
    Position position = position_of_index_key(key);
    found.Reset();
    auto status = store->db->Get({}, store->events(), event_key(position), &found);
    if (status.IsNotFound())
      return std::unexpected(damaged(position, "it is indexed, but not there"));
    if (!status.ok()) return std::unexpected(store_error(status));
    TRY(place(position, view(found)));
    return position;
  }
};

Cursor::Cursor(std::unique_ptr<Walk> walk) : walk_(std::move(walk)) {}
Cursor::Cursor(Cursor&&) noexcept = default;
Cursor& Cursor::operator=(Cursor&&) noexcept = default;
Cursor::~Cursor() = default;

bool Cursor::next() {
  auto there = try_next();
  if (!there) spdlog::critical("{} / {}", there.error().words.zh, there.error().words.en);
  ASSERT(there);
  return *there;
}

Result<bool> Cursor::try_next() {
  Walk& walk = *walk_;
  if (walk.started && walk.iterator->Valid()) walk.iterator->Next();
  walk.started = true;
  if (!walk.iterator->Valid()) {
    if (!walk.iterator->status().ok()) return std::unexpected(store_error(walk.iterator->status()));
    return false;
  }
  std::string_view key = view(walk.iterator->key());
  if (walk.by_index) {
    if (position_of_index_key(key) > walk.head) return false;
    recorded_.position = TRY(walk.find_by_index(key));
  } else {
    recorded_.position = position_of_event_key(key);
    TRY(walk.place(recorded_.position, view(walk.iterator->value())));
  }
  recorded_.record = walk.reader->getRoot<Record>();
  recorded_.bytes = bytes();
  return true;
}

Bytes Cursor::bytes() const { return as_bytes(walk_->words.slice(0, walk_->used)); }

Cursor Log::read(Position after) const { return read_up_to(after, head()); }

Cursor Log::read_up_to(Position after, Position head) const {
  after = std::min(after, head);
  auto walk = std::make_unique<Cursor::Walk>();
  walk->store = store_.get();
  walk->head = head;
  walk->end = event_key(walk->head + 1);
  walk->bound = walk->end;
  rocksdb::ReadOptions options;
  options.iterate_upper_bound = &walk->bound;
  // A reader that catches up wants long strokes; one that looks up an event does not.
  if (walk->head - after > 1000) {
    options.readahead_size = 2 << 20;
    options.fill_cache = false;
  }
  walk->iterator.reset(store_->db->NewIterator(options, store_->events()));
  walk->iterator->Seek(event_key(after + 1));
  return Cursor(std::move(walk));
}

Cursor Log::read_index(std::string_view subject, bool folded, Position after) const {
  auto walk = std::make_unique<Cursor::Walk>();
  walk->store = store_.get();
  walk->head = head();
  walk->by_index = true;
  walk->end = index_prefix(subject, folded);
  walk->end.back() = '\x01';  // It ended with the 0x00 that closes a subject.
  walk->bound = walk->end;
  rocksdb::ReadOptions options;
  options.iterate_upper_bound = &walk->bound;
  options.prefix_same_as_start = true;
  walk->iterator.reset(store_->db->NewIterator(options, store_->index()));
  walk->iterator->Seek(index_key(subject, folded, std::min(after, walk->head) + 1));
  return Cursor(std::move(walk));
}

Cursor Log::read_subject(std::string_view subject, Position after) const {
  return read_index(subject, true, after);
}

Cursor Log::read_mentions(std::string_view subject, Position after) const {
  return read_index(subject, false, after);
}

}  // namespace events
