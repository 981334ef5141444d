#include "tests/tidy.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>

#include "tests/tidy_code.h"

namespace tests {
namespace {

constexpr std::size_t columns_max = 100;
constexpr std::size_t file_lines_max = 400;
constexpr std::size_t function_lines_max = 70;

// A word that may stand in code only where `allowed` says so.
struct WordRule {
  std::string_view word;
  std::string_view rule;
  bool (*allowed)(std::string_view path);
  std::string_view message;
};

bool nowhere(std::string_view) { return false; }
bool in_server(std::string_view path) { return path == "cli/server.cc"; }
bool in_clock(std::string_view path) { return path == "events/clock.cc"; }
bool in_tests(std::string_view path) { return path.starts_with("tests/"); }
bool in_cli(std::string_view path) { return path.starts_with("cli/"); }
bool in_events(std::string_view path) { return path.starts_with("events/") || in_tests(path); }

constexpr auto coroutine = "coroutines only in cli/server.cc";
constexpr auto clock_only = "the clock is read only in events/clock.cc";
constexpr auto random_only = "random numbers only in tests/: entropy arrives as data";
constexpr auto crypto_only = "the cryptographic library's randomness only in events/";

constexpr WordRule word_rules[] = {
    {"co_await", "R1", in_server, coroutine},
    {"co_return", "R1", in_server, coroutine},
    {"co_yield", "R1", in_server, coroutine},
    {"system_clock", "R2", in_clock, clock_only},
    {"utc_clock", "R2", in_clock, clock_only},
    {"clock_gettime", "R2", in_clock, clock_only},
    {"gettimeofday", "R2", in_clock, clock_only},
    {"mt19937", "R2", in_tests, random_only},
    {"mt19937_64", "R2", in_tests, random_only},
    {"minstd_rand", "R2", in_tests, random_only},
    {"default_random_engine", "R2", in_tests, random_only},
    {"random_device", "R2", in_tests, random_only},
    {"rand", "R2", in_tests, random_only},
    {"srand", "R2", in_tests, random_only},
    {"randombytes", "R2", in_events, crypto_only},
    {"randombytes_buf", "R2", in_events, crypto_only},
    {"randombytes_random", "R2", in_events, crypto_only},
    {"randombytes_uniform", "R2", in_events, crypto_only},
    {"RAND_bytes", "R2", in_events, crypto_only},
    {"cout", "R2", in_cli, "std::cout only in cli/"},
    {"new", "R5", nowhere, "no new: own by value, unique_ptr or a container"},
    {"throw", "R5", nowhere, "no throw: return a Result"},
    {"dynamic_cast", "R5", nowhere, "no dynamic_cast"},
    {"const_cast", "R5", nowhere, "no const_cast"},
};

// Who may include whom, by folder.
struct Arrow {
  std::string_view from;
  std::vector<std::string_view> to;
};

const std::array<Arrow, 5> arrows = {{
    {"events", {"events"}},
    {"engine", {"events", "engine"}},
    {"projections", {"events", "projections"}},
    {"cli", {"events", "engine", "projections", "cli"}},
    {"tests", {"events", "engine", "projections", "cli", "tests"}},
}};

constexpr std::array<std::string_view, 10> top_level = {
    "CMakeLists.txt", "LICENSE", "README.md", "run",         "cli",
    "docs",           "engine",  "events",    "projections", "tests"};

std::string_view folder_of(std::string_view path) { return path.substr(0, path.find('/')); }

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string own_header(std::string_view path) {
  return std::string(path.substr(0, path.rfind('.'))) + ".h";
}

bool is_cxx(std::string_view path) { return path.ends_with(".cc") || path.ends_with(".h"); }
bool is_code(std::string_view path) { return is_cxx(path) || path.ends_with(".capnp"); }

// Marks are looked for in comments and literals too, so this rule would find itself.
bool is_about_marks(std::string_view path) { return path.starts_with("tests/tidy"); }

using Report = std::function<void(std::size_t line, std::string rule, std::string message)>;

Report report_into(std::vector<Finding>& findings, const SourceFile& file) {
  return [&](std::size_t line, std::string rule, std::string message) {
    findings.push_back({file.path, line, std::move(rule), std::move(message)});
  };
}

void check_text(const SourceFile& file, const Report& report) {
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto line = lines[i];
    if (line.find('\t') != line.npos) report(i + 1, "text", "no tabs");
    if (!line.empty() && (line.back() == ' ' || line.back() == '\r')) {
      report(i + 1, "text", "no blanks at the end of a line");
    }
    for (const auto* mark : {"FIXME", "TODO", "XXX"}) {
      if (find_word(line, mark) == line.npos || is_about_marks(file.path)) continue;
      report(i + 1, "R5", std::string("no ") + mark);
    }
    if (is_code(file.path) && code_points(line) > columns_max) {
      report(i + 1, "text", "longer than 100 columns");
    }
  }
  // A schema is one document, however long: a union and what it is made of belong together.
  if (is_cxx(file.path) && lines.size() > file_lines_max) {
    report(0, "text", "longer than 400 lines: name the second thing in it");
  }
}

void check_words(const SourceFile& file, std::string_view code, const Report& report) {
  const auto lines = lines_of(code);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_directive(lines[i], "include")) continue;
    for (const auto& rule : word_rules) {
      if (find_word(lines[i], rule.word) != std::string_view::npos && !rule.allowed(file.path)) {
        report(i + 1, std::string(rule.rule), std::string(rule.message));
      }
    }
    const auto words = words_of(lines[i]);
    if (file.path.ends_with(".h") && words.size() > 1 && words[0] == "using" &&
        words[1] == "namespace") {
      report(i + 1, "R5", "no using namespace in a header");
    }
  }
}

