#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/folder.h"
#include "cli/subcommands.h"

namespace cli {
namespace {

struct Wanted {
  std::string origin = "probity.example/log";
  std::string zone = "Asia/Shanghai";
  std::string administrator;
  std::string simulated_from;
};

int run_init(App& app, const Wanted& wanted) {
  NewFolder folder{wanted.origin, wanted.zone, wanted.administrator, std::nullopt};
  if (!wanted.simulated_from.empty()) {
    folder.simulated_from = events::parse_moment(wanted.simulated_from);
    if (!folder.simulated_from) {
      return failed(
          app,
          {events::Code::invalid,
           {"看不懂这个时间：" + wanted.simulated_from + "（例：2017-01-03T09:00:00+08:00）",
            "not a time: " + wanted.simulated_from + " (for example: 2017-01-03T09:00:00+08:00)"},
           {},
           {}});
    }
  }
  auto made = create_folder(app, folder);
  if (!made) return failed(app, made.error());
  std::string data = app.data.string();
  std::string safe = app.safe_folder().string();
  std::cout << app.words(
                   {"已建立日志 " + wanted.origin + "\n  数据：" + data + "\n  保管：" + safe +
                        "（签名密钥、检查点、个人密钥；请放在另一块磁盘上并单独备份）\n"
                        "能读取这些文件夹的人可以读到其中的一切；身份在此方式下只是自称。",
                    "made the log " + wanted.origin + "\n  data: " + data + "\n  safe: " + safe +
                        " (signing key, kept head, keys of persons: keep it on another disk, "
                        "backed up apart)\nWhoever can read these folders can read all that is "
                        "in them; who acts is only asserted here."})
            << '\n';
  return 0;
}

}  // namespace

void add_init(CLI::App& program, App& app) {
  auto* command = program.add_subcommand("init", help("新建日志", "make a new log"));
  auto wanted = std::make_shared<Wanted>();
  command->add_option("--origin", wanted->origin, help("日志名称", "the log's name"))
      ->capture_default_str();
  command->add_option("--zone", wanted->zone, help("时区", "time zone"))->capture_default_str();
  command
      ->add_option("--administrator", wanted->administrator,
                   help("第一位管理员的标识", "the id of the first administrator"))
      ->required();
  command->add_option(
      "--simulated-from", wanted->simulated_from,
      help("模拟时间的起点，仅供演示", "simulated time from here, for demonstrations"));
  command->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_init(app, *wanted); }; });
}

}  // namespace cli
