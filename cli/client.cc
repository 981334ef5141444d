#include "cli/client.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/json/parse.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cctype>
#include <optional>

#include "cli/tls.h"
#include "events/code.h"
#include "events/file.h"
#include "events/text_encoding.h"
#include "projections/json.h"

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
constexpr std::chrono::milliseconds stream_silence_max{60'000};  // A comment comes every 15 s.

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

// In the clear, or encrypted: the same steps over either.
class Connection {
 public:
  Connection(asio::io_context& context, Tls tls) : context_(context), tls_(std::move(tls)) {
    if (tls_) {
      secret_.emplace(context, *tls_);
    } else {
      plain_.emplace(context);
    }
  }

  // Runs one asynchronous step to its end: only those keep the stream's limit of time.
  template <class Begin>
  error_code step(std::chrono::milliseconds limit, Begin begin) {
    error_code ended = asio::error::timed_out;
    lowest().expires_after(limit);
    auto done = [&ended](error_code error, auto&&...) { ended = error; };
    if (secret_) {
      begin(*secret_, done);
    } else {
      begin(*plain_, done);
    }
    context_.restart();
    context_.run();
    return ended;
  }

  error_code connect(const std::string& host, const std::string& port,
                     std::chrono::milliseconds limit) {
    asio::ip::tcp::resolver resolver(context_);
    error_code error;
    auto found = resolver.resolve(host, port, error);
    if (error) return error;
    error = step(limit, [&](auto& stream, auto done) {
      beast::get_lowest_layer(stream).async_connect(found, done);
    });
    if (error || !secret_) return error;
    // The name goes along, unless it is an address (RFC 6066, 3), and must stand in the
    // certificate (RFC 9525).
    error_code no_address;
    asio::ip::make_address(host, no_address);
    if (no_address) SSL_set_tlsext_host_name(secret_->native_handle(), host.c_str());
    secret_->set_verify_callback(asio::ssl::host_name_verification(host), error);
    if (error) return error;
    error = asio::error::timed_out;
    lowest().expires_after(limit);
    secret_->async_handshake(asio::ssl::stream_base::client,
                             [&](error_code ended) { error = ended; });
    context_.restart();
    context_.run();
    return error;
  }

 private:
  beast::tcp_stream& lowest() { return secret_ ? beast::get_lowest_layer(*secret_) : *plain_; }

  asio::io_context& context_;
  Tls tls_;
  std::optional<beast::tcp_stream> plain_;
  std::optional<beast::ssl_stream<beast::tcp_stream>> secret_;
};

using Message = http::request<http::string_body>;

Fields fields_of(const http::fields& all) {
  Fields out;
  for (const auto& field : all) {
    std::string name(field.name_string());
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    out.emplace_back(std::move(name), std::string(field.value()));
  }
  return out;
}

}  // namespace

struct Client::Inner {
  ClientOptions options;
  std::string host;
  std::string port;
  std::string prefix;
  std::string token;
  Tls tls;  // Null: in the clear.
  asio::io_context context;
  std::optional<Connection> connection;

  error_code connect() {
    connection.emplace(context, tls);
    return connection->connect(host, port, options.step);
  }

  error_code send(const Message& request) {
    return connection->step(
        options.step, [&](auto& stream, auto done) { http::async_write(stream, request, done); });
  }

  error_code exchange(const Message& request, Reply& reply) {
    error_code error = send(request);
    if (error) return error;
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(options.body_bytes_max);
    parser.header_limit(header_bytes_max);
    error = connection->step(options.step, [&](auto& stream, auto done) {
      http::async_read(stream, buffer, parser, done);
    });
    if (error) return error;
    auto response = parser.release();
    reply.status = static_cast<int>(response.result_int());
    reply.headers = fields_of(response);
    reply.body = std::move(response.body());
    if (!response.keep_alive()) connection.reset();
    return {};
  }

  void sign(Message& request) const {
    request.set(http::field::host, host + ":" + port);
    request.set(http::field::accept_language, options.language == Language::zh ? "zh" : "en");
    if (!token.empty()) request.set(http::field::authorization, "Bearer " + token);
    request.prepare_payload();
  }

