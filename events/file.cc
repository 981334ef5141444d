#include "events/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace events {
namespace {

std::unexpected<Error> failed(const std::filesystem::path& path) {
  std::string detail = path.string() + ": " + std::strerror(errno);
  Code code = errno == ENOENT                     ? Code::not_found
              : errno == EACCES || errno == EPERM ? Code::forbidden
              : errno == ENOSPC                   ? Code::overloaded
                                                  : Code::corrupt;
  return fail(code, "文件操作失败：" + detail, "file: " + detail);
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool valid() const { return number_ >= 0; }

 private:
  int number_;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<> write_synced(const std::filesystem::path& path, std::string_view bytes, Secrecy secrecy) {
  std::filesystem::path part = path;
  part += ".part";
  {
    mode_t mode = secrecy == Secrecy::secret ? 0600 : 0644;
    Descriptor opened(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    if (!opened.valid() || !write_all(opened.number(), bytes) || ::fsync(opened.number()) != 0) {
      return failed(part);
    }
  }
  if (::rename(part.c_str(), path.c_str()) != 0) return failed(path);
  return sync_names(path.parent_path());
}

Result<> sync_names(const std::filesystem::path& folder) {
  // Of a name without a folder the parent is empty: it lies where the program runs.
  const char* path = folder.empty() ? "." : folder.c_str();
  Descriptor opened(::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.valid() || ::fsync(opened.number()) != 0) return failed(folder);
  return {};
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t bytes_max) {
  Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened.valid()) return failed(path);
  std::string bytes;
  char buffer[16384];
  for (;;) {
    ssize_t read = ::read(opened.number(), buffer, sizeof buffer);
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) return failed(path);
    if (read == 0) return bytes;
    bytes.append(buffer, static_cast<std::size_t>(read));
    if (bytes.size() > bytes_max) {
      return fail(Code::invalid, "文件太大：" + path.string(),
                  "the file is too large: " + path.string());
    }
  }
}

Result<> make_folder(const std::filesystem::path& path, Secrecy secrecy) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  mode_t mode = secrecy == Secrecy::secret ? 0700 : 0755;
  if (::mkdir(path.c_str(), mode) != 0 && errno != EEXIST) return failed(path);
  return {};
}

}  // namespace events
