// probity log restored: an administrator answers for a log that lacks what was signed of it, and
// goes on with it. One thread.
#pragma once

#include "cli/app.h"

namespace cli {

void add_restored(CLI::App& log, App& app);

}  // namespace cli
