#include "cli/terminal.h"

#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "cli/width.h"

using cli::Environment;
using cli::grouped;
using cli::Language;
using cli::parse_language;
using cli::printable;
using cli::Progress;
using cli::Stream;
using cli::Terminal;
using cli::terminal_of;
using cli::Wishes;
using namespace std::chrono_literals;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

constexpr Stream screen = {true, 120};
constexpr Stream pipe_or_file = {false, 0};

Terminal terminal(Variables variables, const Stream& stream = screen, const Wishes& wishes = {}) {
  return terminal_of(Environment{std::move(variables), {}, {}}, stream, wishes);
}

bool chinese(Variables variables, const Wishes& wishes = {}) {
  const auto chosen = terminal(std::move(variables), screen, wishes);
  CHECK((chosen.utf8 || chosen.language == Language::en));
  return chosen.language == Language::zh;
}

bool utf8(Variables variables, const Wishes& wishes = {}) {
  return terminal(std::move(variables), screen, wishes).utf8;
}

// What a reader does to get the original back.
std::string unescaped(std::string_view text) {
  std::string original;
  while (!text.empty()) {
    if (!text.starts_with("\\u{") && !text.starts_with("\\x{")) {
      original += text.front();
      text.remove_prefix(1);
      continue;
    }
    const auto close = text.find('}');
    const auto number = std::stoul(std::string(text.substr(3, close - 3)), nullptr, 16);
    const auto letter = static_cast<char>(number);
    REQUIRE(number < 0x100);
    REQUIRE((text[1] == 'x' || number < 0x80));
    original += letter;
    text.remove_prefix(close + 1);
  }
  return original;
}

const events::Words verified = {"已核验", "verified"};

struct Watch {
  std::chrono::steady_clock::time_point now{};
  Progress::Clock clock() {
    return [this] { return now; };
  }
};

Terminal animated(int columns = 80, Language language = Language::zh) {
  Terminal made;
  made.is_tty = true;
  made.animated = true;
  made.columns = columns;
  made.language = language;
  return made;
}

}  // namespace

TEST_CASE("the first locale variable that is set and not empty decides on UTF-8", "[cli]") {
  CHECK(utf8({{"LANG", "zh_CN.UTF-8"}}));
  CHECK(utf8({{"LANG", "C.utf8"}}));
  CHECK(utf8({{"LANG", "en_US.UTF-8@euro"}}));
  CHECK(utf8({{"LC_CTYPE", "UTF-8"}, {"LANG", "C"}}));
  CHECK(utf8({{"LC_ALL", ""}, {"LANG", "zh_CN.UTF-8"}}));
  CHECK_FALSE(utf8({{"LANG", "zh_CN.GB18030"}}));
  CHECK_FALSE(utf8({{"LANG", "zh_CN"}}));
  CHECK_FALSE(utf8({{"LC_ALL", "en_US.ISO-8859-1"}, {"LANG", "zh_CN.UTF-8"}}));
  CHECK_FALSE(utf8({{"LC_CTYPE", "POSIX"}, {"LANG", "zh_CN.UTF-8"}}));
}

TEST_CASE("where no locale is set, UTF-8 and Chinese are assumed but on the kernel's console",
          "[cli]") {
  CHECK(utf8({}));
  CHECK(chinese({}));
  CHECK(chinese({{"TERM", "xterm-256color"}}));
  CHECK_FALSE(utf8({{"TERM", "linux"}}));
  CHECK_FALSE(chinese({{"TERM", "linux"}}));
  CHECK(chinese({{"TERM", "linux"}, {"LANG", "zh_CN.UTF-8"}}));
  CHECK(chinese({{"TERM", "linux"}}, {Language::zh}));
}

TEST_CASE("C and POSIX mean ASCII unless Chinese is asked for by name", "[cli]") {
  CHECK_FALSE(utf8({{"LC_ALL", "C"}}));
  CHECK_FALSE(utf8({{"LANG", "POSIX"}}));
  CHECK_FALSE(utf8({{"LC_ALL", "C"}}, {Language::en}));
  CHECK(utf8({{"LC_ALL", "C"}}, {Language::zh}));
  CHECK(utf8({{"LC_ALL", "C"}, {"PROBITY_LANG", "zh"}}));
  CHECK(chinese({{"LC_ALL", "C"}}, {Language::zh}));
}

TEST_CASE("the flag beats PROBITY_LANG, and that beats the locale", "[cli]") {
  CHECK(chinese({{"LANG", "en_US.UTF-8"}, {"PROBITY_LANG", "en"}}, {Language::zh}));
  CHECK_FALSE(chinese({{"LANG", "zh_CN.UTF-8"}, {"PROBITY_LANG", "zh"}}, {Language::en}));
  CHECK(chinese({{"LANG", "en_US.UTF-8"}, {"PROBITY_LANG", "zh_CN"}}));
  CHECK_FALSE(chinese({{"LANG", "zh_CN.UTF-8"}, {"PROBITY_LANG", "en"}}));
  CHECK(chinese({{"LANG", "zh_CN.UTF-8"}, {"PROBITY_LANG", "tlh"}}));
}

