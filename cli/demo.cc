#include <CLI/CLI.hpp>
#include <fstream>
#include <iomanip>
#include <iostream>

#include "cli/error.h"
#include "cli/issue.h"
#include "cli/sample.h"
#include "cli/serve.h"
#include "cli/subcommands.h"

namespace cli {
namespace {

using events::Result;

constexpr const char* default_data = "probity-data";
constexpr const char* round_id = "sh-2017";
constexpr int guest_width = 14;

// One application for each way in which a round can end.
struct Kind {
  const char* application;
  events::Words how;
};
const Kind kinds[] = {
    {"A-01", {"获奖", "awarded"}},
    {"A-08", {"未进入现场评审", "not shortlisted"}},
    {"A-05", {"进入现场评审，未获推荐", "shortlisted, not recommended"}},
    {"A-17", {"公示期间有异议且属实", "objected away during the notice"}},
    {"A-34", {"表决未通过，该类空缺", "not chosen by ballot; the class is vacant"}},
    {"A-14", {"撤回", "withdrawn"}},
    {"X-91", {"申报时即被拒", "refused at the door"}},
};

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

events::Words title_of(std::string_view line) {
  line.remove_prefix(scene_mark.size());
  auto bar = line.find(" | ");
  return {std::string(line.substr(0, bar)), std::string(line.substr(bar + 3))};
}

// Plays the file line by line. Of what is refused each is said, since refusals are what the
// demonstration is about; the rest is counted.
class Player {
 public:
  Player(const App& app, Sender& sender) : app_(app), sender_(sender) {}

  Result<> play(std::string_view text) {
    std::size_t number = 0;
    while (!text.empty()) {
      auto end = text.find('\n');
      std::string_view line = text.substr(0, end);
      text.remove_prefix(end + 1);
      ++number;
      if (line.starts_with(scene_mark)) {
        begin(title_of(line));
      } else {
        TRY(send(line, number));
      }
    }
    end_scene();
    return {};
  }

  // Where the log stood when the first list was to be decided.
  events::Position before_lists() const { return before_lists_; }

 private:
  events::Position head() const { return sender_.folder().log->head(); }

  void begin(const events::Words& title) {
    end_scene();
    std::cout << app_.words(title) << '\n';
  }

  void end_scene() {
    if (sent_ == 0) return;
    std::cout << app_.words(
                     {"   " + std::to_string(sent_) + " 条指令，日志至位置 ",
                      "   " + std::to_string(sent_) + " commands; the log stands at position "})
              << head() << '\n';
    sent_ = 0;
  }

  Result<> send(std::string_view text, std::size_t number) {
    auto line = TRY(read_line(text, sample_file, number));
    if (before_lists_ == 0 && line.command.reader().isFixList()) before_lists_ = head();
    auto reply = TRY(sender_.send(line));
    if (!as_expected(line, reply)) {
      if (reply.refusal) return std::unexpected(*reply.refusal);
      return events::fail(
          events::Code::corrupt, "本应被拒的指令通过了：第 " + std::to_string(number) + " 行",
          "a command passed that should be refused: line " + std::to_string(number));
    }
    ++sent_;
    if (reply.refusal) print_refusal(line, reply);
    return {};
  }

  void print_refusal(const Line& line, const engine::Reply& reply) const {
    std::cout << "   × " << events::string(line.command.reader().getActor()) << "  "
              << printable(cited(reply.refusal->clause, "  ", app_.words(reply.refusal->words)),
                           app_.out.utf8)
              << app_.words({"（位置 ", " (position "}) << reply.first << app_.words({"）", ")"})
              << '\n';
  }

