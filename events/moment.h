// Points in time and legal dates, and how they are written. Instants are UTC; a Date is a local,
// legal date (the zone stands in the log's first record). Values, any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace events {

using Moment = std::chrono::sys_time<std::chrono::microseconds>;
using Date = std::chrono::sys_days;

std::string text(Date date);                                   // 2016-10-01
std::string text(Moment moment);                               // 2016-10-01T01:00:00.000000Z
std::string local_text(Moment moment, std::string_view zone);  // 2016-10-01 09:00
std::optional<Date> parse_date(std::string_view text);  // strict: YYYY-MM-DD, a day that exists
std::optional<Moment> parse_moment(
    std::string_view text);  // RFC 3339 with Z or an offset, 1900 to 9999

// The first instant of the date in the zone, and the date on which an instant falls there.
Moment start_of(Date date, std::string_view zone);
Date date_of(Moment moment, std::string_view zone);
bool known_zone(std::string_view zone);

}  // namespace events
