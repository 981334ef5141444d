#include <kj/exception.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/error.h"
#include "cli/subcommands.h"

namespace {

using namespace cli;

constexpr void (*subcommands[])(CLI::App&, App&) = {
    add_init,      // Make a new log.
    add_scheme,    // Check, show and publish award schemes.
    add_calendar,  // Show and count working days.
    add_send,      // Send commands, one a line.
    add_command,   // Which commands there are, and what each is made of.
    add_show,      // Look at a view, now or as of any position.
    add_round,     // A round, live.
    add_explain,   // Why: every decision down to its events and articles.
    add_event,     // Look at the events themselves.
    add_log,       // The log's head, its verification, its proofs.
    add_backup,    // A backup, also while the log is written.
    add_restore,   // A new folder from a backup.
    add_draw,      // Draw a review group again, offline.
    add_token,     // Who may ask the server for something.
    add_serve,     // The server.
    add_demo,      // A sample round, from the call to the award.
};

void add_options(CLI::App& program, App& app) {
  program.add_option("--data", app.data, help("数据文件夹", "the data folder"))
      ->envname("PROBITY_DATA")
      ->capture_default_str();
  program
      .add_option("--safe", app.safe,
                  help("保管文件夹（密钥与检查点），默认 <data>.safe",
                       "the safe (keys and kept head), by default <data>.safe"))
      ->envname("PROBITY_SAFE");
  program
      .add_option("--server", app.server,
                  help("向服务器而不是文件夹查询和提交",
                       "asks a server instead of a folder, http://… or https://…"))
      ->envname("PROBITY_SERVER")
      ->type_name("URL");
  program
      .add_option("--token-file", app.token_file,
                  help("写有令牌的文件，与 --server 同用", "a file with the token for --server"))
      ->envname("PROBITY_TOKEN_FILE")
      ->type_name("FILE");
  program
      .add_option("--ca-file", app.ca_file,
                  help("信任的证书颁发者（PEM），默认为本机所信任的",
                       "whose certificates are believed (PEM), by default the machine's"))
      ->envname("PROBITY_CA_FILE")
      ->type_name("FILE");
  program.add_flag("--open", app.open,
                   help("请服务器打开封存的个人信息；此举会被记录",
                        "asks the server to open sealed texts, which goes on record"));
  program.add_option("-o,--output", app.format_name, help("输出格式", "output format"))
      ->check(CLI::IsMember({"table", "json", "ndjson"}))
      ->capture_default_str();
  program.add_option("--lang", app.language_name, help("语言 zh 或 en", "language, zh or en"))
      ->check(CLI::IsMember({"zh", "en"}));
  program.add_flag("--no-color", app.no_color, help("不用颜色", "no colour"));
  program.add_flag("-q,--quiet", app.quiet, help("不显示附注", "no remarks"));
}

int run(int argc, char** argv) {
  App app;
  CLI::App program(help("明鉴：政府质量奖评审的全程留痕与查证",
                        "Probity: government quality awards, every decision provable"),
                   "probity");
  app.program = &program;
  program.require_subcommand(1);
  program.fallthrough();
  add_options(program, app);
  for (auto add : subcommands) add(program, app);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? 0 : 2;
  }
  app.settle_terminal();
  return app.run();
}

}  // namespace

int main(int argc, char** argv) {
  spdlog::set_default_logger(spdlog::stderr_logger_mt("probity"));
  // A stored record that cannot be read throws from deep inside Cap'n Proto; nothing after it
  // counts.
  int code = 1;
  try {
    code = run(argc, argv);
  } catch (const kj::Exception& exception) {
    std::cerr
        << "记录无法读取，日志可能已损坏；请运行 probity log verify / a record cannot be read, "
           "the log may be damaged; run probity log verify\n  "
        << exception.getDescription().cStr() << '\n';
    return exit_unverified;
  } catch (const std::exception& exception) {
    std::cerr << "意外错误 / unexpected: " << exception.what() << '\n';
    return 1;
  }
  return code;
}
