#include "events/decode.h"

#include <catch2/catch.hpp>

#include "tests/events/sample.h"

using namespace tests;

namespace {

Lines act_faults(std::string_view text) { return faults(from_json<Act>(text).outcome); }

}  // namespace

TEST_CASE("an object of JSON fills the message that the schema describes", "[events]") {
  const auto act = from_json<Act>(R"({"actor":"li","enterScore":{"application":"A-01","score":710,
      "comment":"好\n\t","items":{"leadership":{"score":80},"results":{"score":400}}}})");

  REQUIRE(act.outcome);
  CHECK(act.reader().getActor() == "li");
  REQUIRE(act.reader().isEnterScore());
  const auto score = act.reader().getEnterScore();
  CHECK(score.getApplication() == "A-01");
  CHECK(score.getScore() == 710);
  CHECK(score.getComment() == "好\n\t");
  REQUIRE(score.getItems().size() == 2);
  CHECK(score.getItems()[1].getName() == "results");
  CHECK(score.getItems()[1].getScore() == 400);
}

TEST_CASE("the same object may come as YAML, where scalars need no quotes", "[events]") {
  const auto act = from_yaml<Act>(
      "actor: li\n"
      "enterScore:\n"
      "  application: 42\n"
      "  score: 710\n"
      "  items:\n"
      "    leadership: {score: 80}\n");

  REQUIRE(act.outcome);
  CHECK(act.reader().getEnterScore().getApplication() == "42");
  CHECK(act.reader().getEnterScore().getScore() == 710);
  CHECK(act.reader().getEnterScore().getItems()[0].getName() == "leadership");
}

TEST_CASE("all faults are reported at once with their places and paths", "[events]") {
  const auto act = from_yaml<Act>(
      "actor: l i\n"
      "enterScore:\n"
      "  aplication: A-01\n"
      "  score: \"710\"\n"
      "  comment: ~\n"
      "  items:\n"
      "    leadership: {score: 1.5, weight: 2}\n"
      "    results: []\n");

  REQUIRE_FALSE(act.outcome);
  CHECK(act.outcome.error().code == events::Code::invalid);
  CHECK(act.outcome.error().words.en == "a.yaml has 8 faults");
  CHECK(act.outcome.error().words.zh == "a.yaml 有 8 处错误");
  CHECK(faults(act.outcome) ==
        Lines{
            "a.yaml:1:8 actor: “l i” cannot be an id: it needs 1 to 128 bytes without slash, "
            "space or invisible characters",
            "a.yaml:3:3 enterScore.aplication: there is no field “aplication”; the nearest is "
            "“application”",
            "a.yaml:4:10 enterScore.score: needs an integer, not the text “710”",
            "a.yaml:5:12 enterScore.comment: needs a text; null is not absence, leave the field "
            "out instead",
            "a.yaml:7:25 enterScore.items.leadership.score: needs an integer such as 12, not “1.5”",
            "a.yaml:7:30 enterScore.items.leadership.weight: there is no field “weight”",
            "a.yaml:8:14 enterScore.items.results: needs an object, not a list",
            "a.yaml:3:3 enterScore.application: the required “application” is missing",
        });
}

TEST_CASE("faults have words in Chinese with the schema's Chinese names", "[events]") {
  const auto act = from_json<Act>(R"({"actor":"li","enterScore":{"application":"A-01"}})");

  REQUIRE_FALSE(act.outcome);
  REQUIRE(act.outcome.error().faults.size() == 1);
  CHECK(act.outcome.error().faults[0].words.zh == "缺少必填项“score”（得分）");
}

TEST_CASE("of very many faults the first fifty are listed and all are counted", "[events]") {
  std::string text = R"({"actor":"li")";
  for (int i = 0; i < 100; ++i) text += ",\"zzz" + std::to_string(i) + "\":1";
  const auto act = from_json<Act>(text + "}");

  REQUIRE_FALSE(act.outcome);
  CHECK(act.outcome.error().faults.size() == 50);
  CHECK(act.outcome.error().words.en == "a.json has 101 faults, the first 50 are listed");
}

