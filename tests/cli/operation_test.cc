#include "cli/operation.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <csignal>

#include "events/assert.h"
#include "tests/built.h"
#include "tests/cli/data_folder.h"
#include "tests/cli/serving.h"

namespace {

namespace json = boost::json;
using tests::ask;
using tests::body_of;

// The program on a folder of three events, with what is in its environment and its arguments.
class Serving {
 public:
  explicit Serving(std::vector<std::string> arguments, std::vector<std::string> variables = {}) {
    std::vector<std::string> all{"/usr/bin/env"};
    all.insert(all.end(), variables.begin(), variables.end());
    for (std::string one : {tests::built_program, "--data"}) all.push_back(one);
    all.push_back(folder_.data());
    for (std::string one : {"serve", "--port", "0"}) all.push_back(one);
    all.insert(all.end(), arguments.begin(), arguments.end());
    process_.emplace(tests::Program{all, {}, 0});
    REQUIRE(process_->wait_for_lines(1));
    port_ = static_cast<std::uint16_t>(std::stoul(process_->out().substr(17)));
  }
  std::string get(const std::string& target, const std::string& more = "") const {
    return ask(port_,
               "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + more + "\r\n");
  }
  void signal(int number) { process_->signal(number); }
  tests::Ending finish() { return process_->finish(); }

 private:
  tests::DataFolder folder_{2};
  std::optional<tests::Process> process_;
  std::uint16_t port_ = 0;
};

bool says(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

// A datagram socket, as a service manager has it.
class Manager {
 public:
  explicit Manager(const std::string& path) : path_(path) {
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    ASSERT(path.size() < sizeof(address.sun_path));
    path.copy(address.sun_path, path.size());
    ASSERT(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
    timeval patience{30, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  }
  ~Manager() { ::close(socket_); }
  Manager(const Manager&) = delete;
  Manager& operator=(const Manager&) = delete;

  const std::string& path() const { return path_; }
  // All that was told, up to the words.
  std::string until(const std::string& words) {
    std::string told;
    std::array<char, 4096> buffer;
    while (!says(told, words)) {
      auto count = ::recv(socket_, buffer.data(), buffer.size(), 0);
      if (count <= 0) break;
      told.append(buffer.data(), static_cast<std::size_t>(count)).append("\n");
    }
    return told;
  }

 private:
  std::string path_;
  int socket_ = -1;
};

}  // namespace

TEST_CASE("a problem names its request and the log's head, as its log line does", "[cli]") {
  Serving serving({"--log-format", "json"});

  auto answer = serving.get("/api/v1/views/board/secret-7?asOf=secret-8",
                            "Authorization: Bearer secret-9\r\n");
  serving.signal(SIGTERM);
  auto ended = serving.finish();

  auto problem = json::parse(body_of(answer)).as_object();
  auto id = std::string(problem.at("requestId").as_string());
  CHECK(problem.at("position") == "3");
  CHECK(says(answer, "X-Request-Id: " + id + "\r\n"));
  auto begin = ended.err.find("{\"timestamp\"");
  INFO(ended.err);
  REQUIRE(begin != std::string::npos);
  auto end = ended.err.find('\n', begin);
  auto line = json::parse(ended.err.substr(begin, end - begin)).as_object();
  CHECK(line.at("attributes").at("requestId") == json::value(id));
  CHECK(line.at("attributes").at("route") == "/api/v1/views/{}/{...}");
  CHECK(line.at("attributes").at("status") == 401);
  CHECK_FALSE(says(ended.err, "secret"));
}

TEST_CASE("measurements are numbers by route, without anything that somebody wrote", "[cli]") {
  Serving serving({});
  serving.get("/api/v1/views/board/secret-7");
  serving.get("/secret-8");

  auto text = serving.get("/metrics");

  INFO(text);
  CHECK(says(text, "text/plain; version=0.0.4"));
  CHECK(says(text,
             "probity_http_request_duration_seconds_count{method=\"GET\","
             "route=\"/api/v1/views/{}/{...}\",status=\"401\"} 1\n"));
  CHECK(says(text, "route=\"none\",status=\"404\"} 1\n"));
  CHECK(says(text, "probity_log_position 3\n"));
  CHECK(says(text, "probity_projection_lag_events{projection=\"board\"} 0\n"));
  CHECK(says(text, "probity_connections 1\n"));
  CHECK(says(text, "probity_sse_clients 0\n"));
  CHECK(says(text, "probity_build_info{version=\""));
  CHECK_FALSE(says(text, "secret"));
}

TEST_CASE("commands are counted by type and outcome", "[cli]") {
  tests::Served served;

  auto answer = served.post("k-1", tests::registered("p-9"), served.token("p-3"));

  CHECK(says(answer, "403"));
  CHECK(says(served.get("/metrics", ""),
             "probity_commands_total{outcome=\"forbidden\",type=\"registerPerson\"} 1\n"));
}

TEST_CASE("measurements and readiness are not there through a proxy", "[cli]") {
  Serving serving({});

  CHECK(says(serving.get("/readyz"), "HTTP/1.1 200"));
  for (const char* path : {"/readyz", "/metrics"}) {
    CHECK(says(serving.get(path, "X-Forwarded-For: 192.0.2.1\r\n"), "HTTP/1.1 404"));
    CHECK(says(serving.get(path, "Via: 1.1 gate\r\n"), "HTTP/1.1 404"));
  }
}

TEST_CASE("readiness falls with each number beyond its limit", "[cli]") {
  cli::Health health{10, {{"board", 5}}, 1000, std::chrono::seconds(2)};
  cli::HealthLimits limits{5, 1000, std::chrono::seconds(2)};
  auto bad = [&] {
    auto checks = cli::checks_of(health, limits);
    return std::ranges::count(checks, false, &cli::Check::good);
  };

  CHECK(bad() == 0);
  health.lags.push_back({"rounds", 6});
  CHECK(bad() == 1);
  health.disk_free_bytes = 999;
  CHECK(bad() == 2);
  health.checkpoint_behind = std::chrono::milliseconds(2001);
  CHECK(bad() == 3);
}

TEST_CASE("a full disk makes the server unready, and says so to people", "[cli]") {
  Serving serving({"--disk-free-bytes-min", "9007199254740992"});

  CHECK(says(serving.get("/readyz"), "HTTP/1.1 503"));
  auto told = serving.get("/readyz?verbose");
  CHECK(says(told, "[-] 磁盘可用 "));
  CHECK(says(told, "[+] 视图落后 0 个事件"));
  CHECK(says(serving.get("/livez"), "HTTP/1.1 200"));
}

TEST_CASE("while it drains, the server answers and says that it is not ready", "[cli]") {
  tests::Folder folder;
  Manager manager(folder.file("notify"));
  Serving serving({"--draining-ms", "60000"}, {"NOTIFY_SOCKET=" + manager.path()});

  serving.signal(SIGTERM);
  manager.until("STOPPING=1");
  auto ready = serving.get("/readyz?verbose");
  auto alive = serving.get("/livez");
  serving.signal(SIGTERM);

  CHECK(says(ready, "HTTP/1.1 503"));
  CHECK(says(ready, "[-] 正在停止 / stopping"));
  CHECK(says(alive, "HTTP/1.1 200"));
  CHECK(serving.finish().exit_code == 0);
}

TEST_CASE("a service manager hears that the server is ready, alive and stopping", "[cli]") {
  tests::Folder folder;
  Manager manager(folder.file("notify"));
  Serving serving({}, {"NOTIFY_SOCKET=" + manager.path(), "WATCHDOG_USEC=200000"});

  // The folder has no views yet: they come first.
  CHECK(says(manager.until("EXTEND_TIMEOUT_USEC="), "STATUS=views at 3 of 3"));
  auto ready = manager.until("READY=1");
  CHECK(says(ready, "READY=1"));
  CHECK(says(ready, "STATUS="));
  CHECK(says(manager.until("WATCHDOG=1"), "WATCHDOG=1"));
  CHECK(says(manager.until("WATCHDOG=1"), "WATCHDOG=1"));
  serving.signal(SIGTERM);
  CHECK(says(manager.until("STOPPING=1"), "STOPPING=1"));
  CHECK(serving.finish().exit_code == 0);
}
