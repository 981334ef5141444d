// From the folder to the socket, until somebody interrupts it. One thread calls it, and waits.
#pragma once

#include "cli/app.h"
#include "cli/settings.h"

namespace cli {

// Says on stdout where it listens, as soon as it does.
events::Result<> serve(const App& app, const Settings& settings);

}  // namespace cli
