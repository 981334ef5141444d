// What every subcommand is given: the global options, the terminal, and where the data lie. One
// thread.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "cli/terminal.h"
#include "events/error.h"
#include "events/keys.h"

namespace CLI {
class App;
}

namespace cli {

enum class Format { table, json, ndjson };

struct App {
  CLI::App* program = nullptr;

  std::filesystem::path data = "probity-data";
  std::filesystem::path safe;  // Empty: beside the data, <data>.safe
  std::string server;          // Empty: the folder is asked; else nothing but this server is.
  std::filesystem::path token_file;
  std::filesystem::path ca_file;
  bool open = false;  // Asks the server for sealed texts, too.
  std::optional<events::Position> at;
  std::string as_of;
  std::string format_name = "table";
  std::string language_name;
  bool no_color = false;
  bool quiet = false;

  Terminal out;
  Terminal err;

  // Set by the subcommand that was named; returns the exit code.
  std::function<int()> run;

  Format format() const;
  std::filesystem::path safe_folder() const;
  std::string words(const events::Words& words) const { return in_language(words, out.language); }
  void settle_terminal();  // Once the options are known.
};

// Prints the error, as a problem object under -o json, and gives its exit code.
int failed(const App& app, const events::Error& error);

// A remark on stderr, unless -q.
void remark(const App& app, const events::Words& words);

// Help text in both languages, Chinese first.
std::string help(const char* zh, const char* en);

}  // namespace cli
