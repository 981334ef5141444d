// The server over HTTP, beside PostgreSQL 15 in the same run; each figure with what it is held to.
#include <fmt/core.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <thread>

#include "cli/server.h"
#include "events/assert.h"
#include "tests/bench/bench.h"
#include "tests/bench/load.h"
#include "tests/built.h"
#include "tests/process.h"

namespace bench {
namespace {

constexpr int seconds_a_run = 3;
constexpr std::size_t streams = 1000;
constexpr std::size_t idle_connections = 10'000;

// The program, serving the sample round.
class Served {
 public:
  explicit Served(const std::filesystem::path& folder) {
    std::string data = (folder / "served").string();
    auto made = tests::run({{tests::built_program, "-q", "--data", data, "demo", "--once"}, {}, 0});
    ASSERT(made.exit_code == 0);
    for (const char* person : {"admin-1", "office-1", "auditor-1"}) {
      auto issued = tests::run({{tests::built_program, "-q", "--data", data, "token", "issue",
                                 person, "--actor", "admin-1", "--confirmed-by", "admin-2"},
                                {},
                                0});
      ASSERT(issued.exit_code == 0);
      tokens_[person] = issued.out.substr(0, issued.out.find('\n'));
    }
    tests::Program serve{{tests::built_program, "--data", data, "serve", "--port", "0",
                          "--log-level", "warn", "--connections-max", "20000"},
                         {},
                         0,
                         std::chrono::hours(2)};
    serving_.emplace(serve);
    ASSERT(serving_->wait_for_lines(1));
    const std::string& line = serving_->out();
    port_ = static_cast<std::uint16_t>(std::stoul(line.substr(line.rfind(':') + 1)));
  }
  ~Served() {
    serving_->signal(SIGTERM);
    serving_->finish();
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  std::uint16_t port() const { return port_; }

  std::string get(const std::string& target, const std::string& person) const {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + tokens_.at(person) +
           "\r\n\r\n";
  }
  // Registering an organisation: one event of about 500 bytes, a new subject and a new id each
  // time.
  std::string post() {
    std::string number = std::to_string(++next_);
    std::string body = R"({"registerApplicant":{"applicant":"bench-)" + number +
                       R"(","representative":"rep-1","organisation":{"name":")" +
                       std::string(200, 'x') + R"(","creditCode":")" + credit_code(next_) +
                       R"("}}})";
    return "POST /api/v1/commands HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
           tokens_.at("admin-1") + "\r\nIdempotency-Key: bench-" + number +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  // Of the server's memory, as the kernel counts it (proc(5), VmRSS).
  double megabytes() const {
    std::ifstream status("/proc/" + std::to_string(serving_->id()) + "/status");
    std::string line;
    while (std::getline(status, line) && !line.starts_with("VmRSS:")) {
    }
    return line.empty() ? 0 : std::stod(line.substr(sizeof("VmRSS:"))) / 1000;
  }
  std::string last_applicant() const { return "bench-" + std::to_string(next_); }

 private:
  std::map<std::string, std::string> tokens_;
  std::optional<tests::Process> serving_;
  std::uint16_t port_ = 0;
  std::uint64_t next_ = 0;
};

struct Figure {
  double rate = 0;
  double p50 = 0;
  double p99 = 0;
};

class Postgres {
 public:
  explicit Postgres(std::filesystem::path folder)
      : script_(std::filesystem::path(tests::source_dir) / "tests/bench/postgres.sh"),
        folder_(std::move(folder)) {
    if (!script_.is_absolute()) script_ = std::filesystem::absolute(script_);
    ASSERT(call("start").exit_code == 0);
  }
  ~Postgres() { call("stop"); }
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;

  Figure run(const std::string& what, int clients) const {
    auto ended = call("run", {what, std::to_string(clients), std::to_string(seconds_a_run)});
    Figure figure;
    std::istringstream(ended.out) >> figure.rate >> figure.p50 >> figure.p99;
    return figure;
  }

 private:
  tests::Ending call(const std::string& verb, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all = {"/bin/bash", script_.string(), verb, folder_.string()};
    all.insert(all.end(), more.begin(), more.end());
    auto ended = tests::run({all, {}, 0, std::chrono::minutes(5)});
    if (ended.exit_code != 0) fmt::print("{}\n", ended.err);
    return ended;
  }

  std::filesystem::path script_;
  std::filesystem::path folder_;
};

Figure post(Served& served, std::size_t clients, double expected_rate) {
  auto requests = static_cast<std::size_t>(expected_rate * seconds_a_run);
  auto load =
      ask_many(served.port(), clients, requests, [&](std::size_t) { return served.post(); });
  ASSERT(load.failed == 0);
  return {load.rate(), load.percentile(0.5), load.percentile(0.99)};
}

void print(const std::string& what, const std::vector<double>& ratios, double goal) {
  auto [least, most] = std::ranges::minmax(ratios);
  fmt::print("{:<66} ratio {:.2f} ({:.2f} to {:.2f})  goal {:.2f}  {}\n", what, median(ratios),
             least, most, goal, median(ratios) >= goal ? "met" : "MISSED");
}

void print_figure(const std::string& what, const Figure& figure) {
  fmt::print("  {:<40} {:>9.0f}/s  p50 {:>8.3f} ms  p99 {:>8.3f} ms\n", what, figure.rate,
             figure.p50 * 1e3, figure.p99 * 1e3);
}

