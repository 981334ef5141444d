#include "events/assert.h"

#include <spdlog/spdlog.h>

#include <cstdlib>

namespace events {

void assertion_failed(const char* expression, const char* file, int line) {
  spdlog::critical("assertion failed: {} ({}:{})", expression, file, line);
  spdlog::default_logger()->flush();
  std::abort();
}

}  // namespace events
