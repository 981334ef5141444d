// What stdout and stderr can show: width, colour, characters, language; how untrusted text is made
// harmless; the progress line. Pure functions, any thread; a Progress stays on one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "events/error.h"

namespace cli {

enum class Language { zh, en };

struct Stream {
  bool is_tty = false;
  int columns = 0;  // As the terminal itself reports them; 0 if it does not.
};

// All that the decisions below rest on, as data.
struct Environment {
  std::map<std::string, std::string, std::less<>> variables;
  Stream out;
  Stream err;
};

// What the user asked for by --lang and --no-color.
struct Wishes {
  std::optional<Language> language;
  bool no_color = false;
};

struct Terminal {
  bool is_tty = false;    // Off a TTY nothing is cut: it is a file, a pipe or a test.
  bool animated = false;  // A line may be redrawn in place.
  bool colour = false;
  bool utf8 = true;
  int columns = 80;
  Language language = Language::zh;
};

Environment environment_of_process();

// Characters and language follow from the variables only, so a pipe gets the words that the screen
// would get:
// - LC_ALL, LC_CTYPE, LANG (the first that is set and not empty) name the codeset. UTF-8 is shown.
//   Any other, also a name without one ("zh_CN" means GB2312), is not: words come in English, and
//   what is left beyond ASCII as escapes.
// - None is set, as on a fresh Debian or in a container: nobody said anything, terminals show UTF-8
//   today, so it is shown; but not on the kernel's console (TERM=linux), which has no Chinese.
// - C or POSIX was asked for: ASCII, unless Chinese was asked for by name.
// - Language: --lang, then PROBITY_LANG, then LC_ALL, LC_MESSAGES, LANG (zh: Chinese; another
//   language: English; C or nothing: Chinese). Where UTF-8 is not shown it is English whatever was
//   wished; the caller sees this by comparing, and may say so.
Terminal terminal_of(const Environment& environment, const Stream& stream,
                     const Wishes& wishes = {});

// "zh" and "en", also as in "zh-Hans", "en_GB.UTF-8".
std::optional<Language> parse_language(std::string_view text);

// English words are plain ASCII in the sources: where UTF-8 is not shown, the rest becomes escapes.
std::string in_language(const events::Words& words, Language language);

// The text as one line that cannot steer the terminal or hide anything from the reader: control
// characters, line breaks, writing-direction controls and invisible characters become \u{1B}; bytes
// that are not UTF-8 become \x{FF}; without `utf8` so does everything beyond ASCII (\u{4E2D}). A
// backslash that would look like the beginning of an escape becomes \u{5C}, so that the original
// can always be told from the output.
std::string printable(std::string_view text, bool utf8 = true);

// 1200000 as 1,200,000.
std::string grouped(std::uint64_t number);

// One line on stderr during long work: "已核验 1,200,000 / 5,000,000 24 %". Redrawn in place, at
// most ten times a second, and gone when the work is. Where it cannot be redrawn nothing is written
// but a closing line, and only if the work took long.
class Progress {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  // `total` 0 means that nobody knows it.
  Progress(std::ostream& out, const Terminal& terminal, const events::Words& what,
           std::uint64_t total, Clock now = std::chrono::steady_clock::now);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void reached(std::uint64_t done);
  void clear();   // Before something else is written to stderr; the next redraw brings it back.
  void finish();  // Before the results are written; the destructor does it otherwise.

 private:
  std::string line() const;
  void draw();

  std::ostream& out_;
  Terminal terminal_;
  std::string what_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  Clock now_;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point drawn_;
  bool visible_ = false;
  bool finished_ = false;
};

}  // namespace cli
