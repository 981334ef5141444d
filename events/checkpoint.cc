#include "events/checkpoint.h"

#include <algorithm>

#include "events/assert.h"
#include "events/merkle.h"
#include "events/text_encoding.h"

namespace events {
namespace {

std::unexpected<Error> wrong_checkpoint(std::string zh, std::string en) {
  return fail(Code::corrupt, "检查点有误:" + std::move(zh), "bad checkpoint: " + std::move(en));
}

}  // namespace

std::string text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         base64(checkpoint.root) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  std::string_view origin = TRY(take_line(text));
  std::string_view size_line = TRY(take_line(text));
  std::string_view root_line = TRY(take_line(text));
  if (origin.empty()) return wrong_checkpoint("没有来源名", "the origin is missing");
  if (!text.empty()) return wrong_checkpoint("有多余的行", "there are extension lines");
  auto size = parse_decimal(size_line);
  if (!size || *size > tree_size_max) {
    return wrong_checkpoint(
        "树的大小不是无前导零的十进制数,或超出范围",
        "the tree size is not a decimal number without leading zeros, or is out "
        "of range");
  }
  auto root = parse_hash(root_line);
  if (!root) {
    return wrong_checkpoint("根哈希" + root.error().words.zh,
                            "the root is " + root.error().words.en);
  }
  return Checkpoint{std::string(origin), *size, *root};
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  ASSERT(checkpoint.size <= tree_size_max);
  return sign_note(text(checkpoint), checkpoint.origin, key);
}

Result<Checkpoint> open_checkpoint(std::string_view note, const NoteKey& log) {
  CosignedCheckpoint opened = TRY(open_checkpoint(note, log, {}));
  return std::move(opened.checkpoint);
}

Result<CosignedCheckpoint> open_checkpoint(std::string_view note, const NoteKey& log,
                                           std::span<const NoteKey> witnesses) {
  std::vector<NoteKey> known{log};
  known.insert(known.end(), witnesses.begin(), witnesses.end());
  OpenedNote opened = TRY(open_note(note, known));
  auto by_log = std::ranges::find(opened.signers, log, &Signer::key);
  if (by_log == opened.signers.end()) {
    return wrong_checkpoint("日志自己没有签名", "the log itself has not signed");
  }
  opened.signers.erase(by_log);
  Checkpoint checkpoint = TRY(parse_checkpoint(opened.text));
  if (checkpoint.origin != log.name) {
    return wrong_checkpoint("来源名与密钥名不同", "the origin is not the name of the key");
  }
  return CosignedCheckpoint{std::move(checkpoint), std::move(opened.signers)};
}

}  // namespace events
