#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "cli/error.h"
#include "cli/sample_round.h"
#include "cli/sender.h"
#include "cli/subcommands.h"

namespace cli {
namespace {

using events::Result;

constexpr const char* default_data = "probity-data";

void heading(const App& app, const events::Words& words) {
  std::cout << "\n== " << app.words(words) << " ==\n\n";
}

// The first of probity-demo, probity-demo-2, … that is free: a demonstration deletes nothing.
std::filesystem::path free_folder() {
  for (int i = 1;; ++i) {
    std::filesystem::path folder = i == 1 ? "probity-demo" : "probity-demo-" + std::to_string(i);
    auto safe = folder;
    safe += ".safe";
    if (!std::filesystem::exists(folder) && !std::filesystem::exists(safe)) return folder;
  }
}

// One line a refusal, since they are what the demonstration is about; the rest is counted.
Result<> play(const App& app, Sender& sender, const Scene& scene, std::ofstream& file) {
  std::cout << app.words(scene.title) << '\n';
  std::size_t number = 0;
  std::size_t done = 0;
  for (const std::string& text : scene.lines) {
    file << text << '\n';
    auto line = TRY(read_line(text, "round.ndjson", ++number));
    auto reply = TRY(sender.send(line));
    if (!as_expected(line, reply)) {
      if (reply.refusal) return std::unexpected(*reply.refusal);
      return events::fail(events::Code::corrupt, "本应被拒的指令通过了：" + text.substr(0, 200),
                          "a command passed that should be refused: " + text.substr(0, 200));
    }
    ++done;
    if (!reply.refusal) continue;
    std::cout << "   × " << events::string(line.command.reader().getActor()) << "  "
              << printable(reply.refusal->clause, app.out.utf8) << "  "
              << printable(app.words(reply.refusal->words), app.out.utf8)
              << app.words({"（位置 ", " (position "}) << reply.first << app.words({"）", ")"})
              << '\n';
  }
  std::cout << app.words({"   " + std::to_string(done) + " 条指令，日志至位置 ",
                          "   " + std::to_string(done) + " commands; the log stands at position "})
            << sender.folder().log->head() << '\n';
  return {};
}

struct Played {
  events::Position before = 0;  // Before the decision: the earlier of the two boards.
  events::Position head = 0;
};

Result<Played> play_all(const App& app) {
  NewFolder wanted{"demo.probity.example/sh-2017", "Asia/Shanghai", sample_administrator,
                   events::parse_moment(sample_start)};
  auto folder = TRY(create_folder(app, wanted));
  auto sender = TRY(Sender::start(app, std::move(folder)));
  std::ofstream file(app.data / "round.ndjson");
  Played played;
  auto scenes = sample_round();
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    // After the documents were reviewed, before the shortlist.
    if (i == 5) played.before = sender.folder().log->head();
    TRY(play(app, sender, scenes[i], file));
  }
  played.head = sender.folder().log->head();
  return played;
}

// The largest file of the log: where its records are.
std::filesystem::path fattest(const std::filesystem::path& folder) {
  std::filesystem::path best;
  std::uintmax_t size = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.file_size() <= size) continue;
    best = entry.path();
    size = entry.file_size();
  }
  return best;
}

void flip_byte(const std::filesystem::path& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  auto middle = static_cast<std::streamoff>(std::filesystem::file_size(path) / 2);
  file.seekg(middle);
  char byte = static_cast<char>(file.get() ^ 0x01);
  file.seekp(middle);
  file.put(byte);
}

// 0 when the copy was found out.
int tamper(App app) {
  auto original_safe = app.safe_folder();
  auto copy = app.data;
  copy += ".tampered";
  std::filesystem::remove_all(copy);
  std::filesystem::copy(app.data, copy, std::filesystem::copy_options::recursive);
  auto file = fattest(copy / "log");
  flip_byte(file);
  std::cout << app.words({"在副本的 " + file.filename().string() + " 正中翻转了一个比特，再核验：",
                          "one bit in the middle of the copy's " + file.filename().string() +
                              " is flipped; verifying again:"})
            << '\n';
  app.data = copy;
  app.safe = original_safe;
  int code = verify(app);
  std::filesystem::remove_all(copy);
  return code == 0 ? 1 : 0;
}

void print_next(const App& app, const Played& played) {
  std::string data = std::filesystem::absolute(app.data).string();
  std::string program = "probity --data '" + data + "' ";
  heading(app, {"接着可以试", "what to try next"});
  std::cout
      << app.words({"文件夹留在 ", "the folder is left in "}) << data << '\n'
      << app.words({"（在项目文件夹里，把 probity 换成 ./run probity）",
                    "(in the project's folder, write ./run probity for probity)"})
      << "\n\n"
      << "  " << program << "show board sh-2017\n"
      << "  " << program << "show board sh-2017 --at " << played.before << '\n'
      << "  " << program << "explain A-01\n"
      << "  " << program << "explain A-02 --lang en\n"
      << "  " << program << "show ties\n"
      << "  " << program << "show timeline person/reviewer-3\n"
      << "  " << program << "event list --type commandRefused\n"
      << "  " << program << "log verify\n"
      << "  " << program << "send '" << data << "/round.ndjson'\n\n"
      << app.words(
             {"申报：A-01 A-02 A-03 A-04；轮次：sh-2017；人员：reviewer-3、rep-1 等",
              "applications: A-01 A-02 A-03 A-04; round: sh-2017; people: reviewer-3, rep-1 ..."})
      << '\n';
}

int run_demo(App& app) {
  if (app.data == default_data) app.data = free_folder();
  heading(app,
          {"演示：上海 2016 办法下的一个小轮次（人和单位均为虚构，时间为模拟）",
           "demonstration: a small round under the Shanghai 2016 measures (everybody invented, "
           "time simulated)"});
  auto played = play_all(app);
  if (!played) return failed(app, played.error());
  heading(app, {"现在", "now"});
  if (int code = show_view(app, "board", {"sh-2017"})) return code;
  heading(app, {"名单确定之前", "before the lists"});
  app.at = played->before;
  if (int code = show_view(app, "board", {"sh-2017"})) return code;
  app.at.reset();
  heading(app, {"为什么 A-02 没有获奖", "why A-02 did not win"});
  if (int code = explain(app, "A-02")) return code;
  heading(app, {"核验整个日志", "verifying the whole log"});
  if (int code = verify(app)) return code;
  heading(app, {"篡改副本", "tampering with a copy"});
  if (int code = tamper(app)) {
    std::cout << app.words({"篡改没有被发现！", "the tampering was not found!"}) << '\n';
    return code;
  }
  print_next(app, *played);
  return 0;
}

}  // namespace

void add_demo(CLI::App& program, App& app) {
  auto* command = program.add_subcommand("demo", help("演示一个小轮次", "play a small round"));
  command->callback([&app] { app.run = [&app] { return run_demo(app); }; });
}

}  // namespace cli
