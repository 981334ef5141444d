// Working days as they were announced, and the deadlines that rest on them. Every question says on
// which day the answer had to be known: notices announced later do not exist for it. A value; any
// thread may ask while nobody adds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/calendar.capnp.h"
#include "events/error.h"
#include "events/moment.h"
#include "events/scheme.capnp.h"

namespace engine {

// Both days are included.
struct DayRange {
  events::Date from;
  events::Date to;
};

// One announcement. Of a day it speaks about, it overrides what was announced before it.
struct Notice {
  events::Date announced_on{};
  std::string paper;
  std::vector<int> covers;  // The years whose arrangement it is; none for an amendment.
  std::vector<DayRange> off;
  std::vector<DayRange> work;
  std::uint64_t position = 0;  // Of its event in the log.
};

Notice read_notice(events::CalendarNotice::Reader from, std::uint64_t position);

// All that is wrong with a notice; decide asks before the event exists.
events::Result<> check(const Notice& notice);

// A length of time, as a scheme gives it. A period of working days never ends on a day off, so
// roll_forward matters to the other units only.
struct Period {
  int number = 1;
  events::Unit unit = events::Unit::CALENDAR;
  bool count_start_day = false;
  bool roll_forward = false;
};

Period read_period(events::Period::Reader from);

struct Deadline {
  events::Date last;                // The last day; all of it is inside.
  events::Moment closes;            // 24:00 of that day, the first instant outside.
  std::uint64_t calendar_position;  // Of the version that was used: see Calendar::version.
};

// Counting from the day after start.
events::Date after_calendar_days(events::Date start, int number);

class Calendar {
 public:
  void add(Notice notice);  // One that passes check().
  const std::vector<Notice>& notices() const { return notices_; }

  // The position of the newest event among the notices known by then; 0 if there is none.
  std::uint64_t version(events::Date known_on) const;

  // A question that reaches a year whose arrangement was not announced by then is answered with an
  // error that names the year. Mind that the first one is a Result of bool, not a bool.
  events::Result<bool> working(events::Date day, events::Date known_on) const;
  // Counting from the day after start; the start itself need not be a working day.
  events::Result<events::Date> after_working_days(events::Date start, int number,
                                                  events::Date known_on) const;
  // Both days are counted; 0 if last lies before first.
  events::Result<int> working_days_between(events::Date first, events::Date last,
                                           events::Date known_on) const;

  events::Result<events::Date> last_day(events::Date start, const Period& period,
                                        events::Date known_on) const;
  events::Result<Deadline> deadline(events::Date start, const Period& period, events::Date known_on,
                                    std::string_view zone) const;

 private:
  // What one notice says of one day.
  struct Ruling {
    events::Date day;
    events::Date announced_on;
    std::uint64_t position;
    bool working;
  };
  struct Cover {
    int year;
    events::Date announced_on;
  };

  // Before it is rolled forward.
  events::Result<events::Date> end_of(events::Date start, const Period& period,
                                      events::Date known_on) const;
  events::Result<> covered(int year, events::Date known_on) const;
  bool works(events::Date day, events::Date known_on) const;

  std::vector<Notice> notices_;
  std::vector<Ruling> rulings_;  // By day, then in the order of announcement: the last known holds.
  std::vector<Cover> covers_;    // By year, then by announcement.
};

}  // namespace engine
