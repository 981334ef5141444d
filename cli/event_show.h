// probity event show: everything that is stored of one event. One thread.
#pragma once

#include "cli/app.h"

namespace cli {

void add_event_show(CLI::App& event, App& app);

}  // namespace cli