// GCC 12 miscompiles temporaries inside the expression, so it is built of names and calls on names.
void check_awaits(std::string_view code, const Report& report) {
  for (auto at = find_word(code, "co_await"); at != code.npos;
       at = find_word(code, "co_await", at + 1)) {
    const auto expression = expression_after(code, at + std::string_view("co_await").size());
    if (expression.find('{') != expression.npos || has_lambda(expression) ||
        has_constructor_call(expression)) {
      report(line_at(code, at), "R1", "co_await takes a name or a call on names: name it first");
    }
  }
}

void check_defaults(const SourceFile& file, std::string_view code, const Report& report) {
  const auto name = name_of(file.path);
  const bool switches =
      name.starts_with("decide") || name.starts_with("rules") || name.starts_with("evolve");
  if (folder_of(file.path) != "engine" || !name.ends_with(".cc") || !switches) return;
  for (auto at = find_word(code, "default"); at != code.npos;
       at = find_word(code, "default", at + 1)) {
    if (is_label(code, at + std::string_view("default").size())) {
      report(line_at(code, at), "R3", "no default: the compiler lists what is not handled");
    }
  }
}

void check_includes(const SourceFile& file, const std::vector<Include>& includes,
                    const Report& report) {
  const auto arrow = std::ranges::find(arrows, folder_of(file.path), &Arrow::from);
  if (arrow == arrows.end()) return;
  for (const auto& include : includes) {
    const auto folder = folder_of(include.path);
    const bool ours =
        folder != include.path && std::ranges::find(arrows, folder, &Arrow::from) != arrows.end();
    if (ours != include.quoted && is_cxx(file.path)) {
      report(include.line, "R4", "ours is included as \"folder/name.h\", all else as <name>");
    } else if (ours && std::ranges::count(arrow->to, folder) == 0) {
      report(include.line, "R4",
             std::string(arrow->from) + " may not include " + std::string(folder));
    }
  }
}

void check_own_header(const SourceFile& file, const std::vector<Include>& includes,
                      const std::set<std::string>& paths, const Report& report) {
  const auto own = own_header(file.path);
  if (!file.path.ends_with(".cc") || !paths.contains(own)) return;
  if (includes.empty() || includes[0].path != own) {
    report(includes.empty() ? 0 : includes[0].line, "R4", "own header first");
  }
}

// The direction of includes, and what only the whole tree can tell: dead headers.
void check_all_includes(const std::vector<SourceFile>& files, std::vector<Finding>& findings) {
  std::set<std::string> paths;
  std::set<std::string> included;
  for (const auto& file : files) paths.insert(file.path);
  for (const auto& file : files) {
    if (!is_code(file.path)) continue;
    const auto report = report_into(findings, file);
    const auto includes = is_cxx(file.path) ? includes_of(file.text) : imports_of(file.text);
    check_includes(file, includes, report);
    check_own_header(file, includes, paths, report);
    for (const auto& include : includes) {
      if (include.path != own_header(file.path)) included.insert(include.path);
    }
  }
  for (const auto& path : paths) {
    if (path.ends_with(".h") && !included.contains(path)) {
      findings.push_back({path, 0, "R4", "a header that no other file includes"});
    }
  }
}

}  // namespace

std::vector<Finding> tidy(const std::vector<SourceFile>& files) {
  std::vector<Finding> findings;
  for (const auto& file : files) {
    const auto report = report_into(findings, file);
    check_text(file, report);
    if (!is_cxx(file.path)) continue;
    const auto code = code_of(file.text);
    check_words(file, code, report);
    check_awaits(code, report);
    check_defaults(file, code, report);
    for (const auto line : functions_longer_than(code, function_lines_max)) {
      report(line, "text", "a function of more than 70 lines");
    }
  }
  check_all_includes(files, findings);
  return findings;
}

std::vector<Finding> tidy_top_level(const std::vector<std::string>& names) {
  std::vector<Finding> findings;
  for (const auto& name : names) {
    const bool known = name.starts_with(".") || name == "build" || name.starts_with("build-") ||
                       name.starts_with("probity-d") || std::ranges::count(top_level, name) > 0;
    if (!known) findings.push_back({name, 0, "R4", "not a name of the top level"});
  }
  return findings;
}

std::vector<SourceFile> read_sources(const std::filesystem::path& root) {
  static const std::set<std::string> kinds = {".cc", ".h",   ".capnp", ".yaml",
                                              ".ts", ".css", ".html"};
  std::vector<SourceFile> files;
  for (const auto& arrow : arrows) {
    for (auto entry = std::filesystem::recursive_directory_iterator(root / arrow.from);
         entry != std::filesystem::recursive_directory_iterator(); ++entry) {
      const auto name = entry->path().filename().string();
      if (entry->is_directory()) {
        if (name == "build" || name.starts_with("build-") || name == "node_modules")
          entry.disable_recursion_pending();
        continue;
      }
      if (!kinds.contains(entry->path().extension().string())) continue;
      std::ifstream in(entry->path(), std::ios::binary);
      files.push_back({entry->path().lexically_relative(root).generic_string(),
                       {std::istreambuf_iterator<char>(in), {}}});
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::vector<std::string> read_top_level(const std::filesystem::path& root) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

std::string text_of(const std::vector<Finding>& findings) {
  std::string out;
  for (const auto& finding : findings) {
    out += finding.path + ":" + std::to_string(finding.line) + ": " + finding.rule + ": " +
           finding.message + "\n";
  }
  return out;
}

}  // namespace tests
