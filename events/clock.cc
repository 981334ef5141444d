#include "events/clock.h"

namespace events {

Moment RealClock::now() const {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

Moment SimulatedClock::now() const { return Moment(std::chrono::microseconds(now_.load())); }

void SimulatedClock::move_to(Moment moment) {
  std::int64_t wanted = moment.time_since_epoch().count();
  std::int64_t current = now_.load();
  while (wanted > current && !now_.compare_exchange_weak(current, wanted)) {
  }
}

}  // namespace events
