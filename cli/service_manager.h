// Tells the service manager (systemd's sd_notify protocol) how the server is. Says nothing where
// there is none. Any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace cli {

// Lines such as READY=1; to the socket that NOTIFY_SOCKET names.
void tell_service_manager(const std::string& lines);

// How often it wants to hear WATCHDOG=1: half of the time after which it takes us for dead.
std::optional<std::chrono::microseconds> watchdog_every();

}  // namespace cli
