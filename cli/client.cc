#include "cli/client.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/parse.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cctype>
#include <optional>

#include "events/code.h"
#include "events/file.h"

namespace cli {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace json = boost::json;
using boost::system::error_code;
using events::Code;
using events::fail;
using events::Result;

constexpr std::size_t token_bytes_max = 1024;
constexpr std::uint32_t header_bytes_max = 16 << 10;
// Where TLS comes in, this is a stream over that one.
using Connection = beast::tcp_stream;

std::unexpected<events::Error> unreachable(const std::string& base, const std::string& why) {
  return fail(Code::overloaded, "服务器没有应答：" + base + "：" + why,
              "the server does not answer: " + base + ": " + why);
}

bool is_this_machine(const std::string& host) {
  return host == "127.0.0.1" || host == "::1" || host == "localhost";
}

std::string text_of(const json::object& problem, const char* name) {
  const auto* found = problem.if_contains(name);
  return found && found->is_string() ? std::string(found->as_string()) : std::string();
}

// Statuses of answers that tell no more, such as those of something between us and the server.
Code code_of_status(int status) {
  switch (status) {
    case 401:
      return Code::unauthenticated;
    case 403:
      return Code::forbidden;
    case 404:
      return Code::not_found;
    case 409:
      return Code::conflict;
    case 412:
      return Code::stale;
    case 429:
      return Code::too_many;
    default:
      return status >= 500 ? Code::overloaded : Code::invalid;
  }
}

Code code_of(const json::object& problem, int status) {
  auto code = events::parse_code(text_of(problem, "code"));
  return code ? *code : code_of_status(status);
}

// The server's words are in the language that was asked for.
events::Error error_of(const Reply& reply) {
  error_code wrong;
  json::value value = json::parse(reply.body, wrong);
  json::object problem = !wrong && value.is_object() ? value.as_object() : json::object();
  std::string status = std::to_string(reply.status);
  events::Error error{code_of(problem, reply.status),
                      {"服务器回答 " + status, "the server answered " + status},
                      text_of(problem, "clause"),
                      {}};
  std::string detail = text_of(problem, "detail");
  if (!detail.empty()) error.words = {detail, detail};
  const auto* faults = problem.if_contains("errors");
  if (!faults || !faults->is_array()) return error;
  for (const json::value& one : faults->as_array()) {
    if (!one.is_object()) continue;
    std::string words = text_of(one.as_object(), "detail");
    error.faults.push_back({text_of(one.as_object(), "place"), {words, words}});
  }
  return error;
}

}  // namespace

struct Client::Inner {
  ClientOptions options;
  std::string host;
  std::string port;
  std::string prefix;
  std::string token;
  asio::io_context context;
  std::optional<Connection> connection;

  // Runs one asynchronous step to its end: only those keep the stream's limit of time.
  template <class Begin>
  error_code step(Begin begin) {
    error_code ended = asio::error::timed_out;
    connection->expires_after(options.step);
    begin([&ended](error_code error, auto&&...) { ended = error; });
    context.restart();
    context.run();
    return ended;
  }

  error_code connect() {
    asio::ip::tcp::resolver resolver(context);
    error_code error;
    auto found = resolver.resolve(host, port, error);
    if (error) return error;
    connection.emplace(context);
    return step([&](auto done) { connection->async_connect(found, done); });
  }

  error_code exchange(const http::request<http::string_body>& request, Reply& reply) {
    error_code error = step([&](auto done) { http::async_write(*connection, request, done); });
    if (error) return error;
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(options.body_bytes_max);
    parser.header_limit(header_bytes_max);
    error = step([&](auto done) { http::async_read(*connection, buffer, parser, done); });
    if (error) return error;
    auto response = parser.release();
    reply.status = static_cast<int>(response.result_int());
    for (const auto& field : response) {
      std::string name(field.name_string());
      std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
      reply.headers.emplace_back(std::move(name), std::string(field.value()));
    }
    reply.body = std::move(response.body());
    if (!response.keep_alive()) connection.reset();
    return {};
  }

  // A connection that stood idle may have been closed meanwhile: then once more on a new one.
  Result<Reply> ask(http::request<http::string_body> request, bool again) {
    request.set(http::field::host, host + ":" + port);
    request.set(http::field::accept_language, options.language == Language::zh ? "zh" : "en");
    if (!token.empty()) request.set(http::field::authorization, "Bearer " + token);
    request.prepare_payload();
    Reply reply;
    bool kept = connection.has_value();
    error_code error = kept ? error_code() : connect();
    if (!error) error = exchange(request, reply);
    bool closed = error && kept && again && error != beast::error::timeout;
    if (closed) {
      reply = {};
      error = connect();
      if (!error) error = exchange(request, reply);
    }
    if (error) {
      connection.reset();
      return unreachable(options.base, error.message());
    }
    if (reply.status >= 400) return std::unexpected(error_of(reply));
    return reply;
  }
};

Client::Client(std::unique_ptr<Inner> inner) : inner_(std::move(inner)) {}
Client::~Client() = default;

Result<std::unique_ptr<Client>> Client::open(const ClientOptions& options) {
  auto url = boost::urls::parse_uri(options.base);
  if (!url || url->scheme() != "http" || url->host().empty()) {
    return fail(Code::invalid, "服务器地址应像 http://127.0.0.1:8080（尚不支持 https）",
                "a server's address is like http://127.0.0.1:8080 (https is not there yet)");
  }
  auto inner = std::make_unique<Inner>();
  inner->options = options;
  inner->host = url->host_address();
  inner->port = url->has_port() ? std::string(url->port()) : "80";
  inner->prefix = std::string(url->encoded_path());
  if (inner->prefix.ends_with('/')) inner->prefix.pop_back();
  if (!options.token_file.empty()) {
    if (!is_this_machine(inner->host)) {
      return fail(Code::invalid, "令牌不经明文 HTTP 发往其他机器：" + inner->host,
                  "a token does not go over plain HTTP to another machine: " + inner->host);
    }
    inner->token = TRY(events::read_file(options.token_file, token_bytes_max));
    while (!inner->token.empty() && std::isspace(static_cast<unsigned char>(inner->token.back()))) {
      inner->token.pop_back();
    }
  }
  return std::make_unique<Client>(std::move(inner));
}

Result<Reply> Client::get(const std::string& target) {
  return inner_->ask({http::verb::get, inner_->prefix + target, 11}, true);
}

Result<Reply> Client::post(const std::string& target, const std::string& body,
                           const std::string& key) {
  http::request<http::string_body> request{http::verb::post, inner_->prefix + target, 11};
  request.set(http::field::content_type, "application/json");
  if (!key.empty()) request.set("Idempotency-Key", "\"" + key + "\"");
  request.body() = body;
  return inner_->ask(std::move(request), !key.empty());
}

}  // namespace cli
