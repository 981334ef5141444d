// probity serve: the wiring, from the settings and the folder to the socket.
#include "cli/serve.h"

#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <thread>

#include "cli/descriptors.h"
#include "cli/error.h"
#include "cli/log_lines.h"
#include "cli/routes.h"
#include "cli/service_manager.h"
#include "cli/subcommands.h"
#include "cli/table.h"
#include "events/file.h"

namespace cli {
namespace {

using events::Result;
using std::chrono::microseconds;
using std::chrono::steady_clock;

constexpr std::size_t settings_bytes_max = 64 << 10;
// The folders are settings of the file, too; as flags and variables every subcommand has them.
constexpr std::string_view folder_names[] = {"data", "safe"};

struct Wanted {
  std::string file;
  GivenSettings flags;
  bool check = false;
};

// Blocked in every thread and taken by one that does nothing else: no handler, so nothing that a
// handler may not do.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    for (int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  // The one that came, or 0 when none came in that time.
  int wait_for(microseconds time) const {
    constexpr std::int64_t second = 1'000'000;
    timespec limit{time.count() / second, time.count() % second * 1000};
    return std::max(sigtimedwait(&set_, nullptr, &limit), 0);
  }

 private:
  sigset_t set_{};
};

void read_certificate_again(Server& server) {
  auto read = server.read_certificate_again();
  if (read) return spdlog::info("the certificate was read again");
  spdlog::error("the old certificate stays: {}", read.error().words.en);
}

// http://127.0.0.1:8080, https://[::1]:8443
std::string url_of(const Server& server, const std::string& address) {
  bool six = address.find(':') != std::string::npos;
  return std::string(server.secure() ? "https://" : "http://") + (six ? "[" : "") + address +
         (six ? "]:" : ":") + std::to_string(server.port());
}

// Its views are brought to the log's head before it is open. Whoever waits for that hears how far
// they are, and a service manager waits on.
Result<std::unique_ptr<Office>> open_office(const App& app, const Settings& settings,
                                            Server& server) {
  std::optional<Progress> shown;
  auto caught_up = [&](events::Position done, events::Position until) {
    tell_service_manager("STATUS=views at " + std::to_string(done) + " of " +
                         std::to_string(until) + "\nEXTEND_TIMEOUT_USEC=60000000");
    if (app.quiet || !app.err.animated) return;  // Else stderr is a log.
    if (!shown)
      shown.emplace(std::cerr, app.err, events::Words{"正在生成视图", "building views"}, until);
    shown->reached(done);
  };
  return Office::open(
      app, settings.queue, [&server] { server.wake(); }, caught_up);
}

ServerOptions options_that_fit(const Settings& settings) {
  ServerOptions options = settings.server;
  options.connections_max = connections_that_fit(options.connections_max);
  if (options.connections_max < settings.server.connections_max) {
    spdlog::warn("connections-max is {} and not {}: more file descriptors are not allowed",
                 options.connections_max, settings.server.connections_max);
  }
  return options;
}

// Until a signal comes, tells the service manager that the network's thread goes round: if that is
// stuck, nothing is told. Then says that it stops, drains, and stops.
void watch_over(const Signals& signals, Server& server, Operation& operation,
                const Settings& settings) {
  auto every = watchdog_every();
  for (;;) {
    int signal = signals.wait_for(every.value_or(std::chrono::hours(1)));
    // A terminal that was closed ends what has no certificate to read again.
    if (signal == SIGHUP && server.secure()) {
      read_certificate_again(server);
    } else if (signal != 0) {
      break;
    }
    if (every) server.on_thread([] { tell_service_manager("WATCHDOG=1"); });
  }
  operation.stopping = true;
  tell_service_manager("STOPPING=1\nSTATUS=stopping");
  auto until = steady_clock::now() + settings.draining;
  while (steady_clock::now() < until) {
    auto left = std::chrono::ceil<microseconds>(until - steady_clock::now());
    left = std::min(std::max(left, microseconds(1)), every.value_or(left));
    if (signals.wait_for(left)) break;  // A second signal: at once.
    if (every) server.on_thread([] { tell_service_manager("WATCHDOG=1"); });
  }
  server.stop();
}

}  // namespace