  const App& app_;
  Sender& sender_;
  std::size_t sent_ = 0;
  events::Position before_lists_ = 0;
};

// Gives the position before the lists were decided: the earlier of the two boards.
Result<events::Position> play_all(const App& app) {
  auto folder = TRY(create_folder(app, sample_log("demo.probity.example/sh-2017")));
  auto sender = TRY(Sender::start(app, std::move(folder)));
  std::ofstream(app.data / "round.ndjson", std::ios::binary) << sample_text();
  Player player(app, sender);
  TRY(player.play(sample_text()));
  return player.before_lists();
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

void print_next(const App& app, events::Position before) {
  std::string data = std::filesystem::absolute(app.data).string();
  std::string program = "probity --data '" + data + "' ";
  heading(app, {"接着可以试", "what to try next"});
  std::cout << app.words({"文件夹留在 ", "the folder is left in "}) << data << '\n'
            << app.words({"（在项目文件夹里，把 probity 换成 ./run probity）",
                          "(in the project's folder, write ./run probity for probity)"})
            << "\n\n";
  const std::string at = std::to_string(before);
  for (const std::string& command :
       {std::string("show board sh-2017"), "show board sh-2017 --at " + at,
        std::string("explain A-01"), std::string("explain A-02 --lang en"),
        std::string("show ranking sh-2017"), std::string("show scores A-20"),
        std::string("show ballots"), std::string("show notices"), std::string("show objections"),
        std::string("show ties"), std::string("show draws"),
        std::string("show timeline person/expert-15"), std::string("draw check draw-gold-services"),
        std::string("event list --type commandRefused"), std::string("log verify")}) {
    std::cout << "  " << program << command << '\n';
  }
  std::cout << "  " << program << "send '" << data << "/round.ndjson'\n\n"
            << app.words({"申报 A-01…A-49、P-01…P-12；轮次 sh-2017；专家 expert-01…expert-42",
                          "applications A-01 to A-49, P-01 to P-12; round sh-2017; experts "
                          "expert-01 to expert-42"})
            << '\n';
}

int show_all(App& app, events::Position before) {
  heading(app, {"各类别的进展", "how far each class is"});
  if (int code = show_view(app, "rounds", {round_id})) return code;
  heading(app, {"名单确定之前的制造业类", "manufacturing, before the lists"});
  app.at = before;
  if (int code = show_view(app, "board", {round_id, "gold-manufacturing"})) return code;
  app.at.reset();
  heading(app, {"现在的制造业类", "manufacturing, now"});
  if (int code = show_view(app, "board", {round_id, "gold-manufacturing"})) return code;
  heading(app, {"获奖与空缺", "the awards, and the places left vacant"});
  if (int code = show_view(app, "awards", {round_id})) return code;
  for (const Kind& kind : kinds) {
    heading(app, {std::string(kind.application) + "：" + kind.how.zh,
                  std::string(kind.application) + ": " + kind.how.en});
    if (int code = explain(app, kind.application, 2)) return code;
  }
  heading(app, {"纪检台账（三份申报）：委员回避、评审员申报、查到未申报的",
                "the inspector's register of three applications: a member recused, a tie declared, "
                "one found later"});
  for (const char* application : {"A-01", "A-02", "A-25"}) {
    if (int code = show_view(app, "ties", {application})) return code;
    std::cout << '\n';
  }
  return 0;
}

// Somebody of each kind, to try the server as.
constexpr const char* guests[] = {"office-1",    "auditor-1", "inspector-1", "expert-01",
                                  "committee-1", "rep-1",     "admin-1"};

Result<> print_logins(const App& app) {
  auto desk = TRY(open_desk(app, "admin-1"));
  heading(app, {"服务器与演示令牌", "the server, and tokens to try it with"});
  for (const char* person : guests) {
    auto issued = TRY(issue(
        desk, {.person = person, .label = "演示 / demonstration", .confirmed_by = "admin-2"}));
    std::cout << "  " << std::left << std::setw(guest_width) << person << issued.secret << '\n';
  }
  std::cout << app.words({"例：", "for example: "})
            << "curl -H 'Authorization: Bearer probity_…' …/api/v1/views/board/" << round_id << '\n'
            << std::flush;
  return {};
}

// Stays until it is interrupted; on the port of `serve`, or on any other when that is taken.
int stay(const App& app, std::uint16_t port) {
  auto done = print_logins(app);
  if (!done) return failed(app, done.error());
  Settings settings;
  settings.log_level = "warn";
  settings.server.port = port;
  auto served = serve(app, settings);
  if (!served && served.error().code == events::Code::conflict) {
    settings.server.port = 0;
    served = serve(app, settings);
  }
  return served ? 0 : failed(app, served.error());
}

struct Wanted {
  bool once = false;
  std::uint16_t port = 8080;
};

int run_demo(App& app, const Wanted& wanted) {
  if (app.data == default_data) app.data = free_folder();
  heading(app, {"演示：上海 2016 办法下的一轮评审（人和单位均为虚构，时间为模拟）",
                "demonstration: a round under the Shanghai 2016 measures (everybody invented, time "
                "simulated)"});
  auto before = play_all(app);
  if (!before) return failed(app, before.error());
  if (int code = show_all(app, *before)) return code;
  heading(app, {"核验整个日志", "verifying the whole log"});
  if (int code = verify(app)) return code;
  heading(app, {"篡改副本", "tampering with a copy"});
  if (int code = tamper(app)) {
    std::cout << app.words({"篡改没有被发现！", "the tampering was not found!"}) << '\n';
    return code;
  }
  print_next(app, *before);
  return wanted.once ? 0 : stay(app, wanted.port);
}

}  // namespace

void add_demo(CLI::App& program, App& app) {
  auto* command = program.add_subcommand("demo", help("演示一轮评审", "play a sample round"));
  auto wanted = std::make_shared<Wanted>();
  command->add_flag("--once", wanted->once,
                    help("演示完即结束，不启动服务器", "ends after it, and serves nothing"));
  command->add_option("--port", wanted->port, help("服务器端口", "the server's port"))
      ->capture_default_str();
  command->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_demo(app, *wanted); }; });
}

}  // namespace cli
