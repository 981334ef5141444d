// The only door through which time enters. Real for records, simulated for demonstrations and
// tests; the log's first record says which. Any thread.
#pragma once

#include <atomic>

#include "events/moment.h"

namespace events {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Moment now() const = 0;
};

class RealClock final : public Clock {
 public:
  Moment now() const override;
};

// Stands still until it is moved, and never moves back.
class SimulatedClock final : public Clock {
 public:
  explicit SimulatedClock(Moment start) : now_(start.time_since_epoch().count()) {}
  Moment now() const override;
  void move_to(Moment moment);

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace events
