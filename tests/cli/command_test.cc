#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/cli/data_folder.h"

namespace json = boost::json;

TEST_CASE("a command says what it is made of, for people and for programs", "[cli]") {
  tests::DataFolder folder(1);

  auto table = folder.probity({"command", "show", "castVote"});
  auto schema = folder.probity({"command", "show", "castVote", "-o", "json"});
  auto all = folder.probity({"command", "list", "-o", "json"});
  auto none = folder.probity({"command", "show", "castvote"});

  CHECK(table.out.find("favour | against | abstain") != std::string::npos);
  auto read = json::parse(schema.out);
  CHECK(read.at("required") == json::parse(R"(["ballot", "choices"])"));
  CHECK(read.at_pointer("/properties/choices/additionalProperties/$ref") ==
        json::value("#/$defs/BallotChoiceBy_application"));
  CHECK(read.at_pointer("/$defs/BallotChoiceBy_application/anyOf/0/enum") ==
        json::parse(R"(["favour", "against", "abstain"])"));
  CHECK(json::parse(all.out).as_array().size() > 50);
  CHECK(none.exit_code == 3);
}