  // A connection that stood idle may have been closed meanwhile: then once more on a new one.
  Result<Reply> ask(Message request, bool again) {
    sign(request);
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

  error_code read_lines(const std::function<bool(std::string_view)>& take, Reply& refused) {
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(boost::none);
    parser.header_limit(header_bytes_max);
    error_code error = connection->step(options.step, [&](auto& stream, auto done) {
      http::async_read_header(stream, buffer, parser, done);
    });
    refused.status = static_cast<int>(parser.get().result_int());
    while (!error && !parser.is_done()) {
      error = connection->step(stream_silence_max, [&](auto& stream, auto done) {
        http::async_read_some(stream, buffer, parser, done);
      });
      std::string& text = parser.get().body();
      if (refused.status >= 400) continue;
      std::size_t begin = 0;
      for (std::size_t end; (end = text.find('\n', begin)) != text.npos; begin = end + 1) {
        if (!take(std::string_view(text).substr(begin, end - begin))) return {};
      }
      text.erase(0, begin);
    }
    refused.body = std::move(parser.get().body());
    return error;
  }
};

Client::Client(std::unique_ptr<Inner> inner) : inner_(std::move(inner)) {}
Client::~Client() = default;

Result<std::unique_ptr<Client>> Client::open(const ClientOptions& options) {
  auto url = boost::urls::parse_uri(options.base);
  bool secret = url && url->scheme() == "https";
  if (!url || (!secret && url->scheme() != "http") || url->host().empty()) {
    return fail(Code::invalid, "服务器地址应像 http://127.0.0.1:8080 或 https://主机",
                "a server's address is like http://127.0.0.1:8080 or https://host");
  }
  auto inner = std::make_unique<Inner>();
  inner->options = options;
  inner->host = url->host_address();
  inner->port = url->has_port() ? std::string(url->port()) : secret ? "443" : "80";
  inner->prefix = std::string(url->encoded_path());
  if (inner->prefix.ends_with('/')) inner->prefix.pop_back();
  if (secret) inner->tls = TRY(read_authorities(options.ca_file.string()));
  if (!options.token_file.empty()) {
    if (!secret && !is_this_machine(inner->host)) {
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
  Message request{http::verb::post, inner_->prefix + target, 11};
  request.set(http::field::content_type, "application/json");
  if (!key.empty()) request.set("Idempotency-Key", "\"" + key + "\"");
  request.body() = body;
  return inner_->ask(std::move(request), !key.empty());
}

Result<> Client::follow(const std::string& target,
                        const std::function<bool(std::string_view line)>& take) {
  Message request{http::verb::get, inner_->prefix + target, 11};
  inner_->sign(request);
  Reply refused;
  error_code error = inner_->connect();
  if (!error) error = inner_->send(request);
  if (!error) error = inner_->read_lines(take, refused);
  inner_->connection.reset();
  if (error) return unreachable(inner_->options.base, error.message());
  if (refused.status >= 400) return std::unexpected(error_of(refused));
  return {};
}

std::unexpected<events::Error> not_ours() {
  return fail(Code::invalid, "服务器的回答不是明鉴的格式，请检查 --server 的地址",
              "the answer is not one of Probity's: check the address in --server");
}

Result<boost::json::object> read_object(const Reply& reply) {
  error_code error;
  auto value = boost::json::parse(reply.body, error);
  if (error || !value.is_object()) return not_ours();
  return std::move(value.as_object());
}

Result<events::Position> position_in(const boost::json::object& object, std::string_view member) {
  auto position = events::parse_decimal(projections::text_in(object, member));
  if (!position) return not_ours();
  return *position;
}

Result<std::unique_ptr<Client>> open_client(const App& app) {
  ClientOptions options;
  options.base = app.server;
  options.token_file = app.token_file;
  options.ca_file = app.ca_file;
  options.language = app.out.language;
  return Client::open(options);
}

}  // namespace cli
