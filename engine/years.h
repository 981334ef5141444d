// Counting in years. Pure; any thread.
#pragma once

#include <chrono>

#include "events/moment.h"

namespace engine {

// The same day `years` later; 29 February becomes 28 February where there is none.
inline events::Date add_years(events::Date date, int years) {
  std::chrono::year_month_day day(date);
  day += std::chrono::years(years);
  if (!day.ok()) day = day.year() / day.month() / std::chrono::last;
  return std::chrono::sys_days(day);
}

}  // namespace engine
