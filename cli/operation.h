// What the operator of the machine may ask: whether the server is ready, and its measurements. For
// programs on this machine only, without a token: numbers, no names. Any thread.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

#include "cli/exchange.h"
#include "cli/health.h"
#include "cli/server.h"

namespace cli {

struct Operation {
  std::filesystem::path data;
  HealthLimits limits{};
  std::function<Traffic()> traffic{};
  std::atomic<bool> stopping = false;  // It is told so before connections are closed.
};

// Straight from this machine, and not through a proxy on it, which asks for somebody else.
bool from_operator(const Request& request);

// 200 or 503; each check on its line with ?verbose.
Response readiness(Office& office, const Operation& operation, const Request& request);
Response measurements(Office& office, const Operation& operation, const Request& request);

}  // namespace cli
