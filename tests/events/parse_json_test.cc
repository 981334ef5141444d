#include "events/parse_json.h"

#include <catch2/catch.hpp>

#include "tests/events/sample.h"

using events::Node;
using events::parse_json;
using tests::faults;
using tests::Lines;
using Kind = events::Node::Kind;

namespace {

events::Result<Node> parse(std::string_view text) { return parse_json(text, "a.json"); }

std::string place(const events::Place& place) { return events::text("", place); }

}  // namespace

TEST_CASE("JSON becomes a tree that keeps order and the digits of numbers", "[events]") {
  const auto node = parse(R"({"b":[1,-0.50,1E+2,12345678901234567890123],"a":"x","c":{},"d":[],
                             "e":true,"f":false,"g":null})");

  REQUIRE(node);
  REQUIRE(node->kind == Kind::map);
  REQUIRE(node->map.size() == 7);
  CHECK(node->map[0].name == "b");
  const auto& numbers = node->map[0].value;
  REQUIRE(numbers.kind == Kind::list);
  REQUIRE(numbers.list.size() == 4);
  CHECK(numbers.list[0].text == "1");
  CHECK(numbers.list[1].text == "-0.50");
  CHECK(numbers.list[2].text == "1E+2");
  CHECK(numbers.list[3].text == "12345678901234567890123");
  CHECK(numbers.list[3].kind == Kind::number);
  CHECK(node->map[1].value.kind == Kind::text);
  CHECK(node->map[1].value.text == "x");
  CHECK_FALSE(node->map[1].value.plain);
  CHECK(node->map[2].value.kind == Kind::map);
  CHECK(node->map[3].value.kind == Kind::list);
  CHECK((node->map[4].value.kind == Kind::flag && node->map[4].value.flag));
  CHECK((node->map[5].value.kind == Kind::flag && !node->map[5].value.flag));
  CHECK(node->map[6].value.kind == Kind::null);
}

TEST_CASE("a JSON document may be one scalar", "[events]") {
  CHECK(parse("12")->text == "12");
  CHECK(parse(" \"中\" ")->text == "中");
  CHECK(parse("-7.5e3")->text == "-7.5e3");
  CHECK(parse("null")->kind == Kind::null);
}

TEST_CASE("hexadecimal letters in an escape are read in both cases", "[events]") {
  CHECK(parse(R"("\u4e2d\u4E2D\uABcd")")->text == "中中\uabcd");
  CHECK(parse(R"("\ud83d\ude00")")->text == "😀");
  CHECK(parse(R"({"\u4e2d\n":1})")->map[0].name == "中\n");
  CHECK(parse(R"("\"\\\/\b\f\n\r\t")")->text == "\"\\/\b\f\n\r\t");
}

TEST_CASE("each node of JSON knows its line and its column in characters", "[events]") {
  const auto node =
      parse("{ \"明鉴\\\"[\": \"评\\\\\", \"b\":[ 10,\n  true , null,{\"c\" :-1} ] }");

  REQUIRE(node);
  CHECK(place(node->place) == ":1:1");
  CHECK(place(node->map[0].place) == ":1:3");
  CHECK(place(node->map[0].value.place) == ":1:12");
  CHECK(place(node->map[1].place) == ":1:19");
  CHECK(place(node->map[1].value.place) == ":1:23");
  const auto& list = node->map[1].value.list;
  CHECK(place(list[0].place) == ":1:25");
  CHECK(place(list[1].place) == ":2:3");
  CHECK(place(list[2].place) == ":2:10");
  CHECK(place(list[3].place) == ":2:15");
  CHECK(place(list[3].map[0].place) == ":2:16");
  CHECK(place(list[3].map[0].value.place) == ":2:21");
}

TEST_CASE("a line of NDJSON is counted from the line that it is", "[events]") {
  CHECK(place(parse_json("[1]", "a", 12)->list[0].place) == ":12:2");
  CHECK(faults(parse_json("[1", "a.ndjson", 12)) ==
        Lines{"a.ndjson:12:3 [0]: the JSON is incomplete"});
}

