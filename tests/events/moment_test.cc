#include "events/moment.h"

#include <catch2/catch.hpp>
#include <random>

using events::Date;
using events::Moment;
using events::parse_date;
using events::parse_moment;
using events::text;

TEST_CASE("a date is written as year, month and day and must exist", "[events]") {
  CHECK(parse_date("1970-01-01") == Date());
  CHECK(text(*parse_date("2016-10-01")) == "2016-10-01");
  CHECK(text(*parse_date("0001-01-01")) == "0001-01-01");
  CHECK(text(*parse_date("9999-12-31")) == "9999-12-31");
  CHECK(text(*parse_date("2024-02-29")) == "2024-02-29");

  for (const char* wrong : {"", "2016-10-1", "2016-1-01", "16-10-01", "2016/10/01", "2016-10-01 ",
                            " 2016-10-01", "2016-13-01", "2016-00-10", "2016-02-30", "2023-02-29",
                            "1900-02-29", "0000-01-01", "-2016-10-01", "+2016-10-01", "12016-10-01",
                            "2016-10-01T00:00:00Z", "20161001", "2016-10-0a"}) {
    INFO(wrong);
    CHECK_FALSE(parse_date(wrong));
  }
}

TEST_CASE("a moment is read with Z or an offset and written in UTC with six digits", "[events]") {
  CHECK(text(*parse_moment("2016-10-01T09:00:00+08:00")) == "2016-10-01T01:00:00.000000Z");
  CHECK(text(*parse_moment("2016-10-01T01:00:00Z")) == "2016-10-01T01:00:00.000000Z");
  CHECK(text(*parse_moment("2016-10-01T01:00:00.5Z")) == "2016-10-01T01:00:00.500000Z");
  CHECK(text(*parse_moment("2016-10-01T01:00:00.000001Z")) == "2016-10-01T01:00:00.000001Z");
  CHECK(text(*parse_moment("2016-01-01T03:30:00+05:45")) == "2015-12-31T21:45:00.000000Z");
  CHECK(text(*parse_moment("2016-12-31T22:00:00-03:00")) == "2017-01-01T01:00:00.000000Z");
  CHECK(text(*parse_moment("1969-12-31T23:59:59.999999Z")) == "1969-12-31T23:59:59.999999Z");
  CHECK(parse_moment("1970-01-01T00:00:00+00:00") == Moment());
}

TEST_CASE("a moment that RFC 3339 does not know, or that would lose a digit, is refused",
          "[events]") {
  for (const char* wrong : {"",
                            "2016-10-01",
                            "2016-10-01T09:00:00",
                            "2016-10-01 09:00:00Z",
                            "2016-10-01t09:00:00Z",
                            "2016-10-01T09:00:00z",
                            "2016-10-01T09:00Z",
                            "2016-10-01T24:00:00Z",
                            "2016-10-01T09:60:00Z",
                            "2016-12-31T23:59:60Z",
                            "2016-10-01T09:00:00.Z",
                            "2016-10-01T09:00:00.1234567Z",
                            "2016-10-01T09:00:00,5Z",
                            "2016-10-01T09:00:00+8:00",
                            "2016-10-01T09:00:00+0800",
                            "2016-10-01T09:00:00+24:00",
                            "2016-10-01T09:00:00+08:60",
                            "2016-10-01T09:00:00-00:00",
                            "2016-10-01T09:00:00Z ",
                            "2016-02-30T09:00:00Z",
                            "2016-10-01T9:00:00Z",
                            "2016-10-01T09:00:00ZZ"}) {
    INFO(wrong);
    CHECK_FALSE(parse_moment(wrong));
  }
}

TEST_CASE("moments lie between the years 1900 and 9999 in UTC", "[events]") {
  CHECK(parse_moment("1900-01-01T00:00:00Z"));
  CHECK(parse_moment("9999-12-31T23:59:59.999999Z"));
  CHECK_FALSE(parse_moment("1899-12-31T23:59:59Z"));
  CHECK_FALSE(parse_moment("1900-01-01T00:00:00+00:01"));
  CHECK_FALSE(parse_moment("9999-12-31T23:59:59-00:01"));
}

TEST_CASE("dates and moments read back what they were written as", "[events]") {
  std::mt19937_64 random(20161001);
  const auto first = parse_moment("1900-01-01T00:00:00Z")->time_since_epoch().count();
  const auto last = parse_moment("9999-12-31T23:59:59Z")->time_since_epoch().count();
  std::uniform_int_distribution<std::int64_t> any(first, last);
  for (int i = 0; i < 2000; ++i) {
    const Moment moment(std::chrono::microseconds(any(random)));
    CHECK(parse_moment(text(moment)) == moment);
    const Date date = std::chrono::floor<std::chrono::days>(moment);
    CHECK(parse_date(text(date)) == date);
  }
}

TEST_CASE("a date begins at midnight of its zone", "[events]") {
  const Date day = *parse_date("2016-10-01");
  CHECK(text(events::start_of(day, "Asia/Shanghai")) == "2016-09-30T16:00:00.000000Z");
  CHECK(text(events::start_of(day, "UTC")) == "2016-10-01T00:00:00.000000Z");
  CHECK(events::date_of(*parse_moment("2016-09-30T15:59:59.999999Z"), "Asia/Shanghai") ==
        *parse_date("2016-09-30"));
  CHECK(events::date_of(*parse_moment("2016-09-30T16:00:00Z"), "Asia/Shanghai") == day);
  CHECK(events::local_text(*parse_moment("2016-10-01T01:00:59Z"), "Asia/Shanghai") ==
        "2016-10-01 09:00");
}

TEST_CASE("a date whose midnight the clock jumps over begins after the jump", "[events]") {
  // Chinese summer time began on 1986-05-04 at 02:00; Brazil's began at midnight.
  const Date day = *parse_date("2018-11-04");
  CHECK(text(events::start_of(day, "America/Sao_Paulo")) == "2018-11-04T03:00:00.000000Z");
  CHECK(events::date_of(events::start_of(day, "America/Sao_Paulo"), "America/Sao_Paulo") == day);
  const Date summer = *parse_date("1986-05-05");
  CHECK(text(events::start_of(summer, "Asia/Shanghai")) == "1986-05-04T15:00:00.000000Z");
}

TEST_CASE("zones are known by their names", "[events]") {
  CHECK(events::known_zone("Asia/Shanghai"));
  CHECK(events::known_zone("UTC"));
  CHECK_FALSE(events::known_zone("Asia/Shangha"));
  CHECK_FALSE(events::known_zone("asia/shanghai"));
  CHECK_FALSE(events::known_zone("../etc/passwd"));
  CHECK_FALSE(events::known_zone(""));
}