TEST_CASE("a required field that is absent or null is refused", "[events]") {
  CHECK(act_faults(R"({"nothing":{}})") ==
        Lines{"a.json:1:1 actor: the required “actor” is missing"});
  CHECK(act_faults(R"({"actor":null,"nothing":{}})") ==
        Lines{"a.json:1:10 actor: needs a text; null is not absence, leave the field out instead"});
  CHECK(act_faults(R"({"actor":"li","withdraw":null})").size() == 1);
}

TEST_CASE("an unknown name is refused with the nearest right one", "[events]") {
  const auto fault = [](std::string_view name) {
    return act_faults("{\"actor\":\"li\",\"nothing\":{},\"" + std::string(name) + "\":1}").at(0);
  };
  const std::string begin = "a.json:1:28 ";
  CHECK(fault("entreScore") == begin +
                                   "entreScore: there is no field “entreScore”; the nearest is "
                                   "“enterScore”");
  CHECK(fault("withdrawn").ends_with("the nearest is “withdraw”"));
  CHECK(fault("EnterScore").ends_with("the nearest is “enterScore”"));
  CHECK(fault("enter_score").ends_with("the nearest is “enterScore”"));
  CHECK(fault("noting").ends_with("there is no field “noting”"));  // It was given already.
  CHECK(fault("payment").ends_with("there is no field “payment”"));
  // The name of a keyed element is written already, as its name.
  CHECK(act_faults(R"({"actor":"li","enterScore":{"application":"A","score":1,
                       "items":{"a":{"score":1,"names":"b"}}}})")
            .at(0)
            .ends_with("there is no field “names”"));
  CHECK(fault("").ends_with("there is no field “”"));
  CHECK(fault(std::string(5000, 'x')).size() < 300);
}

TEST_CASE("of a union exactly one member is written", "[events]") {
  CHECK(act_faults(R"({"actor":"li"})") ==
        Lines{"a.json:1:1: needs one of: enterScore, withdraw, nothing"});
  CHECK(act_faults(R"({"actor":"li","nothing":{},
                       "withdraw":{"application":"A","reason":"r"}})") ==
        Lines{"a.json:1:1: may have only one of: withdraw, nothing"});
  const auto shapes = from_json<Shapes>(
      R"({"amount":{"yuan":"1","none":{}},"span":{"from":"2016-10-01"},"choice":{},
          "numbers":{},"table":[],"reasons":[],"keyed":{}})");
  CHECK(faults(shapes.outcome) == Lines{"a.json:1:11 amount: may have only one of: none, yuan",
                                        "a.json:1:72 choice: needs one of: left, right"});
}

TEST_CASE("the member unset cannot be written", "[events]") {
  CHECK(act_faults(R"({"actor":"li","unset":{}})") ==
        Lines{"a.json:1:15 unset: “unset” cannot be written",
              "a.json:1:1: needs one of: enterScore, withdraw, nothing"});
  CHECK(act_faults(R"({"actor":"li","nothing":{},"unset":{}})").size() == 1);
}

TEST_CASE("a member without content is written as an empty object", "[events]") {
  CHECK(from_json<Act>(R"({"actor":"li","nothing":{}})").reader().isNothing());
  CHECK(from_yaml<Act>("{actor: li, nothing: {}}").outcome);
  for (const char* wrong : {"true", "null", "\"\"", "[]", "0", "{\"a\":1}"}) {
    INFO(wrong);
    CHECK_FALSE(from_json<Act>(R"({"actor":"li","nothing":)" + std::string(wrong) + "}").outcome);
  }
}

