// The options --at and --as-of, which every command that reads has and none that writes. One
// thread.
#pragma once

#include "cli/app.h"

namespace cli {

// What they ask for is resolved by asked_position of folder.h.
void add_at(CLI::App& command, App& app);

}  // namespace cli
