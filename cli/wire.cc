#include "cli/wire.h"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cctype>

#include "events/utf8.h"

namespace cli {

namespace beast = boost::beast;
namespace http = beast::http;

std::string_view value_of(const Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return {};
}

namespace {

// What says who asks, where, and under which key stands once: of two, somebody between the two
// machines may have read the other one. Without a host nobody knows for whom a request is (RFC
// 9112, 3.2).
bool well_addressed(const http::request_header<>& message) {
  for (const char* name : {"Host", "Authorization", "Cookie", "Origin", "Content-Type",
                           "Idempotency-Key", "Last-Event-ID"}) {
    if (message.count(name) > 1) return false;
  }
  return message.version() < 11 || message.count(http::field::host) == 1;
}

// As most write it, or as a proxy is asked (RFC 9112, 3.2.1 and 3.2.2).
boost::urls::result<boost::urls::url_view> read_target(boost::core::string_view target) {
  auto url = boost::urls::parse_origin_form(target);
  if (url) return url;
  auto whole = boost::urls::parse_absolute_uri(target);
  if (!whole || !whole->has_authority() || !whole->scheme().starts_with("http")) return url;
  return whole;
}

}  // namespace

std::optional<Request> read_request(const http::request_header<>& message, std::string body) {
  auto target = message.target();
  auto url = read_target({target.data(), target.size()});
  if (!url || !well_addressed(message)) return std::nullopt;
  Request request;
  request.method = std::string(message.method_string());
  for (auto segment : url->segments()) request.path.push_back(std::string(segment));
  for (auto parameter : url->params()) {
    request.query.emplace_back(std::string(parameter.key), std::string(parameter.value));
  }
  for (const auto& field : message) {
    std::string name(field.name_string());
    for (char& letter : name) letter = static_cast<char>(std::tolower(letter));
    request.headers.emplace_back(std::move(name), std::string(field.value()));
  }
  request.body = std::move(body);
  bool good = std::ranges::all_of(request.path, events::valid_utf8);
  for (const auto& [name, value] : request.query) {
    good = good && events::valid_utf8(name) && events::valid_utf8(value);
  }
  if (!good) return std::nullopt;
  return request;
}

bool from_this_machine(const beast::tcp_stream& stream) {
  beast::error_code error;
  auto peer = stream.socket().remote_endpoint(error);
  return !error && peer.address().is_loopback();
}

void set_headers(http::fields& out, const Response& response) {
  out.set(http::field::content_type, response.type);
  out.set("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : response.headers) out.set(name, value);
}

}  // namespace cli