Result<> serve(const App& app, const Settings& settings) {
  spdlog::default_logger()->set_formatter(
      log_lines(settings.log_format == "json" ? LogFormat::json : LogFormat::text));
  spdlog::set_level(spdlog::level::from_str(settings.log_level));
  Signals signals;  // Before any thread begins.
  // The server is there before all that answers for it, and goes after it: answers may come late.
  Routes* routes_there = nullptr;
  auto server = TRY(Server::listen(options_that_fit(settings), [&](Request request, Answer answer) {
    routes_there->handle(std::move(request), std::move(answer));
  }));
  Operation operation{app.data, settings.limits, [&] { return server->traffic(); }};
  auto office = TRY(open_office(app, settings, *server));
  Routes routes(*office, operation);
  routes_there = &routes;
  office->set_secure(server->secure());
  std::string address = url_of(*server, settings.server.address);
  std::cout << address << '\n' << std::flush;
  remark(app, {"服务已启动，Ctrl-C 停止", "serving; Ctrl-C stops it"});
  server->on_thread([&address] { tell_service_manager("READY=1\nSTATUS=serving " + address); });
  std::jthread watching([&] { watch_over(signals, *server, operation, settings); });
  server->run();
  return {};
}

namespace {

// What the folders' flags and variables left open is taken from the file.
void take_folders(App& app, GivenSettings& file) {
  for (std::string_view name : folder_names) {
    auto given = file.find(name);
    if (given == file.end()) continue;
    auto* option = app.program->get_option("--" + std::string(name));
    if (option->count() == 0) (name == "data" ? app.data : app.safe) = given->second.text;
    file.erase(given);
  }
}

std::map<std::string, std::string, std::less<>> variables() {
  std::map<std::string, std::string, std::less<>> found;
  for (const Setting& setting : all_settings()) {
    std::string name = variable_of(setting);
    if (const char* value = std::getenv(name.c_str())) found[name] = value;
  }
  return found;
}

Result<Settled> settle_all(App& app, const Wanted& wanted) {
  GivenSettings file;
  if (!wanted.file.empty()) {
    auto text = TRY(events::read_file(wanted.file, settings_bytes_max));
    file = TRY(parse_settings(text, wanted.file, folder_names));
    take_folders(app, file);
  }
  return settle(wanted.flags, variables(), file);
}

void print_settings(const App& app, const Settled& settled) {
  Table table({{{"设置", "setting"}},
               {{"值", "value"}},
               {{"来源", "from"}},
               {{"含义", "what it is"}, Align::left, true}},
              {"没有设置", "no settings"});
  boost::json::array all;
  for (const Setting& setting : all_settings()) {
    const Given& given = settled.values.find(setting.name)->second;
    std::string from = app.words(text(given.source));
    if (!given.place.empty()) from += " " + given.place;
    table.add({std::string(setting.name), given.text, from, app.words(setting.words)});
    all.push_back({{"name", setting.name},
                   {"value", given.text},
                   {"source", text(given.source).en},
                   {"place", given.place}});
  }
  if (app.format() != Format::table) {
    std::cout << boost::json::serialize(all) << '\n';
    return;
  }
  table.print(std::cout, app.out);
  remark(app, {"数据 " + app.data.string() + "，保管文件夹 " + app.safe_folder().string(),
               "data " + app.data.string() + ", safe " + app.safe_folder().string()});
}

int run_serve(App& app, const Wanted& wanted) {
  auto settled = settle_all(app, wanted);
  if (!settled) return failed(app, settled.error());
  if (wanted.check) {
    print_settings(app, *settled);
    return 0;
  }
  auto served = serve(app, settled->settings);
  return served ? 0 : failed(app, served.error());
}

}  // namespace

void add_serve(CLI::App& program, App& app) {
  auto* command =
      program.add_subcommand("serve", help("启动服务：经 HTTP 提交指令、查看视图和事件",
                                           "serve commands, views and events over HTTP"));
  auto wanted = std::make_shared<Wanted>();
  command
      ->add_option("--config", wanted->file,
                   help("设置文件（YAML）；命令行和环境变量优先",
                        "a file of settings (YAML); flags and variables go before it"))
      ->envname("PROBITY_CONFIG");
  command->add_flag("--check-config", wanted->check,
                    help("只列出各项设置及其来源", "only say what is set, and by whom"));
  for (const Setting& setting : all_settings()) {
    std::string flag = "--" + std::string(setting.name);
    command->add_option_function<std::string>(
        flag,
        [wanted, flag, name = std::string(setting.name)](const std::string& value) {
          wanted->flags[name] = {value, Source::flag, flag};
        },
        help(setting.words.zh.c_str(), setting.words.en.c_str()));
  }
  command->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_serve(app, *wanted); }; });
}

}  // namespace cli
