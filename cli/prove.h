// probity log prove, and log check-proof, which needs no log: receipts that anybody can check
// offline. One thread.
#pragma once

#include "cli/app.h"

namespace cli {

void add_prove(CLI::App& log, App& app);
void add_check_proof(CLI::App& log, App& app);

}  // namespace cli
