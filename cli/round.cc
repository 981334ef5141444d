#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

#include "cli/records.h"
#include "cli/subcommands.h"
#include "projections/all.h"

namespace cli {
namespace {

using events::Position;
using events::Result;

// Ctrl-C ends the watch and is no failure. Whatever thread gets the signal, those of RocksDB
// included, the handler ends the program: it holds nothing that an end would leave half done.
void end_on_interrupt() {
  for (int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { _exit(0); });
}

Result<> need_round(const App& app, const std::string& round) {
  auto records = TRY(open_records(app));
  auto rows = records->rows(*projections::find_view("rounds"), {round});
  if (!rows && rows.error().code == events::Code::forbidden) return {};  // Then see the board.
  if (!TRY(std::move(rows)).empty()) return {};
  return events::fail(events::Code::not_found,
                      "没有这一轮：" + round + "。probity show rounds 列出现有的轮次",
                      "there is no round " + round + ": probity show rounds lists those there are");
}

// What the staff ask again and again: how far each class is, each application, what is due.
int draw(App& app, const std::string& round) {
  if (app.out.is_tty) std::cout << "\x1b[H\x1b[2J";
  for (const char* view : {"rounds", "board"}) {
    if (int code = show_view(app, view, {round})) return code;
    std::cout << '\n';
  }
  if (int code = show_view(app, "agenda", {})) return code;
  std::cout << '\n'
            << app.words({"有新的记录时自动更新；按 Ctrl-C 结束",
                          "drawn again when something is recorded; Ctrl-C ends it"})
            << "\n\n"
            << std::flush;
  return 0;
}

Result<int> watch(App& app, const std::string& round) {
  TRY(need_round(app, round));
  auto records = TRY(open_records(app));  // It asks for no rows: whoever writes keeps the views.
  end_on_interrupt();
  for (Position head = records->head();; head = TRY(records->grown(head))) {
    if (int code = draw(app, round)) return code;
  }
}

int run_watch(App& app, const std::string& round) {
  if (app.format() != Format::table) {
    return failed(app, {events::Code::invalid,
                        {"round watch 只供人看；程序请用 probity event list --after 位置",
                         "round watch is for people; programs take probity event list --after"},
                        {},
                        {}});
  }
  auto watched = watch(app, round);
  return watched ? *watched : failed(app, watched.error());
}

}  // namespace

void add_round(CLI::App& program, App& app) {
  auto* round = program.add_subcommand("round", help("一个轮次", "one round"));
  round->require_subcommand(1);
  auto id = std::make_shared<std::string>();
  auto* watch = round->add_subcommand(
      "watch", help("在终端里看一轮的进展，随记录更新", "see a round live in the terminal"));
  watch->add_option("round", *id, help("轮次", "the round"))->required()->type_name("ROUND");
  watch->callback([&app, id] { app.run = [&app, id] { return run_watch(app, *id); }; });
}

}  // namespace cli
