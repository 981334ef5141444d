#include "events/moment.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>

#include "events/assert.h"

static_assert(USE_OS_TZDB, "the library is built so, and its types have another layout without it");

namespace events {

namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int moment_year_min = 1900;
constexpr int moment_year_max = 9999;

// Takes the characters of a text from its beginning. After a failure it stays failed.
class Reading {
 public:
  explicit Reading(std::string_view text) : rest_(text) {}

  int digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!next_is_digit()) {
        good_ = false;
        return 0;
      }
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }

  bool take(char expected) {
    if (rest_.empty() || rest_.front() != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void need(char expected) { good_ = take(expected) && good_; }
  void check(bool holds) { good_ = holds && good_; }
  bool next_is_digit() const { return !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; }
  bool complete() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

Date read_date(Reading& reading) {
  const int year = reading.digits(4);
  reading.need('-');
  const int month = reading.digits(2);
  reading.need('-');
  const int day = reading.digits(2);

  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  reading.check(year > 0 && date.ok());
  return date.ok() ? Date(date) : Date();
}

// Six digits are what an instant can hold; a seventh would be lost, so it is refused.
microseconds read_fraction(Reading& reading) {
  int value = reading.digits(1);
  for (int places = 1; places < 6; ++places) {
    value = value * 10 + (reading.next_is_digit() ? reading.digits(1) : 0);
  }
  return microseconds(value);
}

minutes read_offset(Reading& reading) {
  if (reading.take('Z')) return minutes(0);
  const bool west = reading.take('-');
  if (!west) reading.need('+');
  const int hour = reading.digits(2);
  reading.need(':');
  const int minute = reading.digits(2);
  reading.check(hour < 24 && minute < 60);
  reading.check(!(west && hour == 0 && minute == 0));  // "-00:00" says that the zone is unknown.
  const minutes offset = hours(hour) + minutes(minute);
  return west ? -offset : offset;
}

const date::time_zone* find_zone(std::string_view zone) {
  const auto& zones = date::get_tzdb().zones;  // In the order of their names.
  const auto found = std::lower_bound(
      zones.begin(), zones.end(), zone,
      [](const date::time_zone& entry, std::string_view name) { return entry.name() < name; });
  return found != zones.end() && found->name() == zone ? &*found : nullptr;
}

const date::time_zone& zone_named(std::string_view zone) {
  const date::time_zone* found = find_zone(zone);
  ASSERT(found != nullptr);
  return *found;
}

// As {:0width} does it, and several times as fast: every row of a view holds a moment.
void append(std::string& out, std::int64_t value, std::size_t width) {
  if (value < 0) {
    out.push_back('-');
    value = -value;
    --width;
  }
  const fmt::format_int digits(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out.append(digits.data(), digits.size());
}

void append(std::string& out, Date date) {
  const std::chrono::year_month_day parts(date);
  append(out, int(parts.year()), 4);
  out.push_back('-');
  append(out, unsigned(parts.month()), 2);
  out.push_back('-');
  append(out, unsigned(parts.day()), 2);
}

}  // namespace

std::string text(Date date) {
  std::string out;
  append(out, date);
  return out;
}

std::string text(Moment moment) {
  const Date date = floor<days>(moment);
  const std::chrono::hh_mm_ss time(moment - date);
  std::string out;
  out.reserve(std::string_view("2016-10-01T09:00:00.000000Z").size());
  append(out, date);
  const std::pair<char, std::int64_t> parts[] = {
      {'T', time.hours().count()}, {':', time.minutes().count()}, {':', time.seconds().count()}};
  for (const auto& [mark, value] : parts) {
    out.push_back(mark);
    append(out, value, 2);
  }
  out.push_back('.');
  append(out, time.subseconds().count(), 6);
  out.push_back('Z');
  return out;
}

std::string local_text(Moment moment, std::string_view zone) {
  const auto local = zone_named(zone).to_local(floor<seconds>(moment));
  const auto date = floor<days>(local);
  const std::chrono::hh_mm_ss time(local - date);
  return fmt::format("{} {:02}:{:02}", text(Date(date.time_since_epoch())), time.hours().count(),
                     time.minutes().count());
}

std::optional<Date> parse_date(std::string_view text) {
  Reading reading(text);
  const Date date = read_date(reading);
  if (!reading.complete()) return std::nullopt;
  return date;
}

std::optional<Moment> parse_moment(std::string_view text) {
  Reading reading(text);
  const Date date = read_date(reading);
  reading.need('T');
  const int hour = reading.digits(2);
  reading.need(':');
  const int minute = reading.digits(2);
  reading.need(':');
  const int second = reading.digits(2);
  reading.check(hour < 24 && minute < 60 && second < 60);
  const microseconds fraction = reading.take('.') ? read_fraction(reading) : microseconds(0);
  const minutes offset = read_offset(reading);
  if (!reading.complete()) return std::nullopt;

  const Moment moment =
      date + (hours(hour) + minutes(minute) - offset) + seconds(second) + fraction;
  const std::chrono::year_month_day utc(floor<days>(moment));
  const int year{utc.year()};
  if (year < moment_year_min || year > moment_year_max) return std::nullopt;
  return moment;
}

Moment start_of(Date date, std::string_view zone) {
  const date::local_days local(date.time_since_epoch());
  // Where midnight does not exist this is the instant at which the clock jumps over it.
  return zone_named(zone).to_sys(local, date::choose::earliest);
}

Date date_of(Moment moment, std::string_view zone) {
  const auto local = zone_named(zone).to_local(moment);
  return Date(floor<days>(local).time_since_epoch());
}

bool known_zone(std::string_view zone) { return find_zone(zone) != nullptr; }

}  // namespace events
