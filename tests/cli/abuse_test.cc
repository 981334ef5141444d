// What somebody might do to the server who means it no good, or whose machine fails him.
#include <atomic>
#include <catch2/catch.hpp>
#include <list>
#include <mutex>
#include <thread>

#include "cli/server.h"
#include "events/assert.h"
#include "tests/cli/serving.h"

namespace {

using namespace std::chrono_literals;
using tests::Tcp;

class Answering {
 public:
  explicit Answering(const cli::ServerOptions& options) {
    auto server = cli::Server::listen(options, [](cli::Request, const cli::Answer& answer) {
      answer({200, "text/plain", "done"});
    });
    ASSERT(server.has_value());
    server_ = *std::move(server);
    running_ = std::jthread([this] { server_->run(); });
  }
  ~Answering() { server_->stop(); }

  std::uint16_t port() const { return server_->port(); }
  bool answers() const {
    return tests::ask(port(), tests::request("GET /", "")).starts_with("HTTP/1.1 200");
  }
  // Waits until nobody is connected.
  bool left_alone() const {
    for (int i = 0; i < 10'000'000; ++i) {
      if (server_->traffic().connections == 0) return true;
      std::this_thread::yield();
    }
    return false;
  }

 private:
  std::unique_ptr<cli::Server> server_;
  std::jthread running_;
};

std::size_t count(const std::string& text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++found;
  return found;
}

std::string begun_post(std::size_t length, const std::string& body) {
  return "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n" +
         body;
}

}  // namespace

TEST_CASE("a body without an end is cut at the limit", "[cli]") {
  cli::ServerOptions options;
  options.body_bytes_max = 10'000;
  Answering server(options);
  Tcp tcp(server.port());
  tcp.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "3e8\r\n" + std::string(1000, 'x') + "\r\n";
  for (int i = 0; i < 1000; ++i) tcp.send(chunk);

  auto answer = tcp.read_all();

  CHECK((answer.empty() || answer.starts_with("HTTP/1.1 413")));  // A reset may eat the answer.
  CHECK(server.left_alone());
  CHECK(server.answers());
}

TEST_CASE("many that say a little and then nothing are cut, and leave nothing behind", "[cli]") {
  cli::ServerOptions options;
  options.receiving = 50ms;
  Answering server(options);
  std::vector<std::unique_ptr<Tcp>> slow;
  for (int i = 0; i < 300; ++i) {
    slow.push_back(std::make_unique<Tcp>(server.port()));
    slow.back()->send(i % 2 ? begun_post(1000, "x") : "GET / HTTP/1.1\r\nX-");
  }

  CHECK(server.answers());
  for (auto& one : slow) CHECK(one->read_all().empty());
  CHECK(server.left_alone());
}

TEST_CASE("a thousand requests at once on one connection are all answered", "[cli]") {
  Answering server({});
  Tcp tcp(server.port());
  std::string flood;
  for (int i = 0; i < 1000; ++i) flood += "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  std::jthread sending([&] { tcp.send(flood + tests::request("GET /", "")); });

  CHECK(count(tcp.read_all(), "HTTP/1.1 200") == 1001);
  CHECK(server.left_alone());
}

TEST_CASE("the bodies of all requests together have a limit, too", "[cli]") {
  cli::ServerOptions options;
  options.bodies_bytes_max = 1000;
  Answering server(options);
  auto second = begun_post(600, std::string(600, 'x'));
  {
    Tcp first(server.port());
    first.send(begun_post(600, "the rest comes later"));
    // The server has come so far with the first when it refuses the second.
    std::string answer;
    for (int i = 0; i < 1'000'000 && !answer.starts_with("HTTP/1.1 503"); ++i) {
      answer = tests::ask(server.port(), tests::request("POST /", "", "", std::string(600, 'x')));
    }
    CHECK(answer.starts_with("HTTP/1.1 503"));
    CHECK(answer.find("Retry-After: 1\r\n") != std::string::npos);
    CHECK(server.answers());
  }
  CHECK(server.left_alone());
  CHECK(tests::ask(server.port(), tests::request("POST /", "", "", std::string(600, 'x')))
            .starts_with("HTTP/1.1 200"));
}

TEST_CASE("connections take no file descriptors that the log needs", "[cli]") {
  tests::Served served;
  served.stop();
  served.begin({}, 300);
  std::list<Tcp> many;
  for (int i = 0; i < 400; ++i) many.emplace_back(served.port());
  Tcp& first = many.front();
  // Those that are too many are closed at once, and the last one is among them.
  CHECK(many.back().read_all().empty());

  // Somebody new needs a new file for his key.
  std::string body = tests::registered("p-9");
  first.send("POST /api/v1/commands HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
             served.token("admin") + "\r\nIdempotency-Key: new\r\nContent-Length: " +
             std::to_string(body.size()) + "\r\n\r\n" + body);
  CHECK(first.read_until("\"first\"").starts_with("HTTP/1.1 201"));
}

TEST_CASE("a client that dies in the middle has done nothing, or all of it once", "[cli]") {
  tests::Served served;
  const std::string& token = served.token("admin");
  auto whole = [&](const std::string& person) {
    return tests::request("POST /api/v1/commands", token, "Idempotency-Key: " + person + "\r\n",
                          tests::registered(person));
  };
  auto status = [&](const std::string& person) {
    return tests::status_of(tests::ask(served.port(), whole(person)));
  };
  for (int i = 0; i < 20; ++i) {
    std::string cut = "cut-" + std::to_string(i);
    std::string text = whole(cut);
    Tcp(served.port()).send(text.substr(0, text.size() - 1 - static_cast<std::size_t>(i)));
    std::string sent = "sent-" + std::to_string(i);
    Tcp(served.port()).send(whole(sent));  // And does not wait for the answer.
    CHECK(status(cut) == "HTTP/1.1 201");
    std::string late = status(sent);  // Whether it arrived is known only now.
    CHECK((late == "HTTP/1.1 200" || late == "HTTP/1.1 201"));
    CHECK(status(sent) == "HTTP/1.1 200");
  }
}

TEST_CASE("a full queue refuses with the time to try again, and what it took is done once",
          "[cli]") {
  tests::Served served;
  served.stop();
  served.begin({"--queue-max", "1"});
  std::atomic<int> next = 0;
  std::atomic<int> refused = 0;
  std::mutex mutex;
  std::vector<std::string> wrong;
  auto work = [&] {
    while (refused == 0 && next < 20'000) {
      std::string key = "q-" + std::to_string(++next);
      std::string answer;
      do {
        answer = served.post(key, tests::registered(key), served.token("admin"));
        if (!answer.starts_with("HTTP/1.1 503")) break;
        ++refused;
        if (answer.find("Retry-After: ") == std::string::npos) answer.clear();
      } while (!answer.empty());
      if (answer.starts_with("HTTP/1.1 201")) continue;
      std::lock_guard lock(mutex);
      wrong.push_back(answer);
    }
  };
  {
    std::vector<std::jthread> all;
    for (int i = 0; i < 16; ++i) all.emplace_back(work);
  }

  CHECK(refused > 0);
  CHECK(wrong.empty());
}
