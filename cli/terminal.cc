#include "cli/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <initializer_list>
#include <ostream>
#include <utility>

#include "cli/width.h"

namespace cli {

namespace {

constexpr int columns_default = 80;
constexpr int columns_max = 10'000;
constexpr auto redraw_interval = std::chrono::milliseconds(100);
constexpr auto long_work = std::chrono::seconds(5);
constexpr std::string_view erase_line = "\r\x1b[K";

Stream stream_of(int descriptor) {
  Stream stream;
  stream.is_tty = isatty(descriptor) == 1;
  winsize size = {};
  if (stream.is_tty && ioctl(descriptor, TIOCGWINSZ, &size) == 0) stream.columns = size.ws_col;
  return stream;
}

// An empty variable counts as unset, as POSIX has it for locales and no-color.org for NO_COLOR.
std::string_view first_set(const Environment& environment,
                           std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    const auto found = environment.variables.find(name);
    if (found != environment.variables.end() && !found->second.empty()) return found->second;
  }
  return {};
}

std::string lower_alphanumeric(std::string_view text) {
  std::string kept;
  for (const char letter : text) {
    if (letter >= 'A' && letter <= 'Z') {
      kept += static_cast<char>(letter - 'A' + 'a');
    } else if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) {
      kept += letter;
    }
  }
  return kept;
}

// language[_territory][.codeset][@modifier]
struct LocaleName {
  std::string language;
  std::string codeset;
};

LocaleName parse_locale(std::string_view text) {
  text = text.substr(0, text.find('@'));
  const auto dot = text.find('.');
  LocaleName name;
  if (dot != std::string_view::npos) name.codeset = lower_alphanumeric(text.substr(dot + 1));
  const auto before_codeset = text.substr(0, dot);
  // macOS hands LC_CTYPE=UTF-8 on through ssh: a codeset without any language.
  if (lower_alphanumeric(before_codeset) == "utf8") return {"", "utf8"};
  name.language = lower_alphanumeric(before_codeset.substr(0, before_codeset.find_first_of("_-")));
  if (name.language == "c" || name.language == "posix") name.language.clear();
  return name;
}

bool shows_utf8(const Environment& environment, std::optional<Language> asked) {
  const auto value = first_set(environment, {"LC_ALL", "LC_CTYPE", "LANG"});
  const bool chinese_asked = asked == Language::zh;
  if (value.empty()) return chinese_asked || first_set(environment, {"TERM"}) != "linux";
  const auto locale = parse_locale(value);
  if (locale.codeset.empty() && locale.language.empty()) return chinese_asked;
  return locale.codeset == "utf8";
}

Language language_of(const Environment& environment, std::optional<Language> asked, bool utf8) {
  if (!utf8) return Language::en;
  if (asked) return *asked;
  const auto locale = parse_locale(first_set(environment, {"LC_ALL", "LC_MESSAGES", "LANG"}));
  return locale.language.empty() || locale.language == "zh" ? Language::zh : Language::en;
}

int columns_of(const Environment& environment, const Stream& stream) {
  const auto text = first_set(environment, {"COLUMNS"});
  int columns = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), columns);
  const bool number = error == std::errc() && end == text.data() + text.size();
  if (number && columns > 0 && columns <= columns_max) return columns;
  return stream.is_tty && stream.columns > 0 ? stream.columns : columns_default;
}

// Variation selectors are invisible too, but choose between the forms of a character in a name.
bool is_unseen(UChar32 code_point) {
  constexpr uint32_t unprintable = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
  if ((U_GET_GC_MASK(code_point) & unprintable) != 0) return true;
  return u_hasBinaryProperty(code_point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 &&
         u_hasBinaryProperty(code_point, UCHAR_VARIATION_SELECTOR) == 0;
}

bool must_be_escaped(UChar32 code_point, std::string_view rest, bool utf8) {
  if (code_point == '\\') return rest.starts_with("u{") || rest.starts_with("x{");
  if (code_point >= 0x20 && code_point < 0x7F) return false;
  return !utf8 || is_unseen(code_point);
}

int percent(std::uint64_t done, std::uint64_t total) {
  return done >= total ? 100 : static_cast<int>(done * 100 / total);
}

}  // namespace

