// probity serve: the wiring, from the folder to the socket.
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <thread>

#include "cli/error.h"
#include "cli/log_lines.h"
#include "cli/routes.h"
#include "cli/server.h"
#include "cli/subcommands.h"

namespace cli {
namespace {

using events::Result;

// Blocked in every thread and taken by one that does nothing else: no handler,
// so nothing that a handler may not do.
class Signals {
public:
  Signals() {
    sigemptyset(&set_);
    for (int signal : {SIGINT, SIGTERM})
      sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  void wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
  }

private:
  sigset_t set_{};
};

struct Wanted {
  ServerOptions server;
  std::string log_format = "text";
  std::string log_level = "info";
};

Result<> serve(const App &app, const Wanted &wanted) {
  const ServerOptions &options = wanted.server;
  spdlog::default_logger()->set_formatter(log_lines(
      wanted.log_format == "json" ? LogFormat::json : LogFormat::text));
  spdlog::set_level(spdlog::level::from_str(wanted.log_level));
  Signals signals; // Before any thread begins.
  // The server is there before all that answers for it, and goes after it:
  // answers may come late.
  Routes *routes_there = nullptr;
  auto server =
      TRY(Server::listen(options, [&](Request request, Answer answer) {
        routes_there->handle(std::move(request), std::move(answer));
      }));
  Operation operation{app.data, {}, [&] { return server->traffic(); }};
  auto office = TRY(Office::open(app, [&] { server->wake(); }));
  Routes routes(*office, operation);
  routes_there = &routes;
  std::cout << "http://" << options.address << ":" << server->port() << '\n'
            << std::flush;
  remark(app, {"服务已启动，Ctrl-C 停止", "serving; Ctrl-C stops it"});
  std::jthread waiting([&] {
    signals.wait();
    operation.stopping = true;
    server->stop();
  });
  server->run();
  return {};
}

int run_serve(const App &app, const Wanted &wanted) {
  auto served = serve(app, wanted);
  return served ? 0 : failed(app, served.error());
}

} // namespace

void add_serve(CLI::App &program, App &app) {
  auto *command = program.add_subcommand(
      "serve", help("启动服务：经 HTTP 提交指令、查看视图和事件",
                    "serve commands, views and events over HTTP"));
  auto wanted = std::make_shared<Wanted>();
  wanted->server.port = 8080;
  command
      ->add_option(
          "--address", wanted->server.address,
          help("监听地址，只能是本机", "the address, of this machine only"))
      ->capture_default_str();
  command
      ->add_option(
          "--port", wanted->server.port,
          help("端口，0 为任一空闲端口", "the port; 0: any that is free"))
      ->envname("PROBITY_PORT")
      ->capture_default_str();
  command
      ->add_option("--log-format", wanted->log_format,
                   help("服务日志的格式，写到 stderr",
                        "the server's own log, on stderr"))
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command
      ->add_option("--log-level", wanted->log_level,
                   help("记到哪一级", "the least that is logged"))
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
      ->capture_default_str();
  command->callback([&app, wanted] {
    app.run = [&app, wanted] { return run_serve(app, *wanted); };
  });
}

} // namespace cli
