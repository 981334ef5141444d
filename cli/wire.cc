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

std::optional<Request> read_request(const http::request_header<>& message, std::string body) {
  auto target = message.target();
  auto url = boost::urls::parse_origin_form({target.data(), target.size()});
  if (!url) return std::nullopt;
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
