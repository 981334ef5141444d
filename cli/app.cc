#include "cli/app.h"

#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/error.h"
#include "cli/problem.h"

namespace cli {

Format App::format() const {
  if (format_name == "json") return Format::json;
  if (format_name == "ndjson") return Format::ndjson;
  return Format::table;
}

std::filesystem::path App::safe_folder() const {
  if (!safe.empty()) return safe;
  auto folder = std::filesystem::absolute(data).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  folder += ".safe";
  return folder;
}

void App::settle_terminal() {
  Environment environment = environment_of_process();
  Wishes wishes{language_name.empty() ? std::nullopt : parse_language(language_name), no_color};
  out = terminal_of(environment, environment.out, wishes);
  err = terminal_of(environment, environment.err, wishes);
  if (wishes.language == Language::zh && out.language == Language::en) {
    std::cerr << "note: this locale cannot show Chinese; set LANG=C.UTF-8 to see it\n";
  }
}

int failed(const App& app, const events::Error& error) {
  if (app.format() == Format::table) {
    print_error(std::cerr, app.err, error);
    return exit_code(error.code);
  }
  std::cerr << boost::json::serialize(problem_of(error, app.out.language)) << '\n';
  return exit_code(error.code);
}

void remark(const App& app, const events::Words& words) {
  if (app.quiet) return;
  std::cerr << printable(in_language(words, app.err.language), app.err.utf8) << '\n';
}

std::string help(const char* zh, const char* en) { return std::string(zh) + " / " + en; }

}  // namespace cli