TEST_CASE("a name that stands twice in an object of JSON is refused with both places", "[events]") {
  CHECK(faults(parse(R"({"a":1,"b":{"c":1,"d":[],"c":2},"a":3})")) ==
        Lines{"a.json:1:26 b.c: “c” stands twice: it was written at line 1, column 13",
              "a.json:1:33 a: “a” stands twice: it was written at line 1, column 2"});
  CHECK(faults(parse(R"({"中":1,"\u4e2d":2})")).size() == 1);  // Equal after unescaping.
  CHECK(parse(R"([{"a":1},{"a":1}])"));
}

TEST_CASE("a name that stands twice among very many is found", "[events]") {
  std::string text = "{";
  for (int i = 0; i < 20'000; ++i) text += "\"n" + std::to_string(i) + "\":1,";
  CHECK(parse(text + "\"last\":1}"));
  CHECK(faults(parse(text + "\"n77\":1}")).size() == 1);
}

TEST_CASE("bad UTF-8 in JSON is refused with its place", "[events]") {
  CHECK(faults(parse("{\"a\":\n\"中\xff\"}")) == Lines{"a.json:2:3: this is not valid UTF-8"});
  CHECK_FALSE(parse("{\"\xc0\x80\":1}"));
  CHECK_FALSE(parse("\"\xed\xa0\x80\""));
}

TEST_CASE("what stands after the JSON is refused", "[events]") {
  CHECK(faults(parse("{} {}")) == Lines{"a.json:1:4: something stands after the JSON"});
  CHECK(parse("{} \n\t\r "));
  CHECK_FALSE(parse("1 2"));
  CHECK_FALSE(parse("1,"));
  CHECK_FALSE(parse("[]]"));
}

TEST_CASE("what is not JSON is refused at its place and path", "[events]") {
  CHECK(faults(parse("{\"a\":{\"b\":[1,\n x]}}")) ==
        Lines{"a.json:2:2 a.b[0]: this is not JSON: syntax error"});
  for (const char* wrong : {"",
                            " ",
                            "{",
                            "[1,]",
                            "{\"a\":1,}",
                            "{a:1}",
                            "{'a':1}",
                            "{\"a\" 1}",
                            "nul",
                            "True",
                            "NaN",
                            "Infinity",
                            "+1",
                            "01",
                            "1.",
                            ".5",
                            "1e",
                            "0x10",
                            "--1",
                            "\"a",
                            "\"\t\"",
                            "\"\\x41\"",
                            R"("\u12g4")",
                            R"("\ud800")",
                            R"("\ud800\u0041")",
                            R"("\udc00")",
                            "[1 2]",
                            "// c\n1",
                            "/* c */ 1",
                            "\xef\xbb\xbf{}"}) {
    INFO(wrong);
    const auto node = parse(wrong);
    REQUIRE_FALSE(node);
    CHECK(node.error().code == events::Code::invalid);
    REQUIRE(node.error().faults.size() == 1);
    CHECK_FALSE(node.error().faults[0].words.zh.empty());
  }
  CHECK_FALSE(parse(std::string_view("\"a\0b\"", 5)));
}

TEST_CASE("JSON is nested at most 64 levels deep", "[events]") {
  const auto nested = [](std::size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']');
  };
  CHECK(parse(nested(64)));
  CHECK(faults(parse(nested(65))).size() == 1);
  CHECK(faults(parse(nested(65)))[0].ends_with("nested more than 64 levels deep"));
  CHECK(faults(parse(nested(100'000))).size() == 1);
  CHECK(faults(parse(std::string(100'000, '['))).size() == 1);
}

TEST_CASE("JSON holds at most 200,000 values", "[events]") {
  const auto list = [](std::size_t entries) {
    std::string text = "[1";
    for (std::size_t i = 1; i < entries; ++i) text += ",1";
    return text + "]";
  };
  CHECK(parse(list(199'999)));  // The list is a value too.
  CHECK(faults(parse(list(200'000))) ==
        Lines{"a.json:1:400000 [199998]: there are more than 200000 values"});
  CHECK_FALSE(parse(list(1'000'000)));
}

TEST_CASE("JSON beyond the limit of its size is refused", "[events]") {
  CHECK(parse("1" + std::string(events::json_bytes_max - 1, ' ')));
  CHECK_FALSE(parse("1" + std::string(events::json_bytes_max, ' ')));
}
