#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <catch2/catch.hpp>
#include <sstream>

#include "events/record.h"
#include "events/sha256.h"
#include "events/text_encoding.h"
#include "tests/cli/data_folder.h"

using boost::json::parse;
using tests::DataFolder;

namespace {

std::vector<std::string> sequences(const std::string& ndjson) {
  std::vector<std::string> all;
  std::istringstream lines(ndjson);
  for (std::string line; std::getline(lines, line);) {
    std::string sequence = parse(line).at("sequence").as_string().c_str();
    all.push_back(sequence.substr(sequence.find_first_not_of('0')));
  }
  return all;
}

using Positions = std::vector<std::string>;

}  // namespace

TEST_CASE("events are listed in the order of the log, in the log's zone", "[cli]") {
  DataFolder folder(2);

  auto listed = folder.probity({"event", "list"});

  CHECK(listed.exit_code == 0);
  CHECK("\n" + listed.out == R"(
位置  时间              事件      操作者  身份  对象
────  ────────────────  ────────  ──────  ────  ────────────────────
   1  2017-05-01 09:00  日志启用  admin         log/log person/admin
   2  2017-05-01 09:01  人员登记  admin         person/p-2
   3  2017-05-01 09:01  人员登记  admin         person/p-3
)");
}

TEST_CASE("a list can be cut, continued, and taken as of an earlier time", "[cli]") {
  DataFolder folder(5);
  folder.add(3);

  auto cut = folder.probity_en({"event", "list", "--limit", "2", "-o", "ndjson"});
  auto rest = folder.probity({"event", "list", "--after", "6", "-o", "ndjson"});
  auto at = folder.probity({"event", "list", "--at", "3", "-o", "ndjson"});
  auto as_of = folder.probity({"event", "list", "--as-of", "2017-05-01", "-o", "ndjson"});

  CHECK(sequences(cut.out) == Positions{"1", "2"});
  CHECK(cut.err == "these are the first 2; go on with --after 2, or see all with --limit 0\n");
  CHECK(sequences(rest.out) == Positions{"7", "8", "9"});
  CHECK(rest.err == "");
  CHECK(sequences(at.out) == Positions{"1", "2", "3"});
  CHECK(sequences(as_of.out) == Positions{"1", "2", "3", "4", "5", "6"});
  CHECK(as_of.err == "截至 2017-05-01：位置 6\n");
  CHECK(folder.probity({"event", "list", "--at", "3", "--as-of", "2017-05-01"}).exit_code == 2);
}

TEST_CASE("a list is narrowed to a subject, a type, an actor", "[cli]") {
  DataFolder folder(4);
  auto listed = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"event", "list", "-o", "ndjson"});
    return sequences(folder.probity(arguments).out);
  };

  CHECK(listed({"person/p-3"}) == Positions{"3"});
  CHECK(listed({"actor/admin"}).empty());
  CHECK(listed({"actor/admin", "--mentions"}) == Positions{"1", "2", "3", "4", "5"});
  CHECK(listed({"--type", "logOpened"}) == Positions{"1"});
  CHECK(listed({"--actor", "admin", "--type", "personRegistered", "--after", "3"}) ==
        Positions{"4", "5"});
  CHECK(listed({"--actor", "nobody"}).empty());
}

TEST_CASE("what was mistyped is said with what was probably meant", "[cli]") {
  DataFolder folder(1);

  auto type = folder.probity_en({"event", "list", "--type", "personRegisterd"});
  auto subject = folder.probity_en({"event", "list", "A-01"});

  CHECK(type.exit_code == 1);
  CHECK(type.err.find("did you mean personRegistered?") != std::string::npos);
  CHECK(subject.exit_code == 1);
  CHECK(subject.err.find("a subject is written kind/id") != std::string::npos);
}

TEST_CASE("an event is shown in the shape of CloudEvents with what it rests on", "[cli]") {
  DataFolder folder(2);

  auto shown = folder.probity({"event", "show", "3", "-o", "json", "--raw", folder.file("raw")});

  REQUIRE(shown.exit_code == 0);
  auto event = parse(shown.out);
  CHECK(event.at("specversion") == "1.0");
  CHECK(event.at("source") == "/logs/test.example/log");
  CHECK(event.at("type") == "personRegistered");
  CHECK(event.at("subject") == "person/p-3");
  CHECK(event.at("sequence") == "00000000000000000003");
  CHECK(event.at("time") == "2017-05-01T01:01:00.000001Z");
  CHECK(event.at("effectiveon") == "2017-05-01");
  CHECK(event.at("actorid") == "admin");
  CHECK(event.at("commandid") == "register-p-3");
  CHECK(event.at("data").at("name") == "王小p-3");
  CHECK(event.at("subjects").at(0).at("subject") == "actor/admin");
  auto raw = folder.read("raw");
  CHECK(event.at("recordbytes") == raw.size());
  CHECK(event.at("leafhash").as_string() ==
        events::base64(events::leaf_hash(events::bytes_of(raw))));
}

TEST_CASE("people read an event as fields, contents and grounds", "[cli]") {
  DataFolder folder(1);

  auto shown = folder.probity_en({"event", "show", "2"});

  CHECK(shown.exit_code == 0);
  CHECK(shown.out.find("event           person registered (personRegistered)\n") !=
        std::string::npos);
  CHECK(shown.out.find("recorded        2017-05-01 09:01 (2017-05-01T01:01:00.000000Z)\n") !=
        std::string::npos);
  CHECK(shown.out.find("contents:\n{\n  \"person\": \"p-2\",\n  \"name\": \"王小p-2\"\n}\n") !=
        std::string::npos);
}

TEST_CASE("a name stays closed without the key of its person", "[cli]") {
  DataFolder folder(2);
  folder.globals = {"--safe", folder.file("elsewhere")};

  auto zh = folder.probity({"event", "show", "2"});
  auto en = folder.probity_en({"event", "list", "--after", "1", "--limit", "1", "-o", "ndjson"});

  CHECK(zh.out.find(R"("name": "（已封存）")") != std::string::npos);
  CHECK(parse(en.out).at("data").at("name") == "(sealed)");
}

TEST_CASE("a position that is not there is not found", "[cli]") {
  DataFolder folder(1);

  CHECK(folder.probity({"event", "show", "3"}).exit_code == 3);
  CHECK(folder.probity({"event", "show", "0"}).exit_code == 3);
  CHECK(folder.probity({"event", "show", "2", "--at", "1"}).exit_code == 3);
  CHECK(folder.probity({"event", "show", "x"}).exit_code == 2);
}
