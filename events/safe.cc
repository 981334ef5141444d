#include "events/safe.h"

#include <algorithm>

#include "events/new_key.h"
#include "events/sha256.h"
#include "events/text_encoding.h"

namespace events {
namespace {

constexpr std::size_t small_file_bytes_max = 1 << 20;
constexpr const char* slots[] = {"head.0", "head.1"};

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

template <std::size_t size>
Result<std::array<std::uint8_t, size>> parse_key(std::string_view text,
                                                 const std::filesystem::path& path) {
  auto bytes = parse_hex(text);
  if (!bytes || bytes->size() != size) {
    return fail(Code::corrupt, "密钥文件已损坏：" + path.string(),
                "the key file is damaged: " + path.string());
  }
  std::array<std::uint8_t, size> key;
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return key;
}

Result<std::optional<std::string>> read_if_there(const std::filesystem::path& path) {
  auto text = read_file(path, small_file_bytes_max);
  if (text) return *text;
  if (text.error().code == Code::not_found) return std::nullopt;
  return std::unexpected(text.error());
}

}  // namespace

Safe::Safe(std::filesystem::path folder, SigningKey key, NoteKey public_key)
    : folder_(std::move(folder)), key_(std::move(key)), public_key_(std::move(public_key)) {}

Result<Safe> Safe::create(const std::filesystem::path& folder, const std::string& origin) {
  if (TRY(read_if_there(folder / "signing.seed"))) {
    return fail(
        Code::conflict, "保管文件夹里已有签名密钥：" + folder.string() + "。请另选文件夹",
        "the safe already holds a signing key: " + folder.string() + ". Choose another folder");
  }
  if (!valid_key_name(origin)) {
    return fail(Code::invalid, "日志名称不能为空，也不能含空格或加号：" + origin,
                "a log's name is not empty and has no space or plus sign: " + origin);
  }
  TRY(make_folder(folder, Secrecy::secret));
  TRY(make_folder(folder / "persons", Secrecy::secret));
  SigningKey key = SigningKey::generate();
  NoteKey public_key{origin, KeyType::ed25519, key.public_key()};
  Safe safe(folder, std::move(key), std::move(public_key));
  TRY(write_synced(folder / "log.vkey", vkey(safe.public_key_) + "\n", Secrecy::open));
  TRY(safe.keep_restored({origin, 0, empty_root()}));
  // Last: a folder with a key is a whole safe.
  TRY(write_synced(folder / "signing.seed", hex(safe.key_.seed()) + "\n", Secrecy::secret));
  return safe;
}

Result<Safe> Safe::open(const std::filesystem::path& folder) {
  auto seed_path = folder / "signing.seed";
  auto text = TRY(read_if_there(seed_path));
  if (!text) {
    return fail(
        Code::not_found,
        "找不到保管文件夹（签名密钥与检查点）：" + folder.string() + "。请用 --safe 指明位置",
        "there is no safe (signing key and checkpoint) in " + folder.string() +
            ": say where it is with --safe");
  }
  SigningKey key = SigningKey::from_seed(TRY(parse_key<32>(trimmed(*text), seed_path)));
  auto name = TRY(read_file(folder / "log.vkey", small_file_bytes_max));
  NoteKey public_key = TRY(parse_vkey(trimmed(name)));
  if (public_key.key != key.public_key()) {
    return fail(Code::corrupt, "签名密钥与公钥文件不是一对：" + folder.string(),
                "the signing key and log.vkey are not a pair: " + folder.string());
  }
  return Safe(folder, std::move(key), std::move(public_key));
}

// One damaged slot is what a power cut may leave; the other one still speaks.
Result<Safe::Newest> Safe::newest() const {
  std::optional<Newest> best;
  for (std::size_t slot = 0; slot < std::size(slots); ++slot) {
    auto note = TRY(read_if_there(folder_ / slots[slot]));
    if (!note) continue;
    auto opened = open_checkpoint(*note, public_key_);
    if (!opened || (best && best->checkpoint.size >= opened->size)) continue;
    best = Newest{slot, *std::move(note), *std::move(opened)};
  }
  if (best) return *std::move(best);
  return fail(
      Code::corrupt,
      "保管的检查点丢失或已损坏：" + (folder_ / slots[0]).string() + "。请从保管文件夹的备份恢复",
      "the kept checkpoints are lost or damaged: " + (folder_ / slots[0]).string() +
          ". Restore a backup of the safe");
}

Result<std::string> Safe::kept_note() const {
  Newest found = TRY(newest());
  return found.checkpoint.size > 0 ? found.note : std::string();
}

Result<std::optional<Checkpoint>> Safe::kept() const {
  Newest found = TRY(newest());
  if (found.checkpoint.size == 0) return std::nullopt;
  return std::move(found.checkpoint);
}

Result<> Safe::write_slot(std::size_t slot, const Checkpoint& checkpoint) {
  return write_synced(folder_ / slots[slot], sign_checkpoint(checkpoint, key_), Secrecy::open);
}

Result<> Safe::keep(const Checkpoint& checkpoint) {
  Newest known = TRY(newest());
  bool same = checkpoint == known.checkpoint;
  if (checkpoint.origin != origin() || (checkpoint.size <= known.checkpoint.size && !same)) {
    return fail(Code::conflict,
                "不能签发检查点 " + std::to_string(checkpoint.size) + "：已签发过 " +
                    std::to_string(known.checkpoint.size) + " 条的检查点，二者不能相承",
                "a checkpoint of " + std::to_string(checkpoint.size) +
                    " events cannot be signed: one of " + std::to_string(known.checkpoint.size) +
                    " was signed before, and it does not follow from that one");
  }
  if (same) return {};
  return write_slot(1 - known.slot, checkpoint);
}

Result<> Safe::keep_restored(const Checkpoint& checkpoint) {
  for (std::size_t slot = 0; slot < std::size(slots); ++slot) TRY(write_slot(slot, checkpoint));
  return {};
}

std::filesystem::path Safe::key_path(std::string_view person) const {
  return folder_ / "persons" / (hex(sha256(bytes_of(person))) + ".key");
}

Result<PersonKey> Safe::find_key(std::string_view person) const {
  auto path = key_path(person);
  return parse_key<32>(trimmed(TRY(read_file(path, small_file_bytes_max))), path);
}

Result<PersonKey> Safe::find_or_make_key(std::string_view person) {
  auto found = find_key(person);
  if (found || found.error().code != Code::not_found) return found;
  PersonKey key = new_key();
  TRY(write_synced(key_path(person), hex(key) + "\n", Secrecy::secret));
  return key;
}

}  // namespace events
