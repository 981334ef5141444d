#include "events/proof.h"

#include "events/merkle.h"
#include "events/text_encoding.h"

namespace events {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_mark = "extra ";
constexpr std::string_view index_mark = "index ";
constexpr std::size_t proof_bytes_max = 2 * note_bytes_max;

std::unexpected<Error> wrong_proof(std::string zh, std::string en) {
  return fail(Code::corrupt, "证明有误:" + std::move(zh), "bad proof: " + std::move(en));
}

}  // namespace

std::string text(const Proof& proof) {
  std::string text = std::string(first_line) + "\n";
  if (!proof.extra.empty()) text += std::string(extra_mark) + base64(proof.extra) + "\n";
  text += std::string(index_mark) + std::to_string(proof.index) + "\n";
  for (const Hash& hash : proof.hashes) text += base64(hash) + "\n";
  return text + "\n" + proof.checkpoint;
}

Result<Proof> parse_proof(std::string_view text) {
  if (text.size() > proof_bytes_max) return wrong_proof("过长", "it is too long");
  std::string_view line = TRY(take_line(text));
  if (line != first_line) return wrong_proof("首行不符", "it does not begin with the right line");
  Proof proof;
  line = TRY(take_line(text));
  if (line.starts_with(extra_mark)) {
    proof.extra = TRY(parse_base64(line.substr(extra_mark.size())));
    if (proof.extra.empty()) return wrong_proof("extra 行为空", "the extra line is empty");
    line = TRY(take_line(text));
  }
  if (!line.starts_with(index_mark)) return wrong_proof("缺少序号行", "the index line is missing");
  proof.index = TRY(parse_decimal(line.substr(index_mark.size())));
  for (line = TRY(take_line(text)); !line.empty(); line = TRY(take_line(text))) {
    if (proof.hashes.size() == proof_hashes_max) {
      return wrong_proof("哈希过多", "it has too many hashes");
    }
    proof.hashes.push_back(TRY(parse_hash(line)));
  }
  Note note = TRY(parse_note(text));
  TRY(parse_checkpoint(note.text));
  proof.checkpoint = text;
  return proof;
}

Result<Inclusion> verify_proof(std::string_view proof_text, std::span<const std::uint8_t> leaf,
                               const NoteKey& log) {
  Proof proof = TRY(parse_proof(proof_text));
  Checkpoint checkpoint = TRY(open_checkpoint(proof.checkpoint, log));
  TRY(verify_inclusion(leaf_hash(leaf), proof.index, checkpoint.size, proof.hashes,
                       checkpoint.root));
  return Inclusion{proof.index, std::move(checkpoint)};
}

}  // namespace events
