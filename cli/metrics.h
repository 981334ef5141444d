// What the server counts, in Prometheus' text format 0.0.4. Numbers only: no label holds anything
// that a user wrote. Seconds and bytes. Any thread.
#pragma once

#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <string>

#include "cli/health.h"
#include "cli/server.h"

namespace cli {

class Metrics {
 public:
  Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void answered(const std::string& method, const std::string& route, int status,
                std::chrono::duration<double> took);
  // `outcome`: recorded, repeated, or the code of the refusal.
  void commanded(const std::string& type, const std::string& outcome);

  // With what is measured only when somebody asks.
  std::string text(const Health& health, const Traffic& traffic) const;

 private:
  prometheus::Registry registry_;
  prometheus::Family<prometheus::Histogram>& durations_;
  prometheus::Family<prometheus::Counter>& commands_;
};

}  // namespace cli