TEST_CASE("Chinese comes first unless the locale names another language", "[cli]") {
  CHECK(chinese({{"LANG", "C.UTF-8"}}));
  CHECK(chinese({{"LANG", "zh_TW.UTF-8"}}));
  CHECK_FALSE(chinese({{"LANG", "en_US.UTF-8"}}));
  CHECK_FALSE(chinese({{"LANG", "de_DE.UTF-8"}}));
  CHECK_FALSE(chinese({{"LANG", "zh_CN.UTF-8"}, {"LC_MESSAGES", "en_GB.UTF-8"}}));
  CHECK(chinese({{"LANG", "zh_CN.UTF-8"}, {"LC_MESSAGES", "C"}}));
}

TEST_CASE("a codeset that cannot show Chinese gets English even if Chinese was wished", "[cli]") {
  CHECK_FALSE(chinese({{"LANG", "zh_CN.GB18030"}}));
  CHECK_FALSE(chinese({{"LANG", "zh_CN.GB18030"}}, {Language::zh}));
}

TEST_CASE("a pipe gets the words and characters that the screen would get", "[cli]") {
  for (const std::string lang : {"", "C", "zh_CN.UTF-8", "en_US.UTF-8", "zh_CN.GBK"}) {
    CAPTURE(lang);
    const auto seen = terminal({{"LANG", lang}}, screen);
    const auto piped = terminal({{"LANG", lang}}, pipe_or_file);
    CHECK(seen.utf8 == piped.utf8);
    CHECK(seen.language == piped.language);
  }
}

TEST_CASE("colour needs a TTY that is not dumb, and nobody who forbids it", "[cli]") {
  CHECK(terminal({{"TERM", "xterm"}}).colour);
  CHECK(terminal({{"TERM", "xterm"}, {"NO_COLOR", ""}}).colour);
  CHECK_FALSE(terminal({{"TERM", "xterm"}, {"NO_COLOR", "1"}}).colour);
  CHECK_FALSE(terminal({{"TERM", "xterm"}}, screen, {std::nullopt, true}).colour);
  CHECK_FALSE(terminal({{"TERM", "xterm"}}, pipe_or_file).colour);
  CHECK_FALSE(terminal({{"TERM", "dumb"}}).colour);
  CHECK_FALSE(terminal({}).colour);
}

TEST_CASE("a line is redrawn only on a TTY that is not dumb", "[cli]") {
  CHECK(terminal({{"TERM", "xterm"}, {"NO_COLOR", "1"}}).animated);
  CHECK_FALSE(terminal({{"TERM", "dumb"}}).animated);
  CHECK_FALSE(terminal({{"TERM", "xterm"}}, pipe_or_file).animated);
}

TEST_CASE("the width comes from COLUMNS, then from the terminal, then is 80", "[cli]") {
  CHECK(terminal({}).columns == 120);
  CHECK(terminal({{"COLUMNS", "60"}}).columns == 60);
  CHECK(terminal({{"COLUMNS", "60"}}, pipe_or_file).columns == 60);
  CHECK(terminal({}, {true, 0}).columns == 80);
  CHECK(terminal({}, pipe_or_file).columns == 80);
  for (const std::string nonsense : {"", "0", "-5", "60x", "x", "99999999999999999999", "10001"}) {
    CAPTURE(nonsense);
    CHECK(terminal({{"COLUMNS", nonsense}}).columns == 120);
  }
}

TEST_CASE("a language is known by its first subtag", "[cli]") {
  CHECK(parse_language("zh") == Language::zh);
  CHECK(parse_language("zh-Hans") == Language::zh);
  CHECK(parse_language("EN_gb.UTF-8") == Language::en);
  CHECK_FALSE(parse_language("").has_value());
  CHECK_FALSE(parse_language("english").has_value());
  CHECK_FALSE(parse_language("C").has_value());
}

TEST_CASE("the process's own streams and variables can be read", "[cli]") {
  const auto environment = cli::environment_of_process();

  CHECK(environment.variables.size() <= 8);
  CHECK((environment.out.is_tty || environment.out.columns == 0));
}

TEST_CASE("data cannot steer the terminal", "[cli]") {
  CHECK(printable("\x1b[2J\x1b]0;x\a") == "\\u{1B}[2J\\u{1B}]0;x\\u{07}");
  CHECK(printable("一行\r\n二行\t") == "一行\\u{0D}\\u{0A}二行\\u{09}");
  CHECK(printable(std::string_view("\0", 1)) == "\\u{00}");
  CHECK(printable("\x7F\u009B") == "\\u{7F}\\u{9B}");
  CHECK(printable("\u2028\u2029") == "\\u{2028}\\u{2029}");
}