void commands_beside_postgres(const Options& options, Served& served) {
  Postgres postgres(options.folder / "postgres");
  for (int clients : {1, 64, 256}) {
    std::vector<double> append;
    std::vector<double> in_order;
    std::vector<double> tail;
    for (int round = 0; round < options.rounds; ++round) {
      auto theirs = postgres.run("append", clients);
      auto ours = post(served, static_cast<std::size_t>(clients), std::max(theirs.rate, 1000.0));
      auto ordered = postgres.run("append_in_order", clients);
      append.push_back(ours.rate / theirs.rate);
      in_order.push_back(ours.rate / ordered.rate);
      tail.push_back(theirs.p99 / ours.p99);
      print_figure(fmt::format("{} clients: POST /commands", clients), ours);
      print_figure("PostgreSQL append", theirs);
      print_figure("PostgreSQL append in order", ordered);
    }
    bool held = clients == 64;
    std::string at = fmt::format(", {} clients", clients);
    print("POST /commands to PostgreSQL's append" + at, append, held ? 3 : 0);
    print("POST /commands to PostgreSQL's append in order" + at, in_order, held ? 16 : 0);
    print("PostgreSQL's p99 to that of POST /commands" + at, tail, held ? 2 : 0);
  }
}

void many_clients(const Options& options, Served& served) {
  std::vector<double> ratios;
  for (int round = 0; round < options.rounds; ++round) {
    auto few = post(served, 64, 8000);
    auto many = post(served, 256, 8000);
    print_figure("64 clients", few);
    print_figure("256 clients", many);
    ratios.push_back(many.rate / few.rate);
  }
  print("256 clients to 64", ratios, 1);
}

// What Beast and a loopback connection cost at the least: the same server, answering at once.
void view_beside_nothing(const Options& options, Served& served) {
  auto nothing = cli::Server::listen({}, [](cli::Request, const cli::Answer& answer) {
    answer({200, "application/json", "{}\n"});
  });
  ASSERT(nothing.has_value());
  std::jthread running([&] { (*nothing)->run(); });
  struct Kind {
    const char* what;
    std::string target;
  };
  constexpr std::size_t requests = 10'000;
  for (const auto& [what, target] :
       {Kind{"GET of one row", "/api/v1/views/board/sh-2017/gold-manufacturing/A-01"},
        Kind{"GET of a class (14 rows)", "/api/v1/views/board/sh-2017/gold-manufacturing"},
        Kind{"GET of one row at an earlier position",
             "/api/v1/views/board/sh-2017/gold-manufacturing/A-01?at=3000"}}) {
    std::vector<double> ratios;
    for (int round = 0; round < options.rounds; ++round) {
      auto request = served.get(target, "auditor-1");
      auto floor = ask_many((*nothing)->port(), 64, requests, [&](std::size_t) { return request; });
      auto load = ask_many(served.port(), 64, requests, [&](std::size_t) { return request; });
      ASSERT(load.failed == 0);
      print_figure(what, {load.rate(), load.percentile(0.5), load.percentile(0.99)});
      print_figure("empty responder",
                   {floor.rate(), floor.percentile(0.5), floor.percentile(0.99)});
      ratios.push_back(load.rate() / floor.rate());
    }
    print(std::string(what) + " to an empty responder, 64 clients", ratios, 0.5);
  }
  (*nothing)->stop();
}

// From the moment at which a command is sent until each of the streams has its event.
void live(const Options& options, Served& served) {
  Streams listening(served.port(), streams,
                    served.get("/api/v1/stream?type=applicantRegistered", "auditor-1"));
  if (listening.open() < streams) {
    fmt::print("only {} of {} streams were opened: not measured\n", listening.open(), streams);
    return;
  }
  std::vector<double> last;
  std::vector<double> all;
  for (int round = 0; round < options.rounds * 3; ++round) {
    auto request = served.post();
    auto times = listening.until("\"" + served.last_applicant() + "\"", [&] {
      auto load = ask_many(served.port(), 1, 1, [&](std::size_t) { return request; });
      ASSERT(load.failed == 0);
    });
    ASSERT(times.size() == streams);
    last.push_back(times.back());
    all.insert(all.end(), times.begin(), times.end());
  }
  std::ranges::sort(all);
  std::string what = fmt::format("sending a command to its event in {} streams", streams);
  report_limit(what + ", p50", percentile(all, 0.5), 0.1, "s");
  report_limit(what + ", p99", percentile(all, 0.99), 0.1, "s");
  report_limit(what + ", the last of them, median", median(last), 0.1, "s");
}

void open_connections(Served& served) {
  double before = served.megabytes();
  Idle idle(served.port(), idle_connections);
  auto load = ask_many(served.port(), 1, 100,
                       [&](std::size_t) { return served.get("/api/v1/me", "auditor-1"); });
  fmt::print("{} connections open: {:.1f} kB each, GET /me p99 {:.3f} ms, {} of 100 failed\n",
             idle.open(), (served.megabytes() - before) * 1000 / static_cast<double>(idle.open()),
             load.percentile(0.99) * 1e3, load.failed);
}

}  // namespace

void bench_serving(const Options& options) {
  if (!options.wants("server: views") && !options.wants("server: live") &&
      !options.wants("server: connections") && !options.wants("server: commands")) {
    return;
  }
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  Served served(options.folder);
  if (options.wants("server: views")) view_beside_nothing(options, served);
  if (options.wants("server: live")) live(options, served);
  if (options.wants("server: connections")) open_connections(served);
  if (options.wants("server: commands")) {
    commands_beside_postgres(options, served);
    many_clients(options, served);
  }
}

}  // namespace bench
