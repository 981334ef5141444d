#include "cli/proof_of.h"

#include "events/proof.h"

namespace cli {
namespace {

using events::Code;
using events::fail;
using events::Position;
using events::Result;

Result<> check_position(Position position, Position head, Position covered) {
  if (position < 1 || position > head) {
    std::string last = std::to_string(head);
    return fail(Code::not_found, "没有位置 " + std::to_string(position) + "；现有 1–" + last,
                "there is no position " + std::to_string(position) + "; there are 1 to " + last);
  }
  if (position <= covered) return {};
  std::string size = std::to_string(covered);
  return fail(Code::too_early,
              "位置 " + std::to_string(position) + " 还没有检查点：保管的检查点只到 " + size +
                  "。下次写入或关闭日志后即有，请稍后再取证明",
              "no checkpoint covers position " + std::to_string(position) +
                  " yet: the kept one goes up to " + size +
                  ". There is one when the log is next written to or closed: ask again then");
}

}  // namespace

Result<ProofOf> proof_of(const events::Log& log, const events::Safe& safe, Position position) {
  std::string note = TRY(safe.kept_note());
  events::Checkpoint checkpoint;
  if (!note.empty()) checkpoint = TRY(events::open_checkpoint(note, safe.public_key()));
  TRY(check_position(position, log.head(), checkpoint.size));
  events::Proof proof;
  proof.index = position - 1;
  proof.checkpoint = note;
  auto tree = log.tree();
  proof.hashes = TRY(tree.inclusion(proof.index, checkpoint.size));
  auto cursor = log.read(proof.index);
  if (!cursor.next()) return fail(Code::corrupt, "记录缺失", "the record is missing");
  ProofOf made{events::text(proof), {}};
  // A proof that does not hold must not leave the house.
  TRY(events::verify_proof(made.text, cursor.bytes(), safe.public_key()));
  auto bytes = cursor.bytes();
  made.leaf.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return made;
}

}  // namespace cli
