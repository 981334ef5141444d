#include "events/safe_copy.h"

#include <map>
#include <set>

#include "events/file.h"
#include "events/safe.h"
#include "events/sha256.h"
#include "events/text_encoding.h"

namespace events {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t key_bytes_max = 1 << 20;
constexpr std::size_t sums_bytes_max = 256 << 20;
constexpr std::size_t digest_letters = 64;
constexpr const char* sums_name = "SHA256SUMS";
constexpr const char* folders[] = {"persons", "passphrases"};

using Names = std::set<std::string>;

Result<Names> names_in(const fs::path& safe) {
  Names names{"signing.seed", "log.vkey"};
  for (const char* folder : folders) {
    std::error_code error;
    if (!fs::exists(safe / folder, error)) continue;
    for (fs::directory_iterator it(safe / folder, error), end; !error && it != end;
         it.increment(error)) {
      // A key that is being made has another name until it is whole.
      if (it->path().extension() == ".part") continue;
      names.insert(folder + ("/" + it->path().filename().string()));
    }
    if (error) {
      std::string detail = (safe / folder).string() + ": " + error.message();
      return fail(Code::corrupt, "文件夹无法读取：" + detail, "cannot be read: " + detail);
    }
  }
  return names;
}

Result<> write_secret(const fs::path& path, const std::string& bytes) {
  auto there = read_file(path, key_bytes_max);
  if (there && *there == bytes) return {};
  return write_synced(path, bytes, Secrecy::secret);
}

Result<> make_key_folders(const fs::path& root) {
  TRY(make_folder(root, Secrecy::secret));
  for (const char* folder : folders) TRY(make_folder(root / folder, Secrecy::secret));
  return sync_names(root);
}

std::unexpected<Error> wrong_copy(const std::string& name) {
  return fail(Code::corrupt, "保管文件夹的备份已损坏：" + name,
              "the copy of the safe is damaged: " + name);
}

// Keys by their names, each with its digest verified.
Result<std::map<std::string, std::string>> read_copy(const fs::path& copy) {
  std::map<std::string, std::string> keys;
  std::string sums = TRY(read_file(copy / sums_name, sums_bytes_max));
  for (std::string_view rest = sums; !rest.empty();) {
    std::string line(TRY(take_line(rest)));
    if (line.size() <= digest_letters + 2) return wrong_copy(sums_name);
    std::string name = line.substr(digest_letters + 2);
    if (name.find("..") != std::string::npos || name.front() == '/') return wrong_copy(sums_name);
    auto bytes = read_file(copy / name, key_bytes_max);
    if (!bytes || hex(sha256(bytes_of(*bytes))) + "  " + name != line) return wrong_copy(name);
    keys[name] = *std::move(bytes);
  }
  if (!keys.contains("signing.seed") || !keys.contains("log.vkey")) return wrong_copy(sums_name);
  return keys;
}

}  // namespace

Result<> copy_safe(const fs::path& safe, const fs::path& copy) {
  TRY(make_key_folders(copy));
  Names names = TRY(names_in(safe));
  std::string sums;
  for (const std::string& name : names) {
    std::string bytes = TRY(read_file(safe / name, key_bytes_max));
    TRY(write_secret(copy / name, bytes));
    sums += hex(sha256(bytes_of(bytes))) + "  " + name + "\n";
  }
  TRY(write_secret(copy / sums_name, sums));
  // Only now: until then a copy that was cut off is still the one before.
  for (const std::string& name : TRY(names_in(copy))) {
    if (names.contains(name)) continue;
    std::error_code error;
    fs::remove(copy / name, error);
    if (error) return wrong_copy(name + ": " + error.message());
  }
  for (const char* folder : folders) TRY(sync_names(copy / folder));
  return {};
}

Result<> restore_safe(const fs::path& copy, const fs::path& safe, const std::string& note,
                      const NoteKey& log) {
  auto keys = TRY(read_copy(copy));
  std::string& name = keys["log.vkey"];
  if (name != vkey(log) + "\n") return wrong_copy("log.vkey");
  std::error_code error;
  if (fs::exists(safe / "signing.seed", error)) {
    return fail(Code::conflict, "保管文件夹里已有签名密钥：" + safe.string(),
                "the safe already holds a signing key: " + safe.string());
  }
  TRY(make_key_folders(safe));
  for (const char* slot : {"head.0", "head.1"}) {
    TRY(write_synced(safe / slot, note, Secrecy::open));
  }
  // Last: a folder with a key is a whole safe.
  auto seed = keys.extract("signing.seed");
  for (const auto& [path, bytes] : keys) TRY(write_secret(safe / path, bytes));
  TRY(write_secret(safe / seed.key(), seed.mapped()));
  TRY(Safe::open(safe));
  return {};
}

}  // namespace events
