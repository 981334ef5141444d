#include "events/words.h"

#include <catch2/catch.hpp>

#include "tests/events/sample.capnp.h"

TEST_CASE("names for people come from the schema", "[events]") {
  const auto act = capnp::Schema::from<tests::Act>();
  const auto colour = capnp::Schema::from<tests::Colour>();

  CHECK(events::zh_name(act) == "行为");
  CHECK(events::en_name(capnp::Schema::from<tests::EnterScore>()) == "enter score");
  CHECK(events::zh_name(act.getFieldByName("enterScore")) == "评分");
  CHECK(events::en_name(act.getFieldByName("enterScore")) == "enter score");
  CHECK(events::zh_name(colour.getEnumerantByName("red")) == "红");
  CHECK(events::en_name(colour.getEnumerantByName("darkBlue")) == "dark blue");
}

TEST_CASE("without a Chinese name the identifier stands", "[events]") {
  CHECK(events::zh_name(capnp::Schema::from<tests::EnterScore>()) == "EnterScore");
  CHECK(events::zh_name(capnp::Schema::from<tests::Act>().getFieldByName("withdraw")) ==
        "withdraw");
  const auto colour = capnp::Schema::from<tests::Colour>();
  CHECK(events::zh_name(colour.getEnumerantByName("green")) == "green");
}

TEST_CASE("an identifier falls into words at its capitals", "[events]") {
  CHECK(events::en_name("scoreEntered") == "score entered");
  CHECK(events::en_name("URLPath") == "url path");
  CHECK(events::en_name("sha256") == "sha256");
  CHECK(events::en_name("aB") == "a b");
  CHECK(events::en_name("") == "");
}
