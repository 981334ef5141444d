#include "tests/fault_file_system.h"

#include <rocksdb/env.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "events/assert.h"

namespace tests {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

namespace {

constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

// One spelling for each path: it is the key under which a file is known here.
std::string plain(const std::string& path) {
  std::string text = std::filesystem::path(path).lexically_normal().string();
  if (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text;
}

}  // namespace

std::shared_ptr<rocksdb::FileSystem> memory_files() {
  std::unique_ptr<rocksdb::Env> env(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  return env->GetFileSystem();
}

std::shared_ptr<rocksdb::FileSystem> real_files() { return rocksdb::FileSystem::Default(); }

class FaultFileSystem::OpenFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  OpenFile(FaultFileSystem& disk, std::string path, std::shared_ptr<File> file,
           std::unique_ptr<rocksdb::FSWritableFile> below)
      : FSWritableFileOwnerWrapper(std::move(below)),
        disk_(disk),
        path_(std::move(path)),
        file_(std::move(file)),
        epoch_(disk.epoch_) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    std::lock_guard lock(disk_.mutex_);
    if (IOStatus no = disk_.admit(Operation::append, path_, epoch_); !no.ok()) return no;

    const std::uint64_t fits = std::min<std::uint64_t>(data.size(), disk_.space_left_);
    IOStatus done = target()->Append(Slice(data.data(), fits), options, debug);
    if (!done.ok()) return done;
    file_->written += fits;
    disk_.counts_.bytes += fits;
    if (disk_.space_left_ != no_limit) disk_.space_left_ -= fits;
    if (fits < data.size()) return IOStatus::NoSpace("injected: disk full", path_);
    ++disk_.counts_.appends;
    return done;
  }

  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }

  IOStatus PositionedAppend(const Slice&, std::uint64_t, const IOOptions&,
                            IODebugContext*) override {
    return IOStatus::NotSupported("direct writes");
  }

  IOStatus PositionedAppend(const Slice&, std::uint64_t, const IOOptions&,
                            const rocksdb::DataVerificationInfo&, IODebugContext*) override {
    return IOStatus::NotSupported("direct writes");
  }

  IOStatus Truncate(std::uint64_t size, const IOOptions& options, IODebugContext* debug) override {
    std::lock_guard lock(disk_.mutex_);
    if (IOStatus no = disk_.admit(Operation::append, path_, epoch_); !no.ok()) return no;
    IOStatus done = target()->Truncate(size, options, debug);
    if (!done.ok()) return done;
    file_->written = size;
    file_->synced = std::min(file_->synced, size);
    return done;
  }

  // Nothing is synced below: what a sync would save is known here, and tests need not wait for a
  // disk.
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    std::lock_guard lock(disk_.mutex_);
    if (IOStatus no = disk_.admit(Operation::sync, path_, epoch_); !no.ok()) {
      file_->sync_failed = true;
      return no;
    }
    if (!file_->sync_failed) file_->synced = file_->written;
    ++disk_.counts_.syncs;
    return IOStatus::OK();
  }

  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync(options, debug);
  }

  // Only asks the system to begin writing: nothing becomes safe by it.
  IOStatus RangeSync(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }

 private:
  FaultFileSystem& disk_;
  const std::string path_;
  const std::shared_ptr<File> file_;
  const std::uint64_t epoch_;
};

class FaultFileSystem::OpenFolder : public rocksdb::FSDirectoryWrapper {
 public:
  OpenFolder(FaultFileSystem& disk, std::string path, std::unique_ptr<rocksdb::FSDirectory> below)
      : FSDirectoryWrapper(std::move(below)),
        disk_(disk),
        path_(std::move(path)),
        epoch_(disk.epoch_) {}

  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    std::lock_guard lock(disk_.mutex_);
    if (IOStatus no = disk_.admit(Operation::folder_sync, path_, epoch_); !no.ok()) return no;
    disk_.forget_changes_in(path_);
    ++disk_.counts_.folder_syncs;
    return IOStatus::OK();
  }

  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions&) override {
    return Fsync(options, debug);
  }

 private:
  FaultFileSystem& disk_;
  const std::string path_;
  const std::uint64_t epoch_;
};

FaultFileSystem::FaultFileSystem(const std::shared_ptr<rocksdb::FileSystem>& base,
                                 std::uint64_t seed)
    : FileSystemWrapper(base), random_(seed) {}

