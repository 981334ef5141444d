// Keeps the log's signed head outside the data folder, at most keep_every behind the log, and once
// more on close. It has a thread of its own; signing never waits in a batch.
#pragma once

#include <chrono>
#include <thread>

#include "events/log.h"
#include "events/safe.h"

namespace events {

inline constexpr std::chrono::milliseconds keep_every{100};

class HeadKeeper {
 public:
  HeadKeeper(const Log& log, Safe& safe);  // Both must outlive it.
  ~HeadKeeper();

 private:
  void run(std::stop_token stop);
  void keep(Position head);

  const Log& log_;
  Safe& safe_;
  Position kept_ = 0;
  std::jthread thread_;
};

}  // namespace events
