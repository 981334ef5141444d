#include "cli/server.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "events/assert.h"
#include "tests/cli/tcp.h"

namespace {

using cli::Answer;
using cli::Request;
using cli::Response;
using tests::ask;
using tests::Tcp;

// A server that says what it was asked, in a thread of its own.
class Echo {
 public:
  explicit Echo(cli::ServerOptions options = {}, cli::Handle handle = say_again) {
    auto server = cli::Server::listen(options, std::move(handle));
    ASSERT(server.has_value());
    server_ = *std::move(server);
    running_ = std::jthread([this] { server_->run(); });
  }
  ~Echo() { server_->stop(); }

  std::uint16_t port() const { return server_->port(); }
  cli::Server& server() { return *server_; }

  static void say_again(Request request, const Answer& answer) {
    Response response;
    response.body = request.method;
    for (const auto& segment : request.path) response.body += "/" + segment;
    for (const auto& [name, value] : request.query) response.body += " " + name + "=" + value;
    response.body += " " + request.body;
    answer(std::move(response));
  }

 private:
  std::unique_ptr<cli::Server> server_;
  std::jthread running_;
};

std::string get(const std::string& target, const std::string& more = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + more + "Connection: close\r\n\r\n";
}

bool begins(const std::string& text, const std::string& with) { return text.starts_with(with); }

// So many pieces, each as soon as it is asked for; before the second, nothing yet.
class Counting final : public cli::Pieces {
 public:
  explicit Counting(int last) : last_(last) {}
  std::optional<cli::Piece> next() override {
    if (at_ == 1 && !waited_) {
      waited_ = true;
      return cli::Piece{};
    }
    if (at_ == last_) return std::nullopt;
    return cli::Piece{"piece " + std::to_string(++at_) + "\n"};
  }

 private:
  int last_;
  int at_ = 0;
  bool waited_ = false;
};

// More than any socket's buffer takes: where nobody reads, it is never sent to its end.
class Large final : public cli::Pieces {
 public:
  std::optional<cli::Piece> next() override { return cli::Piece{std::string(64 << 20, 'x')}; }
};

}  // namespace

TEST_CASE("a request comes apart into its path, its query and its body", "[cli]") {
  Echo echo;

  auto answer = ask(echo.port(), get("/views/%E7%94%B3%E6%8A%A5%2F1?at=812&x=a%20b"));
  auto posted = ask(echo.port(),
                    "POST /c HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
                    "Connection: close\r\n\r\nhello");

  CHECK(begins(answer, "HTTP/1.1 200"));
  CHECK(tests::body_of(answer) == "GET/views/申报/1 at=812 x=a b ");
  CHECK(tests::body_of(posted) == "POST/c hello");
}

TEST_CASE("a request to a proxy is one to the server behind it", "[cli]") {
  Echo echo;
  CHECK(tests::body_of(ask(echo.port(), get("http://example/views?at=812"))) ==
        "GET/views at=812 ");
  CHECK(begins(ask(echo.port(), get("ftp://example/views")), "HTTP/1.1 400"));
  CHECK(begins(ask(echo.port(), get("mailto:x")), "HTTP/1.1 400"));
}

