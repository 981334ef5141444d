#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <fstream>
#include <iostream>

#include "cli/error.h"
#include "cli/line.h"
#include "cli/sender.h"
#include "cli/subcommands.h"
#include "events/code.h"

namespace cli {
namespace {

using events::Result;

volatile std::sig_atomic_t interrupted = 0;

struct Wanted {
  std::string file;
  bool keep_going = false;
};

struct Run {
  App& app;
  Wanted wanted;
  HandIn hand_in;
  std::size_t sent = 0;
  std::size_t refused = 0;
  std::size_t unexpected = 0;
  events::Position last = 0;  // Of what was recorded for them.
};

void print_reply(const Run& run, const Line& line, const engine::Reply& reply, bool good) {
  const App& app = run.app;
  std::string id = events::string(line.command.reader().getId());
  if (app.format() != Format::table) {
    boost::json::object out{{"line", line.number}, {"id", id}, {"expected", good}};
    if (reply.first > 0) out["first"] = std::to_string(reply.first);
    if (reply.last > 0) out["last"] = std::to_string(reply.last);
    if (reply.repeated) out["repeated"] = true;
    if (reply.refusal) {
      out["refusal"] = {{"code", events::code_name(reply.refusal->code)},
                        {"clause", reply.refusal->clause},
                        {"detail", in_language(reply.refusal->words, app.out.language)}};
    }
    std::cout << boost::json::serialize(out) << '\n' << std::flush;
    return;
  }
  if (app.quiet && good) return;
  std::cout << line.number << "  " << printable(id, app.out.utf8) << "  ";
  if (!reply.refusal) {
    std::cout << app.words({"位置 ", "position "}) << reply.first;
    if (reply.last > reply.first) std::cout << "–" << reply.last;
    if (reply.repeated)
      std::cout << app.words({"（此前已办，未重复）", " (done before, not repeated)"});
  } else {
    std::cout << app.words(good ? events::Words{"按预期被拒", "refused, as expected"}
                                : events::Words{"被拒", "refused"});
  }
  std::cout << '\n';
  if (reply.refusal) print_error(good ? std::cout : std::cerr, app.out, *reply.refusal);
  std::cout << std::flush;
}

// True to go on.
Result<bool> send_line(Run& run, const Line& line) {
  auto reply = TRY(run.hand_in(line));
  bool good = as_expected(line, reply);
  ++run.sent;
  run.refused += reply.refusal.has_value();
  run.unexpected += !good;
  run.last = std::max(run.last, reply.last);
  print_reply(run, line, reply, good);
  return good || run.wanted.keep_going;
}

Result<> send_all(Run& run, std::istream& in, const std::string& source) {
  std::string text;
  for (std::size_t number = 1; std::getline(in, text); ++number) {
    if (interrupted) return {};
    if (text.find_first_not_of(" \t\r") == std::string::npos || text.front() == '#') continue;
    auto line = TRY(read_line(text, source, number));
    if (!TRY(send_line(run, line))) return {};
  }
  return {};
}

// Before anything is sent, all of a file is read: a fault in line 900 is no reason to send the
// first 899.
Result<> check_all(std::istream& in, const std::string& source) {
  std::vector<events::Fault> faults;
  std::string text;
  for (std::size_t number = 1; std::getline(in, text); ++number) {
    if (text.find_first_not_of(" \t\r") == std::string::npos || text.front() == '#') continue;
    auto line = read_line(text, source, number);
    if (line) continue;
    if (line.error().faults.empty()) {
      faults.push_back({source + ":" + std::to_string(number), line.error().words});
    }
    for (auto& fault : line.error().faults) faults.push_back(std::move(fault));
    if (faults.size() > 100) break;
  }
  if (faults.empty()) return {};
  return std::unexpected(events::Error{
      events::Code::invalid,
      {"文件有 " + std::to_string(faults.size()) + " 处错误，没有发送任何指令",
       "the file has " + std::to_string(faults.size()) + " fault(s); nothing was sent"},
      {},
      std::move(faults)});
}

Result<> send_from(Run& run) {
  if (run.wanted.file == "-") return send_all(run, std::cin, "stdin");
  std::ifstream file(run.wanted.file);
  if (!file) {
    return events::fail(events::Code::not_found, "打不开文件：" + run.wanted.file,
                        "cannot open " + run.wanted.file);
  }
  TRY(check_all(file, run.wanted.file));
  file.clear();
  file.seekg(0);
  return send_all(run, file, run.wanted.file);
}

Result<Run> start(App& app, const Wanted& wanted) {
  return Run{app, wanted, TRY(open_hand_in(app))};
}

int run_send(App& app, const Wanted& wanted) {
  auto run = start(app, wanted);
  if (!run) return failed(app, run.error());
  // Between two commands is where stopping loses nothing.
  std::signal(SIGINT, [](int) { interrupted = 1; });
  std::signal(SIGTERM, [](int) { interrupted = 1; });
  auto sent = send_from(*run);
  std::string all = std::to_string(run->sent);
  std::string refused = std::to_string(run->refused);
  std::string last = std::to_string(run->last);
  remark(app,
         {"已发送 " + all + " 条指令，其中被拒 " + refused + " 条；所记录的到位置 " + last,
          "sent " + all + " commands, " + refused + " refused; recorded up to position " + last});
  if (!sent) return failed(app, sent.error());
  if (interrupted) {
    remark(app,
           {"已中断；再次发送同一文件即可继续", "interrupted: send the same file again to go on"});
    return exit_interrupted;
  }
  return run->unexpected > 0 ? exit_code(events::Code::conflict) : 0;
}

}  // namespace

void add_send(CLI::App& program, App& app) {
  auto* command = program.add_subcommand(
      "send", help("发送指令，每行一条 JSON", "send commands, one JSON object a line"));
  auto wanted = std::make_shared<Wanted>();
  command
      ->add_option("file", wanted->file, help("文件，或 - 表示标准输入", "a file, or - for stdin"))
      ->required();
  command->add_flag("--keep-going", wanted->keep_going,
                    help("遇到意外的拒绝仍继续", "go on after an unexpected refusal"));
  command->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_send(app, *wanted); }; });
}

}  // namespace cli
