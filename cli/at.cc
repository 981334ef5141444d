#include "cli/at.h"

#include <CLI/CLI.hpp>

namespace cli {

void add_at(CLI::App& command, App& app) {
  auto* at = command.add_option("--at", app.at,
                                help("截至这一位置（含）的样子", "as it stood with this position"));
  auto* as_of = command.add_option(
      "--as-of", app.as_of,
      help("截至这一时间的样子，如 2017-05-01 或 2017-05-01T09:00:00+08:00；只写日期则含当日",
           "as it stood at this time, e.g. 2017-05-01 or 2017-05-01T09:00:00+08:00; a date "
           "includes the whole day"));
  at->type_name("POSITION")->excludes(as_of);
  as_of->type_name("TIME");
}

}  // namespace cli