Environment environment_of_process() {
  Environment environment;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG", "PROBITY_LANG", "TERM",
                           "NO_COLOR", "COLUMNS"}) {
    if (const char* value = std::getenv(name)) environment.variables.emplace(name, value);
  }
  environment.out = stream_of(STDOUT_FILENO);
  environment.err = stream_of(STDERR_FILENO);
  return environment;
}

Terminal terminal_of(const Environment& environment, const Stream& stream, const Wishes& wishes) {
  const auto asked =
      wishes.language ? wishes.language : parse_language(first_set(environment, {"PROBITY_LANG"}));
  const auto kind = first_set(environment, {"TERM"});
  Terminal terminal;
  terminal.is_tty = stream.is_tty;
  terminal.animated = stream.is_tty && !kind.empty() && kind != "dumb";
  terminal.colour =
      terminal.animated && !wishes.no_color && first_set(environment, {"NO_COLOR"}).empty();
  terminal.utf8 = shows_utf8(environment, asked);
  terminal.columns = columns_of(environment, stream);
  terminal.language = language_of(environment, asked, terminal.utf8);
  return terminal;
}

std::optional<Language> parse_language(std::string_view text) {
  const auto language = parse_locale(text).language;
  if (language == "zh") return Language::zh;
  if (language == "en") return Language::en;
  return std::nullopt;
}

std::string in_language(const events::Words& words, Language language) {
  return language == Language::zh ? words.zh : words.en;
}

std::string printable(std::string_view text, bool utf8) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t index = 0; index < text.size();) {
    const auto begin = index;
    const UChar32 code_point = next_code_point(text, index);
    const auto source = text.substr(begin, index - begin);
    const auto rest = text.substr(index);
    if (code_point < 0) {
      for (const char byte : source) {
        shown += fmt::format("\\x{{{:02X}}}", static_cast<unsigned char>(byte));
      }
    } else if (must_be_escaped(code_point, rest, utf8)) {
      shown += fmt::format("\\u{{{:02X}}}", static_cast<std::uint32_t>(code_point));
    } else {
      shown += source;
    }
  }
  return shown;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

Progress::Progress(std::ostream& out, const Terminal& terminal, const events::Words& what,
                   std::uint64_t total, Clock now)
    : out_(out),
      terminal_(terminal),
      what_(printable(in_language(what, terminal.language), terminal.utf8)),
      total_(total),
      now_(std::move(now)),
      started_(now_()),
      drawn_(started_) {
  // At once, so that the user sees within a tenth of a second that something is going on.
  if (terminal_.animated) draw();
}

Progress::~Progress() { finish(); }

void Progress::reached(std::uint64_t done) {
  done_ = done;
  if (!terminal_.animated || finished_) return;
  const auto now = now_();
  if (now - drawn_ < redraw_interval) return;
  drawn_ = now;
  draw();
}

void Progress::clear() {
  if (!visible_) return;
  out_ << erase_line << std::flush;
  visible_ = false;
}

void Progress::finish() {
  if (finished_) return;
  finished_ = true;
  clear();
  const auto took = std::chrono::duration_cast<std::chrono::seconds>(now_() - started_);
  if (terminal_.animated || took < long_work) return;
  const bool chinese = terminal_.language == Language::zh;
  out_ << line() << (chinese ? "，用时 " : ", took ") << took.count() << (chinese ? " 秒" : " s")
       << std::endl;
}

std::string Progress::line() const {
  if (total_ == 0) return fmt::format("{} {}", what_, grouped(done_));
  return fmt::format("{} {} / {} {} %", what_, grouped(done_), grouped(total_),
                     percent(done_, total_));
}

void Progress::draw() {
  // The last column stays free: a full line would wrap, out of reach of the next \r.
  const auto mark = terminal_.utf8 ? "…" : "...";
  out_ << '\r' << truncated(line(), terminal_.columns - 1, mark) << "\x1b[K" << std::flush;
  visible_ = true;
}

}  // namespace cli
