#include "cli/tokens.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "events/file.h"
#include "events/new_key.h"
#include "events/sha256.h"
#include "events/text_encoding.h"
#include "projections/json.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Code;
using events::fail;
using events::Result;

constexpr std::string_view prefix = "probity_";
constexpr std::size_t bytes_max = 4096;
constexpr std::size_t id_digits = 16;

std::string digest_of(std::string_view token) {
  return events::hex(events::sha256(events::bytes_of(token)));
}

Result<Token> read(const std::filesystem::path& path) {
  auto damaged = fail(Code::corrupt, "令牌文件已损坏：" + path.string(),
                      "the token's file is damaged: " + path.string());
  auto text = events::read_file(path, bytes_max);
  if (!text && text.error().code == Code::not_found) return std::unexpected(text.error());
  if (!text) return damaged;
  boost::system::error_code error;
  json::value value = json::parse(*text, error);
  if (error || !value.is_object()) return damaged;
  auto member = [&](std::string_view name) {
    return projections::text_in(value.as_object(), name);
  };
  auto issued = events::parse_moment(member("issued"));
  auto expires = events::parse_moment(member("expires"));
  if (!issued || !expires || member("person").empty()) return damaged;
  return Token{path.stem().string().substr(0, id_digits), member("person"), member("label"),
               *issued, *expires};
}

}  // namespace

Result<std::string> Tokens::issue(const std::string& person, const std::string& label,
                                  events::Moment now, std::chrono::days lasting) const {
  std::string token = std::string(prefix) + events::hex(events::new_key());
  json::object kept{{"person", person},
                    {"label", label},
                    {"issued", events::text(now)},
                    {"expires", events::text(now + lasting)}};
  TRY(events::make_folder(folder_, events::Secrecy::secret));
  TRY(events::write_synced(folder_ / (digest_of(token) + ".json"), json::serialize(kept) + "\n",
                           events::Secrecy::secret));
  return token;
}

Result<Token> Tokens::find(std::string_view token, events::Moment now) const {
  auto unknown = fail(Code::unauthenticated, "令牌无效或已过期；请重新领取",
                      "the token is not valid, or is over: ask for a new one");
  if (!token.starts_with(prefix)) return unknown;
  auto found = read(folder_ / (digest_of(token) + ".json"));
  if (!found && found.error().code == Code::not_found) return unknown;
  if (found && found->expires <= now) return unknown;
  return found;
}

Result<std::vector<Token>> Tokens::list() const {
  std::vector<Token> all;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, none)) {
    if (entry.path().extension() != ".json") continue;
    std::string id = entry.path().stem().string().substr(0, id_digits);
    // One that is damaged lets nobody in, but can be ended.
    all.push_back(read(entry.path()).value_or(Token{id, "", "?", {}, {}}));
  }
  std::ranges::sort(all, std::less<>(),
                    [](const Token& one) { return std::pair(one.issued, one.id); });
  return all;
}

Result<> Tokens::end(std::string_view id) const {
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, none)) {
    if (id.size() < id_digits || !entry.path().filename().string().starts_with(id)) continue;
    std::error_code error;
    std::filesystem::remove(entry.path(), error);
    if (!error) return {};
    return fail(Code::forbidden, "无法删除：" + entry.path().string(),
                "cannot be deleted: " + entry.path().string());
  }
  return fail(Code::not_found, "没有这个令牌：" + std::string(id),
              "there is no token " + std::string(id));
}

}  // namespace cli