TEST_CASE("data cannot turn the writing direction or hide a character", "[cli]") {
  CHECK(printable("\u202A\u202B\u202C\u202D\u202E") ==
        "\\u{202A}\\u{202B}\\u{202C}\\u{202D}\\u{202E}");
  CHECK(printable("\u2066\u2067\u2068\u2069") == "\\u{2066}\\u{2067}\\u{2068}\\u{2069}");
  CHECK(printable("\u200E\u061C") == "\\u{200E}\\u{61C}");
  CHECK(printable("王\u200B芳\uFEFF\u00AD") == "王\\u{200B}芳\\u{FEFF}\\u{AD}");
  CHECK(printable("\u3164\U000E0041") == "\\u{3164}\\u{E0041}");
}

TEST_CASE("ordinary text is left alone", "[cli]") {
  const std::string text = "华章精密（集团）“A-1” 50 % naïve e\u0301 葛\U000E0100 𠮷 🏆 C:\\temp";
  CHECK(printable(text) == text);
}

TEST_CASE("without UTF-8 everything beyond ASCII is written as an escape", "[cli]") {
  CHECK(printable("中A", false) == "\\u{4E2D}A");
  CHECK(printable("naïve 🏆", false) == "na\\u{EF}ve \\u{1F3C6}");
  CHECK(printable("\x1b\x7F", false) == "\\u{1B}\\u{7F}");
}

TEST_CASE("bytes that are not UTF-8 are shown one by one", "[cli]") {
  CHECK(printable("a\xFFz") == "a\\x{FF}z");
  CHECK(printable("\xE4\xB8") == "\\x{E4}\\x{B8}");
  CHECK(printable("\xED\xA0\x80") == "\\x{ED}\\x{A0}\\x{80}");
}

TEST_CASE("the original can be told from what is printed", "[cli]") {
  const std::string letters[] = {"\\", "u", "x", "{", "1B", "}", "\x1b", "\xFF"};
  std::set<std::string> outputs;
  std::size_t count = 0;
  for (std::size_t number = 0; number < 32768; ++number) {
    std::string text;
    for (std::size_t rest = number, digit = 0; digit < 5; ++digit, rest /= 8) {
      text += letters[rest % 8];
    }
    const auto shown = printable(text);
    if (unescaped(shown) != text) FAIL(shown);
    count += outputs.insert(shown).second ? 1 : 0;
  }
  CHECK(count == 32768);
}

TEST_CASE("numbers are grouped by thousands", "[cli]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1200000) == "1,200,000");
  CHECK(grouped(18446744073709551615u) == "18,446,744,073,709,551,615");
}

TEST_CASE("progress is redrawn at most ten times a second and clears itself", "[cli]") {
  std::ostringstream out;
  Watch watch;
  {
    Progress progress(out, animated(), verified, 5000000, watch.clock());
    CHECK(out.str() == "\r已核验 0 / 5,000,000 0 %\x1b[K");
    out.str("");

    for (std::uint64_t done = 1; done <= 1000; ++done) progress.reached(done);
    watch.now += 99ms;
    progress.reached(1100000);
    CHECK(out.str().empty());

    watch.now += 1ms;
    progress.reached(1200000);
    progress.reached(1300000);
    CHECK(out.str() == "\r已核验 1,200,000 / 5,000,000 24 %\x1b[K");
    out.str("");

    watch.now += 1h;
  }
  CHECK(out.str() == "\r\x1b[K");
}

TEST_CASE("progress can make room for a message and comes back", "[cli]") {
  std::ostringstream out;
  Watch watch;
  Progress progress(out, animated(80, Language::en), verified, 0, watch.clock());
  CHECK(out.str() == "\rverified 0\x1b[K");
  out.str("");

  progress.clear();
  progress.clear();
  CHECK(out.str() == "\r\x1b[K");
  out.str("");

  watch.now += 100ms;
  progress.reached(1200);
  CHECK(out.str() == "\rverified 1,200\x1b[K");
  out.str("");

  progress.finish();
  progress.finish();
  progress.reached(1300);
  CHECK(out.str() == "\r\x1b[K");
}

TEST_CASE("progress leaves the last column free", "[cli]") {
  std::ostringstream out;
  Watch watch;
  const Progress progress(out, animated(12), verified, 5000000, watch.clock());

  CHECK(out.str() == "\r已核验 0 /…\x1b[K");
}

TEST_CASE("off a TTY progress is silent but for a closing line after long work", "[cli]") {
  for (const auto language : {Language::zh, Language::en}) {
    std::ostringstream out;
    Watch watch;
    Terminal file;
    file.language = language;
    {
      Progress progress(out, file, verified, 5000, watch.clock());
      watch.now += 4999ms;
      progress.reached(4000);
    }
    CHECK(out.str().empty());
    {
      Progress progress(out, file, verified, 5000, watch.clock());
      watch.now += 12s;
      progress.reached(5000);
      CHECK(out.str().empty());
    }
    CHECK(out.str() == (language == Language::zh ? "已核验 5,000 / 5,000 100 %，用时 12 秒\n"
                                                 : "verified 5,000 / 5,000 100 %, took 12 s\n"));
  }
}
