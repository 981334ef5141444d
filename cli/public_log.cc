#include "cli/public_log.h"

#include "cli/proof_of.h"
#include "events/published.h"
#include "events/text_encoding.h"

namespace cli {
namespace {

using events::Code;
using events::fail;
using events::Position;
using events::Result;
using events::TileId;

std::string joined(const std::vector<std::string>& path) {
  std::string text;
  for (const std::string& segment : path) {
    if (!text.empty()) text += '/';
    text += segment;
  }
  return text;
}

Result<std::uint64_t> covered(const Call& call) {
  auto kept = TRY(call.office.safe().kept());
  return kept ? kept->size : 0;
}

// A path that is not well formed names nothing.
Result<TileId> need_path(Result<TileId> parsed) {
  if (parsed) return parsed;
  return fail(Code::not_found, parsed.error().words.zh, parsed.error().words.en);
}

// What is full never changes; what is partial is soon replaced, and may go when it is.
Response bytes_response(std::string bytes, const TileId& id, std::string_view whose) {
  Response response{200, "application/octet-stream", std::move(bytes)};
  bool full = id.width == events::tile_width;
  std::string lasting = full ? ", max-age=31536000, immutable" : ", max-age=60";
  response.headers = {{"Cache-Control", std::string(whose) + lasting}};
  return response;
}

std::unexpected<events::Error> no_receipt() {
  return fail(Code::not_found, "没有这个位置，或与您无关",
              "there is no such position, or it is not yours");
}

}  // namespace

Result<Response> read_tile(const Call& call) {
  TileId id = TRY(need_path(events::parse_tile_path(joined(call.request.path))));
  auto tree = call.office.log().tree();
  return bytes_response(TRY(events::publish_tile(tree, id, TRY(covered(call)))), id, "public");
}

Result<Response> read_entries(const Call& call) {
  TRY(call.rights.may_read_events());
  TileId id = TRY(need_path(events::parse_entries_path(joined(call.request.path))));
  auto bundle = TRY(events::publish_entries(call.office.log(), id, TRY(covered(call))));
  return bytes_response(std::move(bundle), id, "private");
}

Result<Response> read_receipt(const Call& call) {
  const events::Log& log = call.office.log();
  auto position = events::parse_decimal(call.request.path.back());
  if (!position || *position < 1 || *position > log.head()) return no_receipt();
  auto cursor = log.read(*position - 1);
  if (!cursor.next()) return no_receipt();
  bool acted = events::view(cursor.recorded().record.getActor()) == call.rights.person();
  if (!acted && !call.rights.may_read_events()) return no_receipt();
  auto proof = proof_of(log, call.office.safe(), *position);
  if (!proof && proof.error().code == Code::too_early) {
    return fail(Code::overloaded, "检查点稍后才到这一位置，请再取一次",
                "the checkpoint has not come to this position yet: ask again shortly");
  }
  if (!proof) return std::unexpected(proof.error());
  Response response{200, "text/plain; charset=utf-8", proof->text};
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

}  // namespace cli
