#include "cli/server.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "cli/held.h"
#include "cli/tls.h"
#include "cli/wire.h"

namespace cli {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using std::chrono::milliseconds;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
using Executor = asio::any_io_executor;

constexpr std::size_t read_bytes = 4096;

// An answer that another thread may still be working on.
struct Pending {
  explicit Pending(const Executor& executor) : ready(executor) {}
  asio::steady_timer ready;  // Cancelled when the response is there.
  std::optional<Response> response;
};

Response too_busy() {
  return {503,
          "text/plain; charset=utf-8",
          "请求过多，请稍后重试 / too much at once, try again\n",
          {{"Retry-After", "1"}}};
}

}  // namespace

struct Server::Inner {
  Inner(const ServerOptions& wanted, Handle to)
      : options(wanted), handle(std::move(to)), acceptor(context) {}

  asio::awaitable<void> accept();
  asio::awaitable<void> serve(tcp::socket socket);
  asio::awaitable<void> converse_secretly(tcp::socket socket, Tls with);
  // The same for a connection in the clear and for an encrypted one.
  template <class Stream>
  asio::awaitable<void> converse(Stream& stream);
  template <class Stream>
  asio::awaitable<bool> exchange(Stream& stream, beast::flat_buffer& buffer);
  template <class Stream>
  asio::awaitable<bool> respond(Stream& stream, Response response, bool keep_open, bool head);
  template <class Stream>
  asio::awaitable<bool> send_pieces(Stream& stream, Response response);
  template <class Stream>
  asio::awaitable<bool> send_piece(Stream& stream, std::string text);
  asio::awaitable<void> wait_for_news(Executor executor);
  asio::awaitable<Response> answer_of(Executor executor, Request request);
  void begin_to_stop();

  ServerOptions options;
  Handle handle;
  asio::io_context context{1};
  tcp::acceptor acceptor;
  Tls tls;  // Null: in the clear. A connection keeps the one that it began with.
  std::atomic<std::size_t> connections = 0;
  std::atomic<std::uint64_t> connections_refused = 0;
  std::atomic<std::size_t> streams = 0;
  std::atomic<std::uint64_t> streams_cut = 0;
  std::set<beast::tcp_stream*> open;       // So that those that wait can be ended.
  std::set<asio::steady_timer*> sleepers;  // Of streams with nothing to send.
  std::size_t bodies = 0;                  // Bytes, of requests at hand.
  asio::steady_timer last_call{context};   // Then whoever still does not read is cut.
  bool stopping = false;
};

asio::awaitable<void> Server::Inner::accept() {
  while (!stopping) {
    auto [error, socket] = co_await acceptor.async_accept(as_result);
    if (stopping) co_return;
    if (error) {
      // Out of file descriptors, most likely: those that are open go on, and free some.
      asio::steady_timer pause(context, milliseconds(50));
      co_await pause.async_wait(as_result);
      continue;
    }
    if (connections >= options.connections_max) {  // Closed at once.
      ++connections_refused;
      continue;
    }
    ++connections;
    asio::co_spawn(context, serve(std::move(socket)), asio::detached);
  }
}

asio::awaitable<void> Server::Inner::serve(tcp::socket socket) {
  beast::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  try {
    if (tls) {
      co_await converse_secretly(std::move(socket), tls);
    } else {
      beast::tcp_stream stream(std::move(socket));
      co_await converse(stream);
      stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }
  } catch (const std::exception& exception) {
    spdlog::error("a connection ended: {}", exception.what());
  }
  --connections;
  if (stopping && open.empty()) last_call.cancel();
}

asio::awaitable<void> Server::Inner::converse_secretly(tcp::socket socket, Tls with) {
  beast::ssl_stream<beast::tcp_stream> stream(std::move(socket), *with);
  auto& lowest = beast::get_lowest_layer(stream);
  lowest.expires_after(options.receiving);
  auto [refused] = co_await stream.async_handshake(asio::ssl::stream_base::server, as_result);
  if (refused) co_return;
  co_await converse(stream);
  lowest.expires_after(options.stopping);
  co_await stream.async_shutdown(as_result);
}

template <class Stream>
asio::awaitable<void> Server::Inner::converse(Stream& stream) {
  Opened opened(open, &beast::get_lowest_layer(stream));
  beast::flat_buffer buffer(options.header_bytes_max + options.body_bytes_max + read_bytes);
  bool more = true;
  while (more && !stopping) more = co_await exchange(stream, buffer);
}

