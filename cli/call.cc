#include "cli/call.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cctype>

#include "cli/credentials.h"
#include "events/text_encoding.h"

namespace cli {

using events::Code;
using events::Position;
using events::Result;

namespace {

std::string bearer_of(const Request& request) {
  std::string_view value = value_of(request.headers, "authorization");
  constexpr std::string_view scheme = "bearer ";
  bool bears = value.size() > scheme.size() &&
               std::ranges::equal(scheme, value.substr(0, scheme.size()), {}, {},
                                  [](char letter) { return std::tolower(letter); });
  return std::string(bears ? value.substr(scheme.size()) : "");
}

// RFC 6265: name=value; name=value
std::string cookie_of(const Request& request) {
  std::string_view rest = value_of(request.headers, "cookie");
  while (!rest.empty()) {
    std::string_view one = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.starts_with(session_cookie) && one.substr(session_cookie.size()).starts_with('=')) {
      return std::string(one.substr(session_cookie.size() + 1));
    }
  }
  return {};
}

}  // namespace

Response json_response(const boost::json::object& object) {
  Response response;
  response.body = boost::json::serialize(object) + "\n";
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

Result<> need_same_origin(const Request& request) {
  auto site = value_of(request.headers, "sec-fetch-site");
  auto origin = value_of(request.headers, "origin");
  auto host = origin.substr(std::min(origin.find("//"), origin.size()));
  bool elsewhere = site == "cross-site" || site == "same-site";
  if (!origin.empty()) {
    elsewhere =
        elsewhere || !host.starts_with("//") || host.substr(2) != value_of(request.headers, "host");
  }
  if (!elsewhere) return {};
  return events::fail(Code::forbidden, "不接受其他网站页面发来的请求",
                      "a page of another site may not ask for this");
}

Result<Caller> caller_of(Office& office, const std::string& credential) {
  auto found = TRY(let_in(office.people(), credential, office.now()));
  if (found->type == events::CredentialKind::INVITATION) {
    return events::fail(Code::unauthenticated, "邀请只能用来设置口令",
                        "an invitation is for setting a passphrase, and for nothing else");
  }
  return Caller{credential,
                Rights(office.log(), found->person, office.people().person(found->person))};
}

Result<Caller> caller_of(Office& office, const Request& request) {
  if (std::string secret = bearer_of(request); !secret.empty()) {
    return caller_of(office, credential_of(secret));
  }
  std::string secret = cookie_of(request);
  if (secret.empty()) {
    return events::fail(Code::unauthenticated, "须先登录，或带令牌：Authorization: Bearer …",
                        "log in first, or bring a token: Authorization: Bearer …");
  }
  if (request.method != "GET") TRY(need_same_origin(request));
  return caller_of(office, credential_of(secret));
}

}  // namespace cli
