#include "engine/calendar.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "events/assert.h"

namespace engine {

using events::Code;
using events::Date;
using events::fail;
using events::Fault;
using events::Result;
using std::chrono::days;

namespace {

constexpr int number_max = 4'000;       // Of days, months or years in one period.
constexpr int notice_days_max = 1'000;  // Of days that one notice speaks about.
constexpr int year_min = 1949;
constexpr int year_max = 9999;

int year_of(Date day) { return int(std::chrono::year_month_day(day).year()); }

bool weekend(Date day) {
  auto weekday = std::chrono::weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

Result<> check_number(int number, int number_min) {
  if (number >= number_min && number <= number_max) return {};
  std::string range = std::to_string(number_min) + "–" + std::to_string(number_max);
  return fail(Code::invalid, "期限的数目须在 " + range + " 之间，而非 " + std::to_string(number),
              "the number of a period must be in " + range + ", not " + std::to_string(number));
}

// The day of the same number in the month reached, or that month's last day if it is shorter. If
// the start counts, the period is full one day before the former, but a short month still ends it.
Date after_months(Date start, int months, bool count_start_day) {
  std::chrono::year_month_day from(start);
  std::chrono::year_month month =
      std::chrono::year_month(from.year(), from.month()) + std::chrono::months(months);
  std::chrono::year_month_day same = month / from.day();
  if (!same.ok()) return Date(month / std::chrono::last);
  return Date(same) - days(count_start_day ? 1 : 0);
}

void check_ranges(const std::vector<DayRange>& ranges, const std::string& name,
                  std::vector<Fault>& faults) {
  int total = 0;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const DayRange& range = ranges[i];
    std::string place = name + "[" + std::to_string(i) + "]";
    if (year_of(range.from) < year_min || year_of(range.to) > year_max) {
      faults.push_back({place, {"日期超出可用的年份", "the date lies outside the usable years"}});
    } else if (range.to < range.from) {
      faults.push_back({place, {"止日早于起日", "the range ends before it begins"}});
    } else if (int length = int((range.to - range.from).count()) + 1;
               length > notice_days_max - total) {
      faults.push_back({place, {"一份通知涉及的天数过多", "one notice speaks of too many days"}});
      return;
    } else {
      total += length;
    }
  }
}

void check_disjoint(const Notice& notice, std::vector<Fault>& faults) {
  for (std::size_t i = 0; i < notice.work.size(); ++i) {
    const DayRange& work = notice.work[i];
    auto meets = [&](const DayRange& off) { return off.from <= work.to && work.from <= off.to; };
    if (std::none_of(notice.off.begin(), notice.off.end(), meets)) continue;
    faults.push_back({"work[" + std::to_string(i) + "]",
                      {"同一天既放假又上班", "a day is both off and a working day"}});
  }
}

}  // namespace

Notice read_notice(events::CalendarNotice::Reader from, std::uint64_t position) {
  auto date = [](std::int32_t number) { return Date(days(number)); };
  auto ranges = [&](capnp::List<events::DayRange>::Reader list) {
    std::vector<DayRange> result;
    result.reserve(list.size());
    for (events::DayRange::Reader range : list) {
      std::int32_t last = range.getTo() == 0 ? range.getFrom() : range.getTo();
      result.push_back({date(range.getFrom()), date(last)});
    }
    return result;
  };
  Notice notice;
  notice.announced_on = date(from.getAnnouncedOn());
  notice.paper = from.getPaper().cStr();
  for (std::uint16_t year : from.getCovers()) notice.covers.push_back(year);
  notice.off = ranges(from.getOff());
  notice.work = ranges(from.getWork());
  notice.position = position;
  return notice;
}

Period read_period(events::Period::Reader from) {
  return {from.getNumber(), from.getUnit(), from.getCountStartDay(), from.getRollForward()};
}

Result<> check(const Notice& notice) {
  std::vector<Fault> faults;
  if (notice.paper.empty()) faults.push_back({"paper", {"缺少文号", "the paper is not named"}});
  if (notice.covers.empty() && notice.off.empty() && notice.work.empty()) {
    faults.push_back({"", {"通知没有任何内容", "the notice says nothing"}});
  }
  for (std::size_t i = 0; i < notice.covers.size(); ++i) {
    if (notice.covers[i] >= year_min && notice.covers[i] <= year_max) continue;
    faults.push_back({"covers[" + std::to_string(i) + "]",
                      {"年份不可用", "the year lies outside the usable years"}});
  }
  check_ranges(notice.off, "off", faults);
  check_ranges(notice.work, "work", faults);
  // The ranges are now known to be few, so that each can be compared with each.
  if (faults.empty()) check_disjoint(notice, faults);
  if (faults.empty()) return {};
  return std::unexpected(events::Error{
      Code::invalid, {"放假通知有误", "the calendar notice is faulty"}, {}, std::move(faults)});
}

Date after_calendar_days(Date start, int number) { return start + days(number); }

void Calendar::add(Notice notice) {
  ASSERT(check(notice).has_value());
  auto rule = [&](const std::vector<DayRange>& ranges, bool working) {
    for (const DayRange& range : ranges) {
      for (Date day = range.from; day <= range.to; day += days(1)) {
        rulings_.push_back({day, notice.announced_on, notice.position, working});
      }
    }
  };
  rule(notice.off, false);
  rule(notice.work, true);
  // Stable: of two on one day with one position, the one added later holds.
  std::stable_sort(rulings_.begin(), rulings_.end(), [](const Ruling& a, const Ruling& b) {
    return std::tie(a.day, a.announced_on, a.position) <
           std::tie(b.day, b.announced_on, b.position);
  });
  for (int year : notice.covers) covers_.push_back({year, notice.announced_on});
  std::sort(covers_.begin(), covers_.end(), [](const Cover& a, const Cover& b) {
    return std::tie(a.year, a.announced_on) < std::tie(b.year, b.announced_on);
  });
  notices_.push_back(std::move(notice));
}

std::uint64_t Calendar::version(Date known_on) const {
  std::uint64_t newest = 0;
  for (const Notice& notice : notices_) {
    if (notice.announced_on <= known_on) newest = std::max(newest, notice.position);
  }
  return newest;
}

Result<bool> Calendar::working(Date day, Date known_on) const {
  TRY(covered(year_of(day), known_on));
  return works(day, known_on);
}

Result<Date> Calendar::after_working_days(Date start, int number, Date known_on) const {
  TRY(check_number(number, 0));
  int year = 0;
  Date day = start;
  while (number > 0) {
    day += days(1);
    if (int reached = year_of(day); reached != year) {
      TRY(covered(reached, known_on));
      year = reached;
    }
    if (works(day, known_on)) --number;
  }
  return day;
}

Result<int> Calendar::working_days_between(Date first, Date last, Date known_on) const {
  int count = 0;
  int year = 0;
  for (Date day = first; day <= last; day += days(1)) {
    if (int reached = year_of(day); reached != year) {
      TRY(covered(reached, known_on));
      year = reached;
    }
    if (works(day, known_on)) ++count;
  }
  return count;
}

Result<Date> Calendar::last_day(Date start, const Period& period, Date known_on) const {
  TRY(check_number(period.number, 1));
  Date last = TRY(end_of(start, period, known_on));
  if (year_of(last) > year_max) {
    return fail(Code::invalid, "期限止于可用的年份之后", "the period ends after the usable years");
  }
  if (!period.roll_forward) return last;
  return after_working_days(last - days(1), 1, known_on);
}

Result<Deadline> Calendar::deadline(Date start, const Period& period, Date known_on,
                                    std::string_view zone) const {
  Date last = TRY(last_day(start, period, known_on));
  return Deadline{last, events::start_of(last + days(1), zone), version(known_on)};
}

Result<Date> Calendar::end_of(Date start, const Period& period, Date known_on) const {
  Date day_before_first = period.count_start_day ? start - days(1) : start;
  switch (period.unit) {
    case events::Unit::CALENDAR:
      return after_calendar_days(day_before_first, period.number);
    case events::Unit::WORKING:
      return after_working_days(day_before_first, period.number, known_on);
    case events::Unit::MONTHS:
      return after_months(start, period.number, period.count_start_day);
    case events::Unit::YEARS:
      return after_months(start, 12 * period.number, period.count_start_day);
  }
  return fail(Code::invalid, "期限的单位未知", "the unit of the period is unknown");
}

Result<> Calendar::covered(int year, Date known_on) const {
  auto cover = std::lower_bound(covers_.begin(), covers_.end(), year,
                                [](const Cover& a, int b) { return a.year < b; });
  if (cover != covers_.end() && cover->year == year && cover->announced_on <= known_on) return {};
  std::string missing = std::to_string(year);
  std::string known = events::text(known_on);
  return fail(Code::invalid,
              "截至 " + known + " 工作日历没有 " + missing + " 年的放假安排，无法计算",
              "as known on " + known + ", the calendar has no arrangement for " + missing +
                  ", so it cannot be computed");
}

bool Calendar::works(Date day, Date known_on) const {
  auto after = std::upper_bound(rulings_.begin(), rulings_.end(), std::tie(day, known_on),
                                [](const std::tuple<const Date&, const Date&>& a, const Ruling& b) {
                                  return a < std::tie(b.day, b.announced_on);
                                });
  if (after != rulings_.begin() && (after - 1)->day == day) return (after - 1)->working;
  return !weekend(day);
}

}  // namespace engine