TEST_CASE("groups and named unions are objects of their own", "[events]") {
  const auto shapes = from_json<Shapes>(
      R"({"amount":{"rule":{"all":[{"role":"expert"},{"not":{"always":{}}}]}},
          "span":{"from":"2016-10-01","to":"2016-10-07"},"choice":{"right":{"a":-3,"b":true}},
          "numbers":{},"table":[["18446744073709551615",1],[]],
          "reasons":["short",{"text":"long","colour":"darkBlue"}],"keyed":{}})");

  REQUIRE(faults(shapes.outcome) == Lines{});
  const auto read = shapes.reader();
  CHECK(read.getAmount().getRule().getAll()[1].getNot().isAlways());
  CHECK(read.getSpan().getTo() - read.getSpan().getFrom() == 6);
  CHECK(read.getChoice().getRight().getA() == -3);
  CHECK(read.getTable()[0][0] == UINT64_MAX);
  CHECK(read.getTable()[1].size() == 0);
  CHECK(read.getReasons()[0].getText() == "short");
  CHECK(read.getReasons()[1].getColour() == Colour::DARK_BLUE);
}

TEST_CASE("a keyed list is written as an object and as nothing else", "[events]") {
  const auto faults_of = [](std::string_view items) {
    return act_faults(R"({"actor":"li","enterScore":{"application":"A","score":1,"items":)" +
                      std::string(items) + "}}");
  };
  CHECK(faults_of("{}").empty());
  CHECK(faults_of(R"([{"name":"a","score":1}])") ==
        Lines{"a.json:1:65 enterScore.items: needs an object with each “name” as a name, not a "
              "list"});
  CHECK(faults_of(R"({"a":{"name":"b","score":1}})") ==
        Lines{"a.json:1:71 enterScore.items.a.name: “name” is already given, it cannot be written "
              "again"});
  CHECK(faults_of(R"({"a\u0007":{"score":1}})").size() == 1);
}

TEST_CASE("the name in a keyed list may be a number, and a scalar its shorthand", "[events]") {
  const auto text = [](std::string_view weights) {
    return R"({"amount":{"none":{}},"span":{"from":"2016-10-01"},"choice":{"left":"x"},)"
           R"("numbers":{},"table":[],"reasons":[],"keyed":{},"weights":)" +
           std::string(weights) + "}";
  };
  const auto shapes = from_json<Shapes>(text(R"({"1":60,"2":{"percent":"40","note":"n"}})"));

  REQUIRE(faults(shapes.outcome) == Lines{});
  CHECK(shapes.reader().getWeights()[0].getRank() == 1);
  CHECK(shapes.reader().getWeights()[0].getPercent() == 60);
  CHECK(shapes.reader().getWeights()[1].getPercent() == 40);
  CHECK_FALSE(from_json<Shapes>(text(R"({"first":60})")).outcome);
  CHECK_FALSE(from_json<Shapes>(text(R"({"256":60})")).outcome);
  CHECK_FALSE(from_json<Shapes>(text(R"({"1":[]})")).outcome);
}

TEST_CASE("a bare scalar stands for a struct only where its field is all that is required",
          "[events]") {
  CHECK(from_json<Act>(R"({"actor":"li","withdraw":{"application":"A","reason":"r"}})").outcome);
  CHECK(act_faults(R"({"actor":"li","withdraw":{"application":"A","reason":7}})") ==
        Lines{"a.json:1:54 withdraw.reason: needs a text, not the number 7"});
  CHECK(act_faults(R"({"actor":"li","withdraw":"A"})") ==
        Lines{"a.json:1:26 withdraw: needs an object, not the text “A”"});
  CHECK(faults(from_json<Weight>("60").outcome) ==
        Lines{"a.json:1:1 rank: the required “rank” is missing"});
}

TEST_CASE("what is not an object is refused as a message", "[events]") {
  for (const char* wrong : {"[]", "1", "\"x\"", "true", "null"}) {
    INFO(wrong);
    CHECK(act_faults(wrong).size() == 1);
  }
}
