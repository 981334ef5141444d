#include "events/log_copy.h"

#include "events/index_keys.h"
#include "events/log_store.h"
#include "events/stored_record.h"
#include "events/text_encoding.h"

namespace events {
namespace {

std::unexpected<Error> other_root(const Checkpoint& checkpoint, std::uint64_t here) {
  std::string size = std::to_string(checkpoint.size);
  if (here == 0) {
    return fail(Code::corrupt, "哈希片得不出检查点（" + size + " 条）所签的树根：有文件被改动过",
                "the hash tiles do not give the root that the checkpoint of " + size +
                    " records signs: some file was altered");
  }
  std::string known = std::to_string(here);
  return fail(Code::corrupt,
              "检查点（" + size + " 条）与此前取得的 " + known +
                  " 条不相承，或哈希片被改动过：历史可能被改写",
              "the checkpoint of " + size + " records does not follow from the " + known +
                  " fetched before, or a hash tile was altered: history may have been rewritten");
}

std::unexpected<Error> wrong_file(const std::string& path, const Words& words) {
  return fail(Code::corrupt, "文件 " + path + " 有误：" + words.zh,
              "the file " + path + " is wrong: " + words.en);
}

Result<std::string> need_file(const PublishedFiles& files, const std::string& path) {
  auto bytes = files(path);
  if (bytes || bytes.error().code != Code::not_found) return bytes;
  return wrong_file(path, {"没有这个文件", "it is not there"});
}

// From the full tiles and the hashes of the leaves behind them, as any reader has them.
Result<Edge> edge_of(TreeReader tree) {
  Edge edge;
  edge.size = tree.size();
  for (unsigned level = 0; level < tree_levels; ++level) {
    std::uint64_t end = edge.size >> (level * tile_height);
    for (std::uint64_t i = end - end % tile_width; i < end; ++i) {
      edge.rows[level].push_back(TRY(tree.subtree(level * tile_height, i)));
    }
  }
  return edge;
}

// What every record of a log is: of this format and origin, at its place, later than the one
// before.
Result<> check_record(Record::Reader record, const std::string& origin, std::uint64_t index,
                      std::int64_t last_micros) {
  if (record.getFormat() != record_format) {
    return fail(Code::corrupt, "格式版本不是 1，请使用更新的程序",
                "its format is not 1: use a newer program");
  }
  if (view(record.getOrigin()) != origin || record.getIndex() != index ||
      (index > 0 && record.getRecordedAt() <= last_micros)) {
    return fail(Code::corrupt, "来源、序号或时间不符", "its origin, index or time does not fit");
  }
  return {};
}

Result<> compare(const PublishedFiles& files, const Tile& tile) {
  std::string path = tile_path(tile.id);
  if (TRY(need_file(files, path)) == tile.bytes()) return {};
  return wrong_file(path, {"与下一层的哈希不符", "it does not follow from the hashes below it"});
}

}  // namespace

LogCopy::LogCopy() = default;
LogCopy::LogCopy(LogCopy&&) noexcept = default;
LogCopy::~LogCopy() = default;

Result<LogCopy> LogCopy::open(const std::filesystem::path& folder) {
  LogCopy copy;
  LogOptions options;
  options.folder = folder;
  Store guard;
  TRY(lock_store(guard, options));
  if (store_there(options) && TRY(store_whole(options))) {
    auto log = TRY(Log::open_reader(options));
    copy.tree_ = TRY(Tree::resume(TRY(edge_of(log->tree()))));
    copy.last_micros_ = to_micros(log->last());
  }
  copy.store_ = TRY(open_store(options, Access::create));
  std::swap(copy.store_->lock, guard.lock);
  return copy;
}

Result<std::vector<Hash>> LogCopy::take_leaves(const PublishedFiles& files,
                                               const Checkpoint& checkpoint) const {
  std::vector<Hash> leaves;
  Tree grown = TRY(Tree::resume(tree_.edge()));
  std::vector<Tile> full;
  for (const TileId& id : tiles_between(0, size(), checkpoint.size)) {
    std::string path = tile_path(id);
    std::string bytes = TRY(need_file(files, path));
    if (bytes.size() != id.width * sizeof(Hash)) {
      return wrong_file(path, {"长度不对", "its length is wrong"});
    }
    for (std::size_t i = grown.size() % tile_width; i < id.width; ++i) {
      Hash leaf;
      std::memcpy(leaf.data(), bytes.data() + i * sizeof(Hash), sizeof(Hash));
      grown.append(leaf, full);
      leaves.push_back(leaf);
    }
  }
  if (grown.root() != checkpoint.root) return other_root(checkpoint, size());
  for (const Tile& tile : full) TRY(compare(files, tile));
  for (const Tile& tile : grown.edge().tiles()) TRY(compare(files, tile));
  return leaves;
}

Result<> LogCopy::take_entries(const PublishedFiles& files, const TileId& id,
                               const std::string& origin, std::span<const Hash> leaves) {
  std::string path = entries_path(id.number, id.width);
  std::string bundle = TRY(need_file(files, path));
  auto entries = parse_entries(bundle, id.width);
  if (!entries) return wrong_file(path, entries.error().words);
  rocksdb::WriteBatch write(bundle.size() * 2);
  std::vector<Tile> full;
  StoredRecord stored;
  for (std::size_t i = size() % tile_width; i < id.width; ++i) {
    std::string_view entry = (*entries)[i];
    Position position = size() + 1;
    const Hash& leaf = leaves[i - (id.width - leaves.size())];
    std::string number = std::to_string(position);
    if (leaf_hash(bytes_of(entry)) != leaf) {
      return wrong_file(path, {"位置 " + number + " 的记录不是所签的记录",
                               "the record at position " + number + " is not what was signed"});
    }
    Result<> fits;
    auto unreadable = stored.read(entry, [&](Record::Reader record) {
      fits = check_record(record, origin, size(), last_micros_);
      last_micros_ = record.getRecordedAt();
      for (const std::string& key : index_keys(record, position))
        write.Put(store_->index(), key, {});
    });
    if (unreadable) fits = fail(Code::corrupt, "无法读取", *unreadable);
    if (!fits) {
      return wrong_file(path, {"位置 " + number + " 的记录：" + fits.error().words.zh,
                               "the record at position " + number + ": " + fits.error().words.en});
    }
    write.Put(store_->events(), event_key(position), {entry.data(), entry.size()});
    tree_.append(leaf, full);
  }
  for (const Tile& tile : full) {
    auto level = static_cast<std::uint8_t>(tile.id.level);
    write.Put(store_->tree(), tile_key(level, tile.id.number), tile.bytes());
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  if (auto status = store_->db->Write(options, &write); !status.ok()) {
    return std::unexpected(store_error(status));
  }
  return {};
}

Result<> LogCopy::take(const PublishedFiles& files, const Checkpoint& checkpoint,
                       const std::function<void(std::uint64_t)>& progress) {
  if (checkpoint.size < size()) {
    std::string there = std::to_string(checkpoint.size);
    std::string here = std::to_string(size());
    return fail(Code::conflict,
                "来源的检查点只有 " + there + " 条，而这里已有 " + here + " 条：来源退回了旧状态",
                "the source's checkpoint has " + there + " records and " + here +
                    " are here already: the source went back to an older state");
  }
  std::vector<Hash> leaves = TRY(take_leaves(files, checkpoint));
  std::span<const Hash> rest = leaves;
  for (const TileId& id : tiles_between(0, size(), checkpoint.size)) {
    std::size_t count = id.width - size() % tile_width;
    TRY(take_entries(files, id, checkpoint.origin, rest.first(count)));
    rest = rest.subspan(count);
    if (progress) progress(size());
  }
  return {};
}

}  // namespace events
