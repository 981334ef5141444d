#include "cli/page_token.h"

#include <sodium.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <vector>

#include "events/text_encoding.h"
#include "projections/json.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Result;

constexpr std::size_t nonce_bytes = crypto_secretbox_NONCEBYTES;
constexpr std::size_t overhead = nonce_bytes + crypto_secretbox_MACBYTES;
// The length of what a token says is nobody's business either.
constexpr std::size_t padded_to = 128;

static_assert(crypto_secretbox_KEYBYTES == sizeof(events::new_key()));
static_assert(nonce_bytes <= sizeof(events::new_key()));

std::optional<json::object> opened(std::string_view token, const std::uint8_t* key) {
  auto bytes = events::parse_hex(token);
  if (!bytes || bytes->size() < overhead) return std::nullopt;
  std::string text(bytes->size() - overhead, '\0');
  auto* out = reinterpret_cast<std::uint8_t*>(text.data());
  if (crypto_secretbox_open_easy(out, bytes->data() + nonce_bytes, bytes->size() - nonce_bytes,
                                 bytes->data(), key) != 0) {
    return std::nullopt;
  }
  boost::system::error_code error;
  auto value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

}  // namespace

std::string PageTokens::write(const projections::View& view, const projections::Scan& scan) const {
  json::array after(scan.after.begin(), scan.after.end());
  std::string text = json::serialize(json::object{
      {"view", view.name}, {"at", std::to_string(*scan.at)}, {"after", std::move(after)}});
  text.resize((text.size() + padded_to - 1) / padded_to * padded_to, ' ');
  auto nonce = events::new_key();
  std::vector<std::uint8_t> bytes(overhead + text.size());
  std::copy_n(nonce.begin(), nonce_bytes, bytes.begin());
  crypto_secretbox_easy(bytes.data() + nonce_bytes,
                        reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                        bytes.data(), key_.data());
  return events::hex(bytes);
}

Result<> PageTokens::read(std::string_view token, const projections::View& view,
                          projections::Scan& scan) const {
  auto wrong = events::fail(events::Code::invalid,
                            "page_token 不属于这个地址，或服务器已重新启动；请从第一页开始",
                            "the page_token is not of this path, or the server was started anew "
                            "since: begin with the first page");
  auto said = opened(token, key_.data());
  if (!said || projections::text_in(*said, "view") != view.name) return wrong;
  std::vector<std::string> after;
  for (const auto& part : said->at("after").as_array()) after.emplace_back(part.as_string());
  if (after.size() < scan.prefix.size()) return wrong;
  if (!std::equal(scan.prefix.begin(), scan.prefix.end(), after.begin())) return wrong;
  scan.at = *events::parse_decimal(projections::text_in(*said, "at"));
  scan.after = std::move(after);
  return {};
}

}  // namespace cli
