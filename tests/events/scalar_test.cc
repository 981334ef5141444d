#include "events/scalar.h"

#include <catch2/catch.hpp>

#include "tests/events/sample.h"

using namespace tests;

namespace {

std::string object(std::string_view name, std::string_view value) {
  return "{\"" + std::string(name) + "\":" + std::string(value) + "}";
}

Lines number_faults(std::string_view name, std::string_view value) {
  return faults(from_json<Numbers>(object(name, value)).outcome);
}

Lines text_faults(std::string_view name, std::string_view value) {
  return faults(from_json<Texts>(object(name, value)).outcome);
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

}  // namespace

TEST_CASE("integers reach to the ends of their types and no further", "[events]") {
  struct Range {
    const char* name;
    const char* min;
    const char* max;
    const char* below;
    const char* above;
  };
  for (const Range& range :
       {Range{"int8", "-128", "127", "-129", "128"},
        Range{"int16", "-32768", "32767", "-32769", "32768"},
        Range{"int32", "-2147483648", "2147483647", "-2147483649", "2147483648"},
        Range{"uint8", "0", "255", "-1", "256"}, Range{"uint16", "0", "65535", "-1", "65536"},
        Range{"uint32", "0", "4294967295", "-1", "4294967296"}}) {
    INFO(range.name);
    CHECK(number_faults(range.name, range.min).empty());
    CHECK(number_faults(range.name, range.max).empty());
    CHECK(number_faults(range.name, range.below).size() == 1);
    CHECK(number_faults(range.name, range.above).size() == 1);
    CHECK(number_faults(range.name, quoted(range.max)).size() == 1);  // Texts are for 64 bits.
  }
  CHECK(number_faults("uint8", "256") == Lines{"a.json:1:10 uint8: 256 is out of range (0 … 255)"});
}

TEST_CASE("a number must be an integer in its one spelling", "[events]") {
  for (const char* wrong :
       {"1.0", "1e3", "1E0", "-0", "0.5", "true", "null", "\"\"", "[1]", "{}"}) {
    INFO(wrong);
    CHECK(number_faults("int32", wrong).size() == 1);
    CHECK(number_faults("int64", wrong).size() == 1);
  }
  for (const char* wrong : {"\"+1\"", "\"01\"", "\" 1\"", "\"1 \"", "\"0x1\"", "\"1.0\"", "\"-0\"",
                            "\"-\"", "\"１\""}) {
    INFO(wrong);
    CHECK(number_faults("int64", wrong).size() == 1);
    CHECK(number_faults("uint64", wrong).size() == 1);
  }
  for (const char* wrong : {"+1", "01", "0x1", "1_000", "1.0", "1e3", "'1'", "~", ".inf"}) {
    INFO(wrong);
    CHECK_FALSE(from_yaml<Numbers>("int32: " + std::string(wrong) + "\n").outcome);
  }
}

TEST_CASE("64-bit integers are numbers up to 2^53 - 1 and texts beyond", "[events]") {
  CHECK(number_faults("uint64", "9007199254740991").empty());
  CHECK(number_faults("int64", "-9007199254740991").empty());
  CHECK(number_faults("uint64", "9007199254740993") ==
        Lines{"a.json:1:11 uint64: an integer beyond 2^53 is written as a text: "
              "\"9007199254740993\""});
  CHECK(number_faults("int64", "-9007199254740993").size() == 1);
  CHECK(number_faults("int64", "-9223372036854775808").size() == 1);

  const auto ends =
      from_json<Numbers>(R"({"int64":"-9223372036854775808","uint64":"18446744073709551615"})");
  REQUIRE(ends.outcome);
  CHECK(ends.reader().getInt64() == INT64_MIN);
  CHECK(ends.reader().getUint64() == UINT64_MAX);
  CHECK(number_faults("int64", quoted("9223372036854775808")).size() == 1);
  CHECK(number_faults("uint64", quoted("18446744073709551616")).size() == 1);
  CHECK(number_faults("uint64", quoted("-1")).size() == 1);
  CHECK(from_yaml<Numbers>("uint64: 18446744073709551615\n").outcome);
}

TEST_CASE("true and false are written so", "[events]") {
  CHECK(from_json<Numbers>(R"({"flag":true})").reader().getFlag());
  CHECK(from_yaml<Numbers>("flag: true\n").reader().getFlag());
  for (const char* wrong : {"1", "\"true\"", "null"})
    CHECK(number_faults("flag", wrong).size() == 1);
  for (const char* wrong : {"yes", "True", "on", "'true'", "1"}) {
    CHECK_FALSE(from_yaml<Numbers>("flag: " + std::string(wrong) + "\n").outcome);
  }
}

TEST_CASE("an enumerant goes by its name", "[events]") {
  CHECK(from_json<Numbers>(R"({"colour":"darkBlue"})").reader().getColour() == Colour::DARK_BLUE);
  CHECK(number_faults("colour", "\"darkblue\"") ==
        Lines{"a.json:1:11 colour: there is no “darkblue”; the nearest is “darkBlue”"});
  CHECK(number_faults("colour", "\"violet\"") ==
        Lines{"a.json:1:11 colour: there is no “violet”; there are: red, green, darkBlue"});
  CHECK(number_faults("colour", "0").size() == 1);
}

TEST_CASE("an absent optional number has the default of the schema", "[events]") {
  const auto numbers = from_json<Numbers>("{}");
  CHECK(numbers.reader().getSeven() == 7);
  CHECK(numbers.reader().getColour() == Colour::GREEN);
}

TEST_CASE("texts hold no control characters but line ends and tabs", "[events]") {
  CHECK(text_faults("text", R"("一\n二\t三")").empty());
  CHECK(text_faults("text", R"("a\u0000b")") ==
        Lines{"a.json:1:9 text: contains the control character U+0000"});
  for (const char* wrong : {R"("\r")", R"("\u001b")", R"("\u007f")", R"("\u0085")", "1", "true"}) {
    INFO(wrong);
    CHECK(text_faults("text", wrong).size() == 1);
  }
}

TEST_CASE("a text that did not come through a parser is checked for UTF-8 too", "[events]") {
  CHECK(events::check_text("中", 10));
  CHECK_FALSE(events::check_text("\xe4\xb8", 10));
  CHECK_FALSE(events::check_text("\xed\xa0\x80", 10));
}

TEST_CASE("texts, data and lists have a limit", "[events]") {
  const auto letters = [](std::size_t count) { return quoted(std::string(count, 'a')); };
  CHECK(text_faults("text", letters(events::text_bytes_max)).empty());
  CHECK(text_faults("text", letters(events::text_bytes_max + 1)).size() == 1);
  CHECK(text_faults("long", letters(events::long_text_bytes_max)).empty());
  CHECK(text_faults("long", letters(events::long_text_bytes_max + 1)).size() == 1);
  CHECK(text_faults("data", letters(2 * events::data_bytes_max)).empty());
  CHECK(text_faults("data", letters(2 * events::data_bytes_max + 2)).size() == 1);

  std::string list = "[\"a\"";
  for (std::size_t i = 1; i < events::list_entries_max; ++i) list += ",\"a\"";
  CHECK(text_faults("ids", list + "]").empty());
  CHECK(text_faults("ids", list + ",\"a\"]") ==
        Lines{"a.json:1:8 ids: has more than 10000 entries"});
}

TEST_CASE("data is written in pairs of lower-case hexadecimal digits", "[events]") {
  const auto data = from_json<Texts>(R"({"data":"00ff7e"})");
  REQUIRE(data.outcome);
  REQUIRE(data.reader().getData().size() == 3);
  CHECK(data.reader().getData()[1] == 0xff);
  CHECK(text_faults("data", "\"\"").empty());
  for (const char* wrong : {"\"0\"", "\"0G\"", "\"FF\"", "\"0x00\"", "\"00 ff\"", "12"}) {
    INFO(wrong);
    CHECK(text_faults("data", wrong).size() == 1);
  }
}

TEST_CASE("dates and moments are texts", "[events]") {
  const auto texts = from_json<Texts>(
      R"({"day":"1970-01-31","at":"1970-01-01T08:00:01+08:00","days":["1969-12-31","1970-01-02"],
          "moments":["1970-01-01T00:00:00.000001Z"]})");
  REQUIRE(faults(texts.outcome) == Lines{});
  CHECK(texts.reader().getDay() == 30);
  CHECK(texts.reader().getAt() == 1'000'000);
  CHECK(texts.reader().getDays()[0] == -1);
  CHECK(texts.reader().getMoments()[0] == 1);
  CHECK(from_yaml<Texts>("day: 2016-10-01\nat: 2016-10-01T09:00:00+08:00\n").outcome);

