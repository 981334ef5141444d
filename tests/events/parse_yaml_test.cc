#include "events/parse_yaml.h"

#include <catch2/catch.hpp>

#include "tests/events/sample.h"

using events::Node;
using tests::faults;
using tests::Lines;
using Kind = events::Node::Kind;

namespace {

events::Result<Node> parse(std::string_view text) { return events::parse_yaml(text, "a.yaml"); }

std::string place(const events::Place& place) { return events::text("", place); }

}  // namespace

TEST_CASE("YAML becomes a tree of texts that knows which of them had quotes", "[events]") {
  const auto node = parse(
      "# a comment\n"
      "名称: 质量奖\n"
      "quoted: \"12\"\n"
      "single: '12'\n"
      "plain: 12\n"
      "block: |\n"
      "  two\n"
      "  lines\n"
      "list: [a, {b: c}]\n"
      "nothing: ~\n"
      "empty:\n");

  REQUIRE(node);
  REQUIRE(node->kind == Kind::map);
  REQUIRE(node->map.size() == 8);
  CHECK(node->map[0].name == "名称");
  CHECK((node->map[0].value.text == "质量奖" && node->map[0].value.plain));
  CHECK((node->map[1].value.text == "12" && !node->map[1].value.plain));
  CHECK((node->map[2].value.text == "12" && !node->map[2].value.plain));
  CHECK((node->map[3].value.text == "12" && node->map[3].value.plain));
  CHECK((node->map[4].value.text == "two\nlines\n" && !node->map[4].value.plain));
  REQUIRE(node->map[5].value.list.size() == 2);
  CHECK(node->map[5].value.list[1].map[0].value.text == "c");
  CHECK(node->map[6].value.kind == Kind::null);
  CHECK(node->map[7].value.kind == Kind::null);
}

TEST_CASE("each node of YAML knows its line and its column in characters", "[events]") {
  const auto node = parse("办法:\n  - 条款: 第十四条\n    级: 1\n  - [二, 三]\n");

  REQUIRE(node);
  const auto& list = node->map[0].value;
  CHECK(place(node->map[0].place) == ":1:1");
  CHECK(place(list.list[0].map[0].place) == ":2:5");
  CHECK(place(list.list[0].map[0].value.place) == ":2:9");
  CHECK(place(list.list[0].map[1].value.place) == ":3:8");
  CHECK(place(list.list[1].list[1].place) == ":4:9");
}

TEST_CASE("a byte order mark before YAML and Windows line ends do no harm", "[events]") {
  const auto node = parse(
      "\xef\xbb\xbf"
      "a: 1\r\nb: 2\r\n");

  REQUIRE(node);
  CHECK(place(node->map[1].place) == ":2:1");
  CHECK(node->map[0].value.text == "1");
}

TEST_CASE("anchors and aliases are refused", "[events]") {
  CHECK(faults(parse("a: &x 1\nb: *x\n")) == Lines{"a.yaml:1:4 a: anchors are not permitted (&x)",
                                                   "a.yaml:2:4 b: aliases are not permitted (*)"});
  CHECK_FALSE(parse("a: &x [1]\n"));
  CHECK_FALSE(parse("&x a: 1\n"));
  CHECK_FALSE(parse("a: *unknown\n"));
}

TEST_CASE("tags are refused", "[events]") {
  CHECK(faults(parse("a: !!str 1\nb: !mine [2]\nc: ! 3\nd: !<tag:x> {}\n")) ==
        Lines{"a.yaml:1:4 a: tags are not permitted (!)",
              "a.yaml:2:4 b: tags are not permitted (!)",
              "a.yaml:3:4 c: tags are not permitted (!)",
              "a.yaml:4:4 d: tags are not permitted (!)"});
  CHECK_FALSE(parse("!!map {a: 1}\n"));
  CHECK_FALSE(parse("a: !!null\n"));
  CHECK_FALSE(parse("a: !!null ~\n"));
  CHECK_FALSE(parse("a: ! \"x\"\n"));
  CHECK(parse("a: \"!x\"\nb: x!\n"));
}

TEST_CASE("a name that stands twice in a map of YAML is refused with both places", "[events]") {
  CHECK(faults(parse("a: 1\nb:\n  c: 1\n  \"c\": 2\na: 3\n")) ==
        Lines{"a.yaml:4:3 b.c: “c” stands twice: it was written at line 3, column 3",
              "a.yaml:5:1 a: “a” stands twice: it was written at line 1, column 1"});
  CHECK_FALSE(parse("{a: 1, a: 1}"));
}