void FaultFileSystem::cut_power(Unsynced unsynced) {
  std::lock_guard lock(mutex_);
  ASSERT(powered_);
  powered_ = false;
  ++epoch_;

  for (const auto& [path, file] : files_) {
    if (file->synced == file->written) continue;
    const std::uint64_t unsafe = file->written - file->synced;
    const std::uint64_t kept = unsynced == Unsynced::torn ? up_to(unsafe) : 0;
    std::string bytes;
    ASSERT(rocksdb::ReadFileToString(target(), path, &bytes).ok());
    ASSERT(bytes.size() == file->written);
    bytes.resize(file->synced + kept);
    write_anew(path, bytes);
  }

  const std::uint64_t names_kept = up_to(name_changes_.size());
  while (name_changes_.size() > names_kept) {
    undo(name_changes_.back());
    name_changes_.pop_back();
  }
  name_changes_.clear();
  files_.clear();
}

void FaultFileSystem::restore_power() {
  std::lock_guard lock(mutex_);
  ASSERT(!powered_);
  powered_ = true;
}

void FaultFileSystem::fail(Failure failure) {
  ASSERT(failure.nth > 0);
  std::lock_guard lock(mutex_);
  failures_.push_back(std::move(failure));
}

void FaultFileSystem::limit_space(std::uint64_t bytes) {
  std::lock_guard lock(mutex_);
  space_left_ = bytes;
}

void FaultFileSystem::heal() {
  std::lock_guard lock(mutex_);
  failures_.clear();
  space_left_ = no_limit;
}

bool FaultFileSystem::flip_bit(const std::string& path, std::uint64_t bit) {
  std::lock_guard lock(mutex_);
  std::string bytes;
  if (!rocksdb::ReadFileToString(target(), path, &bytes).ok()) return false;
  if (bit / 8 >= bytes.size()) return false;

  // In place, so that readers that have the file open see it too.
  const char flipped = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
  std::unique_ptr<rocksdb::FSRandomRWFile> file;
  ASSERT(target()->NewRandomRWFile(path, {}, &file, nullptr).ok());
  ASSERT(file->Write(bit / 8, Slice(&flipped, 1), {}, nullptr).ok());
  ASSERT(file->Close({}, nullptr).ok());
  return true;
}

Counts FaultFileSystem::counts() const {
  std::lock_guard lock(mutex_);
  return counts_;
}

IOStatus FaultFileSystem::NewWritableFile(const std::string& path, const FileOptions& options,
                                          std::unique_ptr<rocksdb::FSWritableFile>* result,
                                          IODebugContext* debug) {
  std::lock_guard lock(mutex_);
  const std::string name = plain(path);
  if (IOStatus no = admit(Operation::name_change, name); !no.ok()) return no;
  std::optional<std::string> before = safe_bytes(name);
  std::unique_ptr<rocksdb::FSWritableFile> below;
  IOStatus done = target()->NewWritableFile(path, options, &below, debug);
  if (!done.ok()) return done;

  auto file = std::make_shared<File>();
  files_[name] = file;
  name_changes_.push_back({"", name, std::move(before)});
  *result = std::make_unique<OpenFile>(*this, name, std::move(file), std::move(below));
  return done;
}

IOStatus FaultFileSystem::ReopenWritableFile(const std::string& path, const FileOptions& options,
                                             std::unique_ptr<rocksdb::FSWritableFile>* result,
                                             IODebugContext* debug) {
  std::lock_guard lock(mutex_);
  const std::string name = plain(path);
  if (IOStatus no = admit(Operation::name_change, name); !no.ok()) return no;
  std::uint64_t size = 0;
  const bool is_new = !target()->GetFileSize(path, options.io_options, &size, debug).ok();
  std::unique_ptr<rocksdb::FSWritableFile> below;
  IOStatus done = target()->ReopenWritableFile(path, options, &below, debug);
  if (!done.ok()) return done;

  std::shared_ptr<File>& file = files_[name];
  if (!file) file = std::make_shared<File>(File{size, size, false});
  if (is_new) name_changes_.push_back({"", name, std::nullopt});
  *result = std::make_unique<OpenFile>(*this, name, file, std::move(below));
  return done;
}

// Without the reuse of the old bytes, which would be overwritten in place.
IOStatus FaultFileSystem::ReuseWritableFile(const std::string& path, const std::string& old_path,
                                            const FileOptions& options,
                                            std::unique_ptr<rocksdb::FSWritableFile>* result,
                                            IODebugContext* debug) {
  IOStatus done = RenameFile(old_path, path, options.io_options, debug);
  if (!done.ok()) return done;
  return NewWritableFile(path, options, result, debug);
}

IOStatus FaultFileSystem::NewDirectory(const std::string& path, const IOOptions& options,
                                       std::unique_ptr<rocksdb::FSDirectory>* result,
                                       IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSDirectory> below;
  IOStatus done = target()->NewDirectory(path, options, &below, debug);
  if (!done.ok()) return done;
  std::lock_guard lock(mutex_);
  *result = std::make_unique<OpenFolder>(*this, plain(path), std::move(below));
  return done;
}