  CHECK(text_faults("day", "\"2016-02-30\"") ==
        Lines{"a.json:1:8 day: needs a date such as 2016-10-01, not “2016-02-30”"});
  CHECK(text_faults("day", "17000").size() == 1);
  CHECK(text_faults("at", "\"2016-10-01T09:00:00\"").size() == 1);
  CHECK(text_faults("at", "1475283600000000").size() == 1);
  CHECK(text_faults("days", "[\"2016-10-01\",\"x\"]")[0].starts_with("a.json:1:23 days[1]: "));
}

TEST_CASE("the ids of subjects are short and hold nothing that hides", "[events]") {
  for (const char* right : {"A-01", "li", "申报42", "a:b", "x_y.z", "état"}) {
    INFO(right);
    CHECK(events::valid_id(right));
    CHECK(text_faults("id", quoted(right)).empty());
  }
  CHECK(events::valid_id(std::string(128, 'a')));
  for (const std::string wrong :
       {"", "a/b", "/", " ", "a b", "a\tb", "a\nb", "a\x7f", "a\u00a0b", "a\u3000b", "a\u200bb",
        "\ufeff"
        "a",
        "a\u202e"
        "b",
        "\xff"}) {
    INFO(wrong);
    CHECK_FALSE(events::valid_id(wrong));
  }
  CHECK_FALSE(events::valid_id(std::string(129, 'a')));
  CHECK_FALSE(events::valid_id(std::string_view("a\0b", 3)));
  CHECK(text_faults("ids", R"(["a","b/c","d"])").size() == 1);
  CHECK(text_faults("ids", R"(["a","b/c","d"])")[0].starts_with("a.json:1:13 ids[1]: "));
}