TEST_CASE("whom a request is for, and who asks, stands in it once", "[cli]") {
  Echo echo;
  CHECK(begins(ask(echo.port(), "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), "HTTP/1.1 400"));
  CHECK(begins(ask(echo.port(), "GET / HTTP/1.0\r\n\r\n"), "HTTP/1.1 200"));
  CHECK(begins(ask(echo.port(), get("/", "Host: y\r\n")), "HTTP/1.1 400"));
  for (const char* name : {"Authorization", "Idempotency-Key", "Origin", "Cookie"}) {
    INFO(name);
    std::string one = std::string(name) + ": a\r\n";
    CHECK(begins(ask(echo.port(), get("/", one)), "HTTP/1.1 200"));
    CHECK(begins(ask(echo.port(), get("/", one + one)), "HTTP/1.1 400"));
  }
}

TEST_CASE("how long it is stands with no answer of unknown length", "[cli]") {
  Echo echo({}, [](const Request&, const Answer& answer) {
    Response response{200, "application/x-ndjson"};
    response.pieces = std::make_unique<Counting>(1);
    answer(std::move(response));
  });
  auto answer = ask(echo.port(), "HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(begins(answer, "HTTP/1.1 200"));
  CHECK(answer.find("Content-Length") == std::string::npos);
  CHECK(tests::body_of(answer).empty());
}

TEST_CASE("requests on one connection are answered in their order", "[cli]") {
  Echo echo;
  Tcp tcp(echo.port());

  tcp.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n" + get("/3"));
  const auto& answers = tcp.read_all();

  auto first = answers.find("GET/1");
  auto second = answers.find("GET/2");
  CHECK(first < second);
  CHECK(second < answers.find("GET/3"));
  CHECK(answers.find("GET/3") != std::string::npos);
}

TEST_CASE("what is no request, or too much, is answered and cut", "[cli]") {
  cli::ServerOptions options;
  options.body_bytes_max = 1000;
  options.header_bytes_max = 1000;
  Echo echo(options);

  auto post = [&](const std::string& length, const std::string& body) {
    return ask(echo.port(), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length +
                                "\r\nConnection: close\r\n\r\n" + body);
  };

  CHECK(begins(ask(echo.port(), "rubbish\r\n\r\n"), "HTTP/1.1 400"));
  CHECK(
      begins(ask(echo.port(), get("/", "X: " + std::string(2000, 'x') + "\r\n")), "HTTP/1.1 431"));
  CHECK(begins(post("1001", std::string(1001, 'x')), "HTTP/1.1 413"));
  CHECK(begins(post("99999999999999999999", "x"), "HTTP/1.1 400"));
  CHECK(begins(post("-1", "x"), "HTTP/1.1 400"));
  CHECK(begins(ask(echo.port(), get("http://[broken")), "HTTP/1.1 400"));
  CHECK(begins(ask(echo.port(), get("/%zz")), "HTTP/1.1 400"));
  CHECK(begins(ask(echo.port(), get("/%ff")), "HTTP/1.1 400"));  // Not UTF-8.
  CHECK(begins(ask(echo.port(), get("/", "Transfer-Encoding: chunked, identity\r\n")),
               "HTTP/1.1 400"));
  CHECK(begins(ask(echo.port(), get("/still-there")), "HTTP/1.1 200"));
}

TEST_CASE("what stands behind the body is no header", "[cli]") {
  Echo echo({}, [](const Request& request, const Answer& answer) {
    Response response;
    response.body = "token: " + std::string(cli::value_of(request.headers, "authorization")) + ".";
    answer(std::move(response));
  });

  auto answer = ask(echo.port(),
                    "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nAuthorization: late\r\n\r\n");

  CHECK(tests::body_of(answer) == "token: .");
}

TEST_CASE("whoever says nothing, or begins and does not end, is cut", "[cli]") {
  cli::ServerOptions options;
  options.idle = std::chrono::milliseconds(30);
  options.receiving = std::chrono::milliseconds(30);
  Echo echo(options);

  Tcp silent(echo.port());
  Tcp slow(echo.port());
  slow.send("GET / HTTP/1.1\r\nHos");

  CHECK(silent.read_all().empty());
  CHECK(slow.read_all().empty());
}

TEST_CASE("more connections than there may be are closed at once", "[cli]") {
  cli::ServerOptions options;
  options.connections_max = 1;
  Echo echo(options);
  Tcp first(echo.port());
  first.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
  first.read_until("GET/1");

  CHECK(ask(echo.port(), get("/2")).empty());
  first.send(get("/3"));
  CHECK(first.read_until("GET/3").find("GET/3") != std::string::npos);
}

TEST_CASE("an answer in pieces goes on when there is news, and ends", "[cli]") {
  Echo echo({}, [](Request, const Answer& answer) {
    Response response;
    response.type = "text/event-stream";
    response.body = "begin\n";
    response.pieces = std::make_unique<Counting>(3);
    answer(std::move(response));
  });
  Tcp tcp(echo.port());

  tcp.send(get("/stream"));
  tcp.read_until("piece 1");
  std::string all;
  // It may not sleep yet: it is woken until it has gone on.
  std::jthread waker([&](std::stop_token stop) {
    while (!stop.stop_requested()) echo.server().wake();
  });
  all = tcp.read_all();

  CHECK(all.find("Transfer-Encoding: chunked") != std::string::npos);
  CHECK(all.find("piece 3") != std::string::npos);
  CHECK(all.ends_with("0\r\n\r\n"));
}

TEST_CASE("a server that stops answers what is at hand", "[cli]") {
  std::atomic<bool> asked = false;
  Answer late;
  auto echo = std::make_unique<Echo>(cli::ServerOptions{}, [&](Request, const Answer& answer) {
    late = answer;
    asked = true;
    asked.notify_all();
  });
  Tcp tcp(echo->port());
  tcp.send(get("/"));
  asked.wait(false);

  echo->server().stop();
  Response response;
  response.body = "at last";
  late(std::move(response));
  late = nullptr;

  CHECK(tcp.read_all().find("at last") != std::string::npos);
  echo.reset();
}

TEST_CASE("a server that stops cuts whoever does not read", "[cli]") {
  cli::ServerOptions options;
  options.sending = std::chrono::hours(1);
  options.stopping = std::chrono::milliseconds(100);
  Echo echo(options, [](const Request&, const Answer& answer) {
    Response response{200, "text/event-stream"};
    response.pieces = std::make_unique<Large>();
    answer(std::move(response));
  });
  Tcp slow(echo.port());
  slow.send(get("/large"));
  slow.read_until("xxx");

  echo.server().stop();
  // It ends, and with it the connection: else this reads for an hour.
  while (echo.server().traffic().connections > 0) std::this_thread::yield();
  CHECK(echo.server().traffic().streams == 0);
}

TEST_CASE("without TLS nothing but this machine is listened to", "[cli]") {
  cli::ServerOptions options;
  options.address = "0.0.0.0";
  auto server = cli::Server::listen(options, Echo::say_again);
  REQUIRE_FALSE(server.has_value());
  CHECK(server.error().words.en.find("TLS") != std::string::npos);

  options.address = "localhost";
  auto named = cli::Server::listen(options, Echo::say_again);
  REQUIRE_FALSE(named.has_value());
  CHECK(named.error().words.en.find("in numbers") != std::string::npos);
}

TEST_CASE("a server knows its connections, its streams, and those that it cut", "[cli]") {
  cli::ServerOptions options;
  options.sending = std::chrono::milliseconds(200);
  Echo echo(options, [](const Request& request, const Answer& answer) {
    Response response{200, "text/event-stream"};
    if (request.path.front() == "large") {
      response.pieces = std::make_unique<Large>();
    } else {
      response.pieces = std::make_unique<Counting>(1);
    }
    answer(std::move(response));
  });

  auto before = echo.server().traffic();
  Tcp open(echo.port());
  open.send(get("/small"));
  open.read_until("piece 1");
  auto during = echo.server().traffic();
  Tcp slow(echo.port());
  slow.send(get("/large"));
  while (echo.server().traffic().streams_cut == 0) std::this_thread::yield();

  CHECK(before.streams == 0);
  CHECK(during.streams == 1);
  CHECK(during.connections == 1);
  CHECK(echo.server().traffic().streams_cut == 1);
}

TEST_CASE("work for the network's thread waits until that thread comes to it", "[cli]") {
  std::promise<void> release;
  auto released = release.get_future().share();
  std::promise<void> entered;
  Echo echo({}, [&](Request request, const Answer& answer) {
    entered.set_value();
    released.wait();
    Echo::say_again(std::move(request), answer);
  });
  Tcp tcp(echo.port());
  tcp.send(get("/stuck"));
  entered.get_future().wait();

  std::atomic<bool> done = false;
  std::promise<void> beaten;
  echo.server().on_thread([&] {
    done = true;
    beaten.set_value();
  });
  CHECK_FALSE(done);
  release.set_value();
  beaten.get_future().wait();

  CHECK(done);
}