// One request and its answer; false where the connection ends after it.
template <class Stream>
asio::awaitable<bool> Server::Inner::exchange(Stream& stream, beast::flat_buffer& buffer) {
  if (buffer.size() == 0) {
    beast::get_lowest_layer(stream).expires_after(options.idle);
    auto space = buffer.prepare(read_bytes);
    auto [error, count] = co_await stream.async_read_some(space, as_result);
    if (error) co_return false;
    buffer.commit(count);
  }
  http::request_parser<http::string_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(options.header_bytes_max));
  parser.body_limit(options.body_bytes_max);
  beast::get_lowest_layer(stream).expires_after(options.receiving);
  auto [bad, header_bytes] = co_await http::async_read_header(stream, buffer, parser, as_result);
  // A body of unknown length may become as long as any.
  std::size_t expected = parser.chunked() ? options.body_bytes_max : 0;
  if (!bad && parser.content_length()) expected = *parser.content_length();
  if (!bad && expected > 0 && bodies + expected > options.bodies_bytes_max) {
    co_return co_await respond(stream, too_busy(), false, false);
  }
  Reserved reserved(bodies, bad ? 0 : expected);
  if (!bad && beast::iequals(parser.get()[http::field::expect], "100-continue")) {
    http::response<http::empty_body> go_on(http::status::continue_, 11);
    co_await http::async_write(stream, go_on, as_result);
  }
  // Without trailers: nobody is let in by what comes after the body (RFC 9110, 6.5.1).
  http::request_header<> header = parser.get().base();
  // A coding that is not understood has no end that is known (RFC 9112, 6.3).
  bool endless = header.count(http::field::transfer_encoding) > 0 && !parser.chunked();
  if (!bad && endless) bad = http::error::bad_transfer_encoding;
  if (!bad) {
    auto [cut, body_bytes] = co_await http::async_read(stream, buffer, parser, as_result);
    bad = cut;
  }
  // What went wrong between the two machines is nobody's request; what HTTP finds wrong is
  // answered.
  bool answerable = !bad || bad.category() == http::make_error_code(http::error{}).category();
  if (!answerable || bad == http::error::end_of_stream || bad == http::error::partial_message) {
    co_return false;
  }
  auto& message = parser.get();
  std::optional<Request> request;
  if (!bad) request = read_request(header, std::move(message.body()));
  if (request) request->local = from_this_machine(beast::get_lowest_layer(stream));
  bool keep_open = request && message.keep_alive() && !stopping;
  bool head = message.method() == http::verb::head;
  if (head && request) request->method = "GET";
  Response response;
  if (request) {
    response = co_await answer_of(stream.get_executor(), std::move(*request));
  } else {
    bool large = bad == http::error::body_limit || bad == http::error::header_limit;
    response.status = bad == http::error::body_limit ? 413 : large ? 431 : 400;
    response.type = "text/plain; charset=utf-8";
    response.body = large ? "请求过大 / too large\n" : "请求有误 / not a request\n";
  }
  if (response.pieces && !head) {
    bool counted = response.type == "text/event-stream";
    if (counted) ++streams;
    bool more = co_await send_pieces(stream, std::move(response));
    if (counted) --streams;
    co_return more;
  }
  co_return co_await respond(stream, std::move(response), keep_open, head);
}

asio::awaitable<Response> Server::Inner::answer_of(Executor executor, Request request) {
  auto pending = std::make_shared<Pending>(executor);
  pending->ready.expires_at(asio::steady_timer::time_point::max());
  // The answer comes through the queue of this thread, so it cannot come before the wait begins.
  handle(std::move(request), [pending, executor](Response response) {
    auto shared = std::make_shared<Response>(std::move(response));
    asio::post(executor, [pending, shared] {
      pending->response = std::move(*shared);
      pending->ready.cancel();
    });
  });
  while (!pending->response) co_await pending->ready.async_wait(as_result);
  co_return std::move(*pending->response);
}

template <class Stream>
asio::awaitable<bool> Server::Inner::respond(Stream& stream, Response response, bool keep_open,
                                             bool head) {
  http::response<http::string_body> message;
  message.result(static_cast<unsigned>(response.status));
  message.version(11);
  set_headers(message, response);
  message.keep_alive(keep_open);
  message.body() = std::move(response.body);
  message.prepare_payload();
  if (head) message.body().clear();
  if (response.pieces) message.content_length(boost::none);  // How long it becomes nobody knows.
  beast::get_lowest_layer(stream).expires_after(options.sending);
  auto [error, bytes] = co_await http::async_write(stream, message, as_result);
  co_return keep_open && !error;
}