TEST_CASE("a second document of YAML is refused", "[events]") {
  CHECK(faults(parse("a: 1\n---\nb: 2\n")) ==
        Lines{"a.yaml:2:1: only one YAML document may stand in a file"});
  CHECK_FALSE(parse("a: 1\n...\nb: 2\n"));
  CHECK(parse("---\na: 1\n...\n"));
}

TEST_CASE("lines that yaml-cpp would pass over as directives are refused", "[events]") {
  CHECK(faults(parse("a: 1\n%b: 2\n")) == Lines{"a.yaml:2:1: a line cannot begin with %"});
  CHECK_FALSE(parse("%YAML 1.2\n---\na: 1\n"));
  CHECK(parse("a: 5%\nb: |\n  %c\n"));
}

TEST_CASE("a quote that the end of the YAML cuts off is refused", "[events]") {
  CHECK(faults(parse("a: 1\nb: \"x\n")) == Lines{"a.yaml:2:4 b: the quote is not closed"});
  CHECK_FALSE(parse("a: 'x\n"));
  CHECK_FALSE(parse("a: 'x''\n"));
  CHECK_FALSE(parse("a: \"x\\\"\n"));
  CHECK(parse("a: 'x'''\nb: \"\\\"\"\n\"c\": ''\n"));
}

TEST_CASE("a YAML file without a document is refused", "[events]") {
  CHECK(faults(parse("")) == Lines{"a.yaml:1:1: the text is empty"});
  CHECK_FALSE(parse("# only a comment\n"));
}

TEST_CASE("bad UTF-8 and control characters in YAML are refused", "[events]") {
  CHECK(faults(parse("a: 1\n中: \xff")) == Lines{"a.yaml:2:4: this is not valid UTF-8"});
  CHECK(faults(parse(std::string_view("a: \0", 4))) ==
        Lines{"a.yaml:1:4: there is a control character"});
  CHECK_FALSE(
      parse("a: 1\n\x04"
            "b: 2\n"));  // yaml-cpp would take it for the end.
  CHECK_FALSE(parse("a: \x1b[0m\n"));
  CHECK_FALSE(parse("a: \x7f\n"));
}

TEST_CASE("names in YAML are texts", "[events]") {
  CHECK(faults(parse("[a]: 1\n")) == Lines{"a.yaml:1:1: a name must be a text"});
  CHECK_FALSE(parse("? {a: 1}\n: 1\n"));
  CHECK_FALSE(parse("~: 1\n"));
  CHECK_FALSE(parse(": 1\n"));
  CHECK(parse("1: 1\n"));
  CHECK(parse("true: 1\n"));
}

TEST_CASE("what is not YAML is refused at its place and path", "[events]") {
  for (const char* wrong : {"a: [1, 2\n", "a: \"x\n", "a: b: c\n", "a: 1\n b: 2\n", "- a\nb: 2\n",
                            "a: }\n", "a: \"x\" y\n", "\ta: 1\n", "a: 'x\n", "{a: 1\n", "a: @x\n",
                            "a: 1\n]\n", "a: |x\n  y\n", "a: \"\\q\"\n"}) {
    INFO(wrong);
    const auto node = parse(wrong);
    CHECK_FALSE(node);
    if (!node) CHECK(node.error().code == events::Code::invalid);
  }
  CHECK(faults(parse("a:\n  b: [1, 2\n")).size() == 1);
  CHECK(faults(parse("a:\n  b: [1, 2\n"))[0].starts_with("a.yaml:3:1 a.b[1]: this is not YAML"));
}

TEST_CASE("YAML is nested at most 64 levels deep", "[events]") {
  const auto nested = [](std::size_t levels) {
    return std::string(levels, '[') + "x" + std::string(levels, ']');
  };
  CHECK(parse(nested(64)));
  CHECK(faults(parse(nested(65))).size() == 1);
  CHECK_FALSE(parse(nested(400)));
  CHECK_FALSE(parse(nested(20'000)));
}

TEST_CASE("YAML holds at most 200,000 values", "[events]") {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "- 1\n";
  CHECK(faults(parse(text)) ==
        Lines{"a.yaml:200000:3 [199998]: there are more than 200000 values"});
}

TEST_CASE("YAML beyond the limit of its size is refused", "[events]") {
  CHECK_FALSE(parse("a: 1\n#" + std::string(events::yaml_bytes_max, 'x')));
}
