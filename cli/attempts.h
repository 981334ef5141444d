// How often somebody has tried a wrong passphrase, and how long he has to wait before the next try:
// after five, one second, then twice as long each time, up to a minute. Any thread.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "events/error.h"

namespace cli {

class Attempts {
 public:
  using Clock = std::chrono::steady_clock;

  events::Result<> may_try(const std::string& person, Clock::time_point now);
  void failed(const std::string& person, Clock::time_point now);
  void succeeded(const std::string& person);

 private:
  struct Count {
    unsigned failures = 0;
    Clock::time_point until;
  };
  std::mutex mutex_;
  std::map<std::string, Count> counts_;
};

}  // namespace cli
