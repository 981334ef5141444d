#include "events/encode.h"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "tests/events/random_message.h"
#include "tests/events/sample.h"

using namespace tests;

namespace {

template <class T>
std::string written(const Sample<T>& sample) {
  return boost::json::serialize(events::encode(sample.reader()));
}

// What decoding this text and writing the message again gives.
template <class T>
std::string again(std::string_view text) {
  const auto sample = from_json<T>(text);
  CHECK(faults(sample.outcome) == Lines{});
  return written(sample);
}

// The decoder's order of writing leaves its traces in the bytes; canonical ones compare by content.
template <class Reader>
std::vector<unsigned char> canonical(Reader reader) {
  const auto words = capnp::canonicalize(reader);
  return {words.asBytes().begin(), words.asBytes().end()};
}

}  // namespace

TEST_CASE("a message is written in the shapes that the decoder reads", "[events]") {
  const std::string_view text =
      R"({"amount":{"yuan":"-5"},"span":{"from":"2016-10-01"},"choice":)"
      R"({"right":{"a":-3,"b":true}},)"
      R"("numbers":{"flag":true,"int8":-1,"int64":"-9223372036854775808","uint32":4294967295,)"
      R"("uint64":"18446744073709551615","seven":8,"colour":"darkBlue"},)"
      R"("texts":{"text":"中\n\"","data":"00ff","day":"1969-12-31",)"
      R"("at":"2016-10-01T01:00:00.000000Z","ids":["a","b"]},)"
      R"("table":[["1","2"],[]],"reasons":["short",{"text":"long","colour":"green"}],)"
      R"("keyed":{"b":{"score":1},"a":{"score":0}},"weights":{"2":"60","1":{"percent":"40",)"
      R"("note":"n"}},"flags":[true,false],"acts":[{"actor":"li","nothing":{}}],)"
      R"("blobs":["","ab"],"colours":["red"]})";
  CHECK(again<Shapes>(text) == text);
}

TEST_CASE("an optional field is left out when it is null or at its default", "[events]") {
  CHECK(again<Numbers>(R"({"flag":false,"int32":0,"uint64":"0","seven":7,"colour":"green"})") ==
        "{}");
  CHECK(again<Numbers>(R"({"seven":0,"colour":"red"})") == R"({"seven":0,"colour":"red"})");
  CHECK(again<Texts>(R"({"text":"","data":"","ids":[]})") == R"({"text":"","data":"","ids":[]})");
  CHECK(again<Texts>("{}") == "{}");
}

TEST_CASE("a required field is written at its default too", "[events]") {
  capnp::MallocMessageBuilder message;
  const auto score = message.initRoot<EnterScore>();
  CHECK(boost::json::serialize(events::encode(score.asReader())) ==
        R"({"application":"","score":0})");
}

TEST_CASE("a union that is unset is left out", "[events]") {
  capnp::MallocMessageBuilder message;
  auto act = message.initRoot<Act>();
  act.setActor("li");
  CHECK(boost::json::serialize(events::encode(act.asReader())) == R"({"actor":"li"})");
}

TEST_CASE("a keyed list in which a key stands twice is shown as a list, so nothing is lost",
          "[events]") {
  capnp::MallocMessageBuilder message;
  auto items = message.initRoot<EnterScore>().initItems(2);
  items[0].setName("a");
  items[1].setName("a");
  CHECK(boost::json::serialize(events::encode(message.getRoot<EnterScore>().asReader())) ==
        R"({"application":"","score":0,"items":[{"name":"a","score":0},{"name":"a","score":0}]})");
}

TEST_CASE("what is written decodes to the same message", "[events]") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    capnp::MallocMessageBuilder original;
    auto shapes = original.initRoot<Shapes>();
    RandomMessage(seed).fill(shapes);
    const std::string text = boost::json::serialize(events::encode(shapes.asReader()));

    const auto from_text = from_json<Shapes>(text);

    INFO(text);
    REQUIRE(faults(from_text.outcome) == Lines{});
    REQUIRE(canonical(from_text.reader()) == canonical(shapes.asReader()));
    REQUIRE(written(from_text) == text);
  }
}

TEST_CASE("what is written in JSON is YAML too, with the same meaning", "[events]") {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    INFO("seed " << seed);
    capnp::MallocMessageBuilder original;
    auto act = original.initRoot<Act>();
    RandomMessage(seed).fill(act);
    const std::string text = boost::json::serialize(events::encode(act.asReader()));

    const auto from_text = from_yaml<Act>(text);

    INFO(text);
    // A number of YAML is plain and a text of JSON quoted, so both read as they were written.
    REQUIRE(faults(from_text.outcome) == Lines{});
    REQUIRE(canonical(from_text.reader()) == canonical(act.asReader()));
  }
}