IOStatus FaultFileSystem::DeleteFile(const std::string& path, const IOOptions& options,
                                     IODebugContext* debug) {
  std::lock_guard lock(mutex_);
  const std::string name = plain(path);
  if (IOStatus no = admit(Operation::name_change, name); !no.ok()) return no;
  std::optional<std::string> before = safe_bytes(name);
  IOStatus done = target()->DeleteFile(path, options, debug);
  if (!done.ok()) return done;

  files_.erase(name);
  name_changes_.push_back({"", name, std::move(before)});
  return done;
}

// A folder does not come back, and so neither does what was in it.
IOStatus FaultFileSystem::DeleteDir(const std::string& path, const IOOptions& options,
                                    IODebugContext* debug) {
  std::lock_guard lock(mutex_);
  if (IOStatus no = admit(Operation::name_change, plain(path)); !no.ok()) return no;
  IOStatus done = target()->DeleteDir(path, options, debug);
  if (done.ok()) forget_changes_in(plain(path));
  return done;
}

IOStatus FaultFileSystem::RenameFile(const std::string& from, const std::string& to,
                                     const IOOptions& options, IODebugContext* debug) {
  std::lock_guard lock(mutex_);
  const std::string old_name = plain(from);
  const std::string name = plain(to);
  if (IOStatus no = admit(Operation::name_change, name); !no.ok()) return no;
  std::optional<std::string> before = safe_bytes(name);
  IOStatus done = target()->RenameFile(from, to, options, debug);
  if (!done.ok()) return done;

  files_.erase(name);
  if (auto moved = files_.extract(old_name); !moved.empty()) {
    moved.key() = name;
    files_.insert(std::move(moved));
  }
  name_changes_.push_back({old_name, name, std::move(before)});
  return done;
}

// RocksDB asks this to find out whether a full disk has room again.
IOStatus FaultFileSystem::GetFreeSpace(const std::string& path, const IOOptions& options,
                                       std::uint64_t* free, IODebugContext* debug) {
  std::lock_guard lock(mutex_);
  if (space_left_ == no_limit) return target()->GetFreeSpace(path, options, free, debug);
  *free = space_left_;
  return IOStatus::OK();
}

// Counts one attempt against every failure that was asked for, and says whether it may go on.
IOStatus FaultFileSystem::admit(Operation operation, const std::string& path) {
  if (!powered_) return IOStatus::IOError("injected: no power", path);
  bool fails = false;
  for (Failure& failure : failures_) {
    if (failure.operation != Operation::any && failure.operation != operation) continue;
    if (failure.nth == 0 || !path.ends_with(failure.ending)) continue;
    if (failure.nth > 1) {
      --failure.nth;
      continue;
    }
    fails = true;
    if (failure.once) failure.nth = 0;  // spent
  }
  return fails ? IOStatus::IOError("injected: failure", path) : IOStatus::OK();
}

IOStatus FaultFileSystem::admit(Operation operation, const std::string& path, std::uint64_t epoch) {
  if (epoch != epoch_) return IOStatus::IOError("injected: open since before the cut", path);
  return admit(operation, path);
}

std::optional<std::string> FaultFileSystem::safe_bytes(const std::string& path) {
  std::string bytes;
  if (!rocksdb::ReadFileToString(target(), path, &bytes).ok()) return std::nullopt;
  if (auto found = files_.find(path); found != files_.end()) bytes.resize(found->second->synced);
  return bytes;
}

// A new file under the old name: what handles from before still do on closing, such as trimming to
// the length they know, goes to the old one, which nobody sees any more.
void FaultFileSystem::write_anew(const std::string& path, const std::string& bytes) {
  if (target()->FileExists(path, {}, nullptr).ok()) {
    ASSERT(target()->DeleteFile(path, {}, nullptr).ok());
  }
  ASSERT(rocksdb::WriteStringToFile(target(), bytes, path).ok());
}

void FaultFileSystem::undo(const NameChange& change) {
  // The name may be gone already: of a move between folders, a sync of one makes later changes
  // safe.
  const bool there = target()->FileExists(change.to, {}, nullptr).ok();
  if (there && !change.from.empty()) {
    ASSERT(target()->RenameFile(change.to, change.from, {}, nullptr).ok());
  } else if (there) {
    ASSERT(target()->DeleteFile(change.to, {}, nullptr).ok());
  }
  if (change.before) write_anew(change.to, *change.before);
}

void FaultFileSystem::forget_changes_in(const std::string& folder) {
  std::erase_if(name_changes_, [&](const NameChange& change) {
    return std::filesystem::path(change.to).parent_path() == folder ||
           std::filesystem::path(change.from).parent_path() == folder;
  });
}

}  // namespace tests
