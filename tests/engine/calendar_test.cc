#include "engine/calendar.h"

#include <capnp/message.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "events/decode.h"
#include "events/parse_yaml.h"
#include "tests/built.h"

using engine::Calendar;
using engine::Notice;
using engine::Period;
using events::Date;
using events::Unit;
using std::chrono::days;

namespace {

Date date(const std::string& text) {
  auto parsed = events::parse_date(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

std::vector<Notice> notices_of_china() {
  std::ifstream file(std::string(tests::source_dir) + "/engine/calendars/china.yaml");
  std::string text(std::istreambuf_iterator<char>(file), {});
  auto node = events::parse_yaml(text, "china.yaml");
  REQUIRE(node.has_value());
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<events::CalendarFile>();
  auto decoded = events::decode(*node, root, "china.yaml");
  if (!decoded) FAIL(decoded.error().faults.at(0).place + decoded.error().faults.at(0).words.en);

  std::vector<Notice> notices;
  for (events::CalendarNotice::Reader notice : root.asReader().getNotices()) {
    notices.push_back(engine::read_notice(notice, 100 + notices.size()));
  }
  return notices;
}

const Calendar& china() {
  static const Calendar calendar = [] {
    Calendar result;
    for (const Notice& notice : notices_of_china()) result.add(notice);
    return result;
  }();
  return calendar;
}

// All of the file is known by then.
constexpr Date today = std::chrono::year(2026) / 6 / 1;

std::string after(const std::string& start, int number, Date known_on = today) {
  auto day = china().after_working_days(date(start), number, known_on);
  return day ? events::text(*day) : day.error().words.en;
}

bool working(const std::string& day, Date known_on = today) {
  auto answer = china().working(date(day), known_on);
  REQUIRE(answer.has_value());
  return *answer;
}

std::string last_day(const std::string& start, const Period& period, Date known_on = today) {
  auto day = china().last_day(date(start), period, known_on);
  return day ? events::text(*day) : day.error().words.en;
}

int between(Date first, Date last) {
  auto count = china().working_days_between(first, last, today);
  REQUIRE(count.has_value());
  return *count;
}

}  // namespace

TEST_CASE("working days step over holidays and count make-up days", "[engine]") {
  CHECK(after("2013-09-18", 10) == "2013-10-09");
  CHECK(after("2014-04-25", 5) == "2014-05-05");
  CHECK(after("2016-09-28", 5) == "2016-10-10");
  CHECK(after("2017-09-28", 5) == "2017-10-11");
  CHECK(after("2021-04-29", 5) == "2021-05-10");
  CHECK(after("2025-01-24", 10) == "2025-02-13");
  CHECK(after("2015-08-31", 5) == "2015-09-08");
  CHECK(after("2019-04-26", 3) == "2019-04-30");
}

TEST_CASE("a deadline computed before an amendment does not know it", "[engine]") {
  CHECK(after("2015-08-31", 5, date("2015-05-12")) == "2015-09-07");
  CHECK(after("2015-08-31", 5, date("2015-05-13")) == "2015-09-08");
  CHECK(after("2019-04-26", 3, date("2019-03-21")) == "2019-05-02");
  CHECK(after("2019-04-26", 3, date("2019-03-22")) == "2019-04-30");
  CHECK(after("2020-01-23", 1, date("2020-01-26")) == "2020-01-31");
  CHECK(after("2020-01-23", 1, date("2020-01-27")) == "2020-02-03");
}

TEST_CASE("an amendment changes just the days that it names, from its announcement on",
          "[engine]") {
  struct Change {
    std::string announced_on, day;
    bool before, after;
  };
  const std::vector<Change> changes = {
      {"2015-05-13", "2015-09-02", true, true},   {"2015-05-13", "2015-09-03", true, false},
      {"2015-05-13", "2015-09-04", true, false},  {"2015-05-13", "2015-09-05", false, false},
      {"2015-05-13", "2015-09-06", false, true},  {"2019-03-22", "2019-04-28", false, true},
      {"2019-03-22", "2019-05-01", false, false}, {"2019-03-22", "2019-05-02", true, false},
      {"2019-03-22", "2019-05-03", true, false},  {"2019-03-22", "2019-05-04", false, false},
      {"2019-03-22", "2019-05-05", false, true},  {"2020-01-27", "2020-01-30", false, false},
      {"2020-01-27", "2020-01-31", true, false},  {"2020-01-27", "2020-02-01", true, false},
      {"2020-01-27", "2020-02-02", false, false}, {"2020-01-27", "2020-02-03", true, true},
  };
  for (const Change& change : changes) {
    INFO(change.day << " as announced on " << change.announced_on);
    CHECK(working(change.day, date(change.announced_on) - days(1)) == change.before);
    CHECK(working(change.day, date(change.announced_on)) == change.after);
  }
}

TEST_CASE("a year's last days can come from the next year's notice", "[engine]") {
  CHECK(working("2018-12-31", date("2018-12-05")));
  CHECK_FALSE(working("2018-12-31", date("2018-12-06")));
  CHECK_FALSE(working("2018-12-29", date("2018-12-05")));
  CHECK(working("2018-12-29", date("2018-12-06")));
  CHECK(working("2012-12-31"));
}

TEST_CASE("each year from 2012 to 2026 has its number of working days", "[engine]") {
  const int expected[] = {249, 250, 250, 249, 250, 249, 250, 250,
                          249, 250, 249, 249, 251, 248, 248};
  for (int i = 0; i < 15; ++i) {
    auto year = std::to_string(2012 + i);
    INFO(year);
    CHECK(between(date(year + "-01-01"), date(year + "-12-31")) == expected[i]);
  }
}

TEST_CASE("publicity of seven days ends on three days according to its scheme", "[engine]") {
  CHECK(last_day("2016-09-28", {7, Unit::CALENDAR, true, false}) == "2016-10-04");
  CHECK(last_day("2016-09-28", {7, Unit::CALENDAR, false, false}) == "2016-10-05");
  CHECK(last_day("2016-09-28", {7, Unit::CALENDAR, false, true}) == "2016-10-08");
}

TEST_CASE("a limit in working days can count its start day", "[engine]") {
  CHECK(last_day("2016-09-28", {5, Unit::WORKING, false, false}) == "2016-10-10");
  CHECK(last_day("2016-09-28", {5, Unit::WORKING, true, false}) == "2016-10-09");
  CHECK(last_day("2016-10-01", {1, Unit::WORKING, true, false}) == "2016-10-08");
}

TEST_CASE("months and years end on the same day, or at the end of a shorter month", "[engine]") {
  CHECK(last_day("2016-01-31", {1, Unit::MONTHS, false, false}) == "2016-02-29");
  CHECK(last_day("2016-01-31", {1, Unit::MONTHS, true, false}) == "2016-02-29");
  CHECK(last_day("2016-03-01", {1, Unit::MONTHS, true, false}) == "2016-03-31");
  CHECK(last_day("2016-11-15", {3, Unit::MONTHS, false, false}) == "2017-02-15");
  CHECK(last_day("2016-11-15", {3, Unit::MONTHS, true, false}) == "2017-02-14");
  CHECK(last_day("2016-02-29", {1, Unit::YEARS, false, false}) == "2017-02-28");
  CHECK(last_day("2015-10-01", {1, Unit::YEARS, false, true}) == "2016-10-08");
  CHECK(last_day("2016-09-28", {7, Unit(9), false, false}).find("unit") != std::string::npos);
}

TEST_CASE("a deadline closes with the last day, in the zone of the log", "[engine]") {
  auto deadline = china().deadline(date("2016-09-28"), {7, Unit::CALENDAR, false, true}, today,
                                   "Asia/Shanghai");

  REQUIRE(deadline.has_value());
  CHECK(deadline->last == date("2016-10-08"));
  CHECK(deadline->closes == events::parse_moment("2016-10-09T00:00:00+08:00"));
  CHECK(deadline->calendar_position == 117);
}

TEST_CASE("a deadline names the newest version of the calendar that it knew", "[engine]") {
  CHECK(china().version(date("2011-12-05")) == 0);
  CHECK(china().version(date("2011-12-06")) == 100);
  CHECK(china().version(date("2015-05-12")) == 103);
  CHECK(china().version(date("2015-05-13")) == 104);
  CHECK(china().version(today) == 117);
}

TEST_CASE("a year that is not yet announced is an error that names it", "[engine]") {
  auto day = china().working(date("2027-01-04"), today);
  auto deadline = china().deadline(date("2026-12-28"), {5, Unit::WORKING, false, false}, today,
                                   "Asia/Shanghai");
  auto count = china().working_days_between(date("2026-01-01"), date("2027-01-01"), today);

  REQUIRE_FALSE(day.has_value());
  CHECK(day.error().code == events::Code::invalid);
  CHECK(day.error().words.zh.find("2027 年") != std::string::npos);
  CHECK(day.error().words.en.find("2027") != std::string::npos);
  CHECK_FALSE(deadline.has_value());
  CHECK_FALSE(count.has_value());
  CHECK_FALSE(china().working(date("2011-12-30"), today).has_value());
  CHECK(china().working(date("2026-12-31"), today).has_value());
}

TEST_CASE("a year is missing until the day of its notice", "[engine]") {
  CHECK_FALSE(china().working(date("2016-01-04"), date("2015-12-09")).has_value());
  CHECK(china().working(date("2016-01-04"), date("2015-12-10")).has_value());
  CHECK_FALSE(Calendar().working(date("2016-01-04"), today).has_value());
}

TEST_CASE("calendar days need no calendar until they are rolled forward", "[engine]") {
  CHECK(last_day("2026-12-28", {7, Unit::CALENDAR, false, false}) == "2027-01-04");
  CHECK(last_day("2026-12-28", {5, Unit::YEARS, false, false}) == "2031-12-28");
  CHECK(last_day("2026-12-28", {7, Unit::CALENDAR, false, true}).find("2027") != std::string::npos);
}

TEST_CASE("the number of a period is at least one and bounded", "[engine]") {
  CHECK(last_day("2016-09-28", {0, Unit::CALENDAR, false, false}).find("1–4000") !=
        std::string::npos);
  CHECK(last_day("2016-09-28", {4001, Unit::YEARS, false, false}).find("4001") !=
        std::string::npos);
  CHECK(last_day("9990-01-01", {10, Unit::YEARS, false, false}).find("usable") !=
        std::string::npos);
  CHECK(after("2016-10-01", 0) == "2016-10-01");
  CHECK_FALSE(china().after_working_days(date("2016-10-01"), -1, today).has_value());
}

TEST_CASE("more working days never end earlier, nor does a later start", "[engine]") {
  for (Date start = date("2012-01-01"); start <= date("2026-10-31"); start += days(1)) {
    std::optional<Date> earlier;
    for (int number : {0, 1, 2, 5, 10, 30}) {
      auto end = china().after_working_days(start, number, today);
      auto next = china().after_working_days(start + days(1), number, today);
      bool grows = end && next && *next >= *end && (!earlier || *end > *earlier);
      if (!grows) FAIL(events::text(start) << " and " << number << " working days");
      earlier = *end;
    }
  }
}

TEST_CASE("adding working days and counting them agree", "[engine]") {
  for (Date start = date("2012-01-01"); start <= date("2026-10-31"); start += days(3)) {
    for (int number : {1, 2, 5, 10, 30}) {
      Date end = china().after_working_days(start, number, today).value();
      bool agree = between(start + days(1), end) == number && between(end, end) == 1 &&
                   between(start + days(1), end - days(1)) == number - 1;
      if (!agree) FAIL(events::text(start) << " and " << number << " working days");
    }
  }
  CHECK(between(date("2016-10-10"), date("2016-10-09")) == 0);
}

TEST_CASE("the order in which notices reach the log does not matter", "[engine]") {
  auto notices = notices_of_china();
  Calendar backwards;
  for (auto notice = notices.rbegin(); notice != notices.rend(); ++notice) backwards.add(*notice);

  int differences = 0;
  for (const std::string known_on : {"2015-05-12", "2015-05-13", "2020-01-26", "2026-06-01"}) {
    for (Date day = date("2012-01-01"); day <= date("2027-12-31"); day += days(1)) {
      auto one = china().working(day, date(known_on));
      auto other = backwards.working(day, date(known_on));
      if (one.has_value() != other.has_value() || (one && *one != *other)) ++differences;
    }
  }
  CHECK(differences == 0);
}

TEST_CASE("of two notices announced on one day, the later event holds", "[engine]") {
  Notice first{date("2015-12-10"), "1", {2016}, {{date("2016-10-10"), date("2016-10-10")}}, {}, 8};
  Notice second{date("2015-12-10"), "2", {}, {}, {{date("2016-10-10"), date("2016-10-10")}}, 9};
  Calendar calendar;
  calendar.add(second);
  calendar.add(first);

  CHECK(calendar.working(date("2016-10-10"), today).value());
}

TEST_CASE("a notice is checked as a whole before it is published", "[engine]") {
  Date day = date("2016-10-01");
  auto places = [](const Notice& notice) {
    std::vector<std::string> result;
    auto checked = engine::check(notice);
    if (checked) return result;
    for (const events::Fault& fault : checked.error().faults) result.push_back(fault.place);
    return result;
  };
  using Places = std::vector<std::string>;
  Notice bad{day, "", {1066}, {{day, day - days(1)}, {day, day}, {day, day + days(2000)}}, {}, 1};
  Notice both{day, "1", {}, {{day, day + days(2)}}, {{day - days(1), day - days(1)}, {day, day}},
              1};

  CHECK(places(bad) == Places{"paper", "covers[0]", "off[0]", "off[2]"});
  CHECK(places(both) == Places{"work[1]"});
  CHECK(places(Notice{day, "1", {}, {}, {}, 1}) == Places{""});
  for (const Notice& notice : notices_of_china()) CHECK(places(notice).empty());
}

TEST_CASE("a period is read from its scheme", "[engine]") {
  capnp::MallocMessageBuilder message;
  auto record = message.initRoot<events::Period>();
  record.setNumber(7);
  record.setUnit(Unit::WORKING);
  record.setRollForward(true);

  Period period = engine::read_period(record);

  CHECK(period.number == 7);
  CHECK(period.unit == Unit::WORKING);
  CHECK_FALSE(period.count_start_day);
  CHECK(period.roll_forward);
}

TEST_CASE("a notice is read from its record, where a bare date is one day", "[engine]") {
  capnp::MallocMessageBuilder message;
  auto record = message.initRoot<events::CalendarNotice>();
  auto number = [](const char* text) { return int(date(text).time_since_epoch().count()); };
  record.setAnnouncedOn(number("2015-05-13"));
  record.setPaper("国发明电〔2015〕1号");
  record.initCovers(1).set(0, 2015);
  record.initOff(1)[0].setFrom(number("2015-09-03"));
  record.getOff()[0].setTo(number("2015-09-05"));
  record.initWork(1)[0].setFrom(number("2015-09-06"));

  Notice notice = engine::read_notice(record, 7);

  CHECK(notice.announced_on == date("2015-05-13"));
  CHECK(notice.paper == "国发明电〔2015〕1号");
  CHECK(notice.covers == std::vector<int>{2015});
  REQUIRE(notice.off.size() == 1);
  CHECK(notice.off[0].from == date("2015-09-03"));
  CHECK(notice.off[0].to == date("2015-09-05"));
  REQUIRE(notice.work.size() == 1);
  CHECK(notice.work[0].from == notice.work[0].to);
  CHECK(notice.position == 7);
}
