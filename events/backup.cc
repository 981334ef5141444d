#include "events/backup.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <set>

#include "events/file.h"

namespace events {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> not_listed(const fs::path& folder, const std::error_code& error) {
  return fail(Code::corrupt, "文件夹无法读写：" + folder.string() + "：" + error.message(),
              "the folder cannot be read or written: " + folder.string() + ": " + error.message());
}

// Two that write the same backup would take each other's half-written files for their own.
class BackupLock {
 public:
  BackupLock() = default;
  ~BackupLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  BackupLock(const BackupLock&) = delete;
  BackupLock& operator=(const BackupLock&) = delete;

  Result<> take(const fs::path& folder) {
    descriptor_ = ::open((folder / "backup.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return {};
    return fail(
        Code::conflict, "另一个进程正在写入备份，或没有权限：" + folder.string(),
        "another process is writing this backup, or there is no permission: " + folder.string());
  }

 private:
  int descriptor_ = -1;
};

// Each new name is synced with the folder that it stands in.
Result<> make_folders(const fs::path& root, const fs::path& below) {
  fs::path folder = root;
  for (const fs::path& part : below) {
    folder /= part;
    std::error_code error;
    if (fs::is_directory(folder, error)) continue;
    TRY(make_folder(folder, Secrecy::open));
    TRY(sync_names(folder.parent_path()));
  }
  return {};
}

Result<> write_file(const fs::path& root, const std::string& path, std::string_view bytes) {
  TRY(make_folders(root, fs::path(path).parent_path()));
  return write_synced(root / path, bytes, Secrecy::open);
}

// What the checkpoint before needed and this one does not, and what was cut off half-written.
Result<> remove_outdated(const fs::path& folder, std::uint64_t size) {
  std::set<fs::path> wanted;
  for (unsigned level = 0; level < tree_levels; ++level) {
    std::uint64_t hashes = size >> (level * tile_height);
    if (hashes % tile_width == 0) continue;
    TileId id{level, hashes / tile_width, static_cast<unsigned>(hashes % tile_width)};
    wanted.insert(folder / tile_path(id));
    if (level == 0) wanted.insert(folder / entries_path(id.number, id.width));
  }
  std::error_code error;
  std::vector<fs::path> outdated;
  for (fs::recursive_directory_iterator it(folder / "tile", error), end; !error && it != end;
       it.increment(error)) {
    const fs::path& path = it->path();
    bool partial = path.parent_path().extension() == ".p" || path.extension() == ".part";
    if (partial && !it->is_directory() && !wanted.contains(path)) outdated.push_back(path);
  }
  for (const fs::path& path : outdated) {
    if (!error) fs::remove(path, error);
    std::error_code not_empty;
    if (path.parent_path().extension() == ".p") fs::remove(path.parent_path(), not_empty);
  }
  if (error) return not_listed(folder, error);
  return {};
}

// The size of the backup that is there.
Result<std::uint64_t> find_earlier(const Log& log, const NoteKey& key, const fs::path& folder,
                                   std::uint64_t size) {
  auto note = read_file(folder / checkpoint_path, note_bytes_max);
  if (!note && note.error().code == Code::not_found) return 0;
  if (!note) return std::unexpected(note.error());
  auto earlier = open_checkpoint(*note, key);
  if (!earlier) {
    return fail(Code::conflict, "文件夹里是另一个日志的备份，或其检查点已损坏：" + folder.string(),
                "the folder holds a backup of another log, or its checkpoint is damaged: " +
                    folder.string());
  }
  if (earlier->size <= size && TRY(log.root(earlier->size)) == earlier->root) return earlier->size;
  std::string there = std::to_string(earlier->size);
  return fail(Code::conflict,
              "备份有 " + there +
                  " 条，现在的日志与之不相承：日志丢了末尾，或历史被改写过。"
                  "备份未作改动；请另选文件夹",
              "the backup has " + there +
                  " records, and the log of today does not follow from "
                  "them: it lost its end, or history was rewritten. The backup was left as it is; "
                  "choose another folder");
}

}  // namespace

Result<BackupDone> write_backup(const Log& log, const std::string& note, const NoteKey& key,
                                const fs::path& folder,
                                const std::function<void(std::uint64_t)>& progress) {
  BackupDone done{0, TRY(open_checkpoint(note, key))};
  std::uint64_t size = done.checkpoint.size;
  if (TRY(log.root(size)) != done.checkpoint.root) {
    return fail(Code::corrupt, "日志与检查点不符，不备份。请运行 probity log verify",
                "the log does not agree with its checkpoint, and is not backed up: run probity "
                "log verify");
  }
  TRY(make_folder(folder, Secrecy::secret));
  BackupLock lock;
  TRY(lock.take(folder));
  done.from = TRY(find_earlier(log, key, folder, size));
  TreeReader tree = log.tree();
  for (const TileId& id : tiles_between(0, done.from, size)) {
    std::string entries = TRY(publish_entries(log, id, size));
    TRY(write_file(folder, entries_path(id.number, id.width), entries));
    TRY(write_file(folder, tile_path(id), TRY(publish_tile(tree, id, size))));
    if (progress) progress(id.number * tile_width + id.width);
  }
  for (unsigned level = 1; level < tree_levels; ++level) {
    for (const TileId& id : tiles_between(level, done.from, size)) {
      TRY(write_file(folder, tile_path(id), TRY(publish_tile(tree, id, size))));
    }
  }
  TRY(write_file(folder, "log.vkey", vkey(key) + "\n"));
  TRY(write_file(folder, checkpoint_path, note));
  TRY(remove_outdated(folder, size));
  return done;
}

}  // namespace events
