// `probity log fetch`: an auditor's own copy of the log, from a server.
#pragma once

#include "cli/app.h"

namespace cli {

void add_fetch(CLI::App& log, App& app);

}  // namespace cli
