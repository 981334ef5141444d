// What a `dataschema` leads to, against the events of the sample round.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <map>

#include "cli/json_schema.h"
#include "events/event.capnp.h"
#include "tests/built.h"
#include "tests/cli/json_schema.h"
#include "tests/cli/serving.h"

namespace json = boost::json;

namespace {

YAML::Node schema_of(const std::string& type) {
  auto event = capnp::Schema::from<events::Event>().getFieldByName(type);
  return YAML::Load(json::serialize(cli::json_schema(event.getType().asStruct())));
}

}  // namespace

TEST_CASE("the data of every event fit the schema that the event names", "[cli]") {
  tests::Folder folder;
  std::string data = folder.file("demo");
  auto probity = [&](std::vector<std::string> words) {
    std::vector<std::string> all = {tests::built_program, "-q", "--data", data};
    all.insert(all.end(), words.begin(), words.end());
    auto done = tests::run({all, {}, 0});
    REQUIRE(done.exit_code == 0);
    return done.out;
  };
  probity({"demo", "--once"});
  auto events = json::parse(probity({"event", "list", "--limit", "0", "-o", "json"})).as_array();
  std::map<std::string, YAML::Node> schemas;

  for (const json::value& event : events) {
    std::string type(event.at("type").as_string());
    INFO(json::serialize(event));
    CHECK(event.at("dataschema") == json::value("/schemas/" + type + "/1"));
    if (!schemas.contains(type)) schemas[type] = schema_of(type);
    for (const auto& fault :
         tests::JsonSchema(schemas[type]).faults(schemas[type], event.at("data")))
      FAIL_CHECK(fault);
  }
  CHECK(events.size() > 3000);
  CHECK(schemas.size() > 40);
}

TEST_CASE("the schema of an event is there for everybody", "[cli]") {
  tests::Served served;
  auto answer = served.get("/schemas/applicationSubmitted/1", "");
  CHECK(answer.starts_with("HTTP/1.1 200"));
  CHECK(answer.find("Content-Type: application/schema+json") != std::string::npos);
  CHECK(json::parse(tests::body_of(answer)).at_pointer("/properties/application/type") ==
        json::value("string"));
  CHECK(served.get("/schemas/applicationSubmitted/2", "").starts_with("HTTP/1.1 404"));
  CHECK(served.get("/schemas/unset/1", "").starts_with("HTTP/1.1 404"));
  CHECK(served.get("/schemas/nothing/1", "").starts_with("HTTP/1.1 404"));
}