template <class Stream>
asio::awaitable<bool> Server::Inner::send_pieces(Stream& stream, Response response) {
  http::response<http::empty_body> header;
  header.result(static_cast<unsigned>(response.status));
  header.version(11);
  set_headers(header, response);
  header.keep_alive(false);
  header.chunked(true);
  http::response_serializer<http::empty_body> serializer(header);
  beast::get_lowest_layer(stream).expires_after(options.sending);
  auto [error, bytes] = co_await http::async_write_header(stream, serializer, as_result);
  if (error) co_return false;
  bool good = true;
  if (!response.body.empty()) good = co_await send_piece(stream, std::move(response.body));
  auto quiet_since = std::chrono::steady_clock::now();
  while (good && !stopping) {
    auto piece = response.pieces->next();
    if (!piece) break;
    if (!piece->text.empty()) {
      quiet_since = std::chrono::steady_clock::now();
      good = co_await send_piece(stream, std::move(piece->text));
    } else if (piece->more) {
      co_await asio::post(stream.get_executor(), asio::use_awaitable);
    } else if (std::chrono::steady_clock::now() - quiet_since >= options.keep_alive) {
      quiet_since = std::chrono::steady_clock::now();
      std::string comment = ": \n\n";
      good = co_await send_piece(stream, std::move(comment));
    } else {
      beast::get_lowest_layer(stream).expires_never();
      co_await wait_for_news(stream.get_executor());
    }
  }
  if (!good) co_return false;
  beast::get_lowest_layer(stream).expires_after(options.sending);
  auto last = http::make_chunk_last();
  co_await asio::async_write(stream, last, as_result);
  co_return false;
}

template <class Stream>
asio::awaitable<bool> Server::Inner::send_piece(Stream& stream, std::string text) {
  beast::get_lowest_layer(stream).expires_after(options.sending);
  auto chunk = http::make_chunk(asio::buffer(text));
  auto [error, bytes] = co_await asio::async_write(stream, chunk, as_result);
  if (error == beast::error::timeout) ++streams_cut;
  co_return !error;
}

asio::awaitable<void> Server::Inner::wait_for_news(Executor executor) {
  asio::steady_timer sleep(executor, options.keep_alive);
  sleepers.insert(&sleep);
  co_await sleep.async_wait(as_result);
  sleepers.erase(&sleep);
}

void Server::Inner::begin_to_stop() {
  stopping = true;
  beast::error_code ignored;
  acceptor.close(ignored);
  for (auto* sleeper : sleepers) sleeper->cancel();
  // Whoever is being read from gets what was answered so far; reading more is cut.
  for (auto* stream : open) stream->socket().shutdown(tcp::socket::shutdown_receive, ignored);
  if (open.empty()) return;
  last_call.expires_after(options.stopping);
  last_call.async_wait([this](beast::error_code cancelled) {
    if (cancelled) return;
    for (auto* stream : open) stream->cancel();
  });
}

Server::Server(std::unique_ptr<Inner> inner) : inner_(std::move(inner)) {}
Server::~Server() = default;

events::Result<std::unique_ptr<Server>> Server::listen(const ServerOptions& options,
                                                       Handle handle) {
  auto inner = std::make_unique<Inner>(options, std::move(handle));
  beast::error_code error;
  auto address = asio::ip::make_address(options.address, error);
  if (error) {
    return events::fail(events::Code::invalid,
                        "监听地址须写成数字，例如 127.0.0.1 或 ::1：" + options.address,
                        "the address to listen on is written in numbers, such as 127.0.0.1 or ::1, "
                        "not " +
                            options.address);
  }
  if (!options.certificate.empty()) {
    inner->tls = TRY(read_tls(options.certificate, options.key));
  } else if (!address.is_loopback() && options.in_the_clear != "anywhere") {
    return events::fail(
        events::Code::invalid, "没有 TLS（certificate、key），只能监听本机地址：" + options.address,
        "without TLS (certificate, key) only a loopback address is listened on, not " +
            options.address);
  }
  tcp::endpoint endpoint(address, options.port);
  inner->acceptor.open(endpoint.protocol(), error);
  if (!error) inner->acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) inner->acceptor.bind(endpoint, error);
  if (!error) inner->acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    std::string where = options.address + ":" + std::to_string(options.port);
    return events::fail(events::Code::conflict, "无法监听 " + where + "：" + error.message(),
                        "cannot listen on " + where + ": " + error.message());
  }
  return std::make_unique<Server>(std::move(inner));
}

std::uint16_t Server::port() const { return inner_->acceptor.local_endpoint().port(); }

bool Server::secure() const { return !inner_->options.certificate.empty(); }

events::Result<> Server::read_certificate_again() {
  if (!secure()) return {};
  auto tls = TRY(read_tls(inner_->options.certificate, inner_->options.key));
  on_thread([this, tls] { inner_->tls = tls; });
  return {};
}

void Server::run() {
  asio::co_spawn(inner_->context, inner_->accept(), asio::detached);
  inner_->context.run();
}

void Server::stop() {
  asio::post(inner_->context, [this] { inner_->begin_to_stop(); });
}

Traffic Server::traffic() const {
  return {inner_->connections, inner_->connections_refused, inner_->streams, inner_->streams_cut};
}

void Server::on_thread(std::function<void()> work) { asio::post(inner_->context, std::move(work)); }

void Server::wake() {
  asio::post(inner_->context, [this] {
    for (auto* sleeper : inner_->sleepers) sleeper->cancel();
  });
}

}  // namespace cli
