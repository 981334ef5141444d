#include "cli/service_manager.h"

#include <systemd/sd-daemon.h>

#include <cstdint>

namespace cli {

// Not being heard is no failure of the server: it goes on.
void tell_service_manager(const std::string& lines) { sd_notify(0, lines.c_str()); }

std::optional<std::chrono::microseconds> watchdog_every() {
  std::uint64_t micros = 0;
  if (sd_watchdog_enabled(0, &micros) <= 0) return std::nullopt;
  return std::chrono::microseconds(micros / 2);
}

}  // namespace cli
