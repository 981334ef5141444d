// How the server's parts are, as numbers, and whether that is well enough to be sent requests. Any
// thread; reads the disk.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "events/error.h"
#include "events/keys.h"

namespace cli {

class Office;

struct Lag {
  std::string_view view;
  std::uint64_t events = 0;
};

struct Health {
  events::Position head = 0;
  std::vector<Lag> lags{};  // Of each view.
  std::uint64_t disk_free_bytes = 0;
  // How long the oldest event that no checkpoint covers has waited; 0 where all are covered.
  std::chrono::duration<double> checkpoint_behind{};
};

// Corrupt where the safe has no checkpoint that its key has signed.
events::Result<Health> health_of(Office& office, const std::filesystem::path& data);

struct HealthLimits {
  std::uint64_t lag_events_max = 10'000;
  std::uint64_t disk_free_bytes_min = std::uint64_t{1} << 30;
  std::chrono::milliseconds checkpoint_behind_max{10'000};
};

struct Check {
  events::Words what;  // With the number and its limit.
  bool good = false;
};

std::vector<Check> checks_of(const Health& health, const HealthLimits& limits);

}  // namespace cli
