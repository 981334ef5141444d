#include <capnp/dynamic.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "events/batch.h"
#include "events/encode.h"
#include "events/subject.h"
#include "events/text_encoding.h"
#include "tests/built.h"

// Format 1, byte for byte: a record of each kind of event as it was first written, with what it
// says and where it is found. A log is read for ever, so none of these lines may ever change; a new
// kind of event adds its line, and so does one that has a new field: PROBITY_WRITE=1 build/tests
// "[golden]".

using namespace events;

namespace {

namespace json = boost::json;
using capnp::DynamicList;
using capnp::DynamicStruct;

const std::filesystem::path golden =
    std::filesystem::path(tests::source_dir) / "tests" / "events" / "golden.ndjson";

// Every field is set, to something that follows from its name.
class Filler {
 public:
  void fill(DynamicStruct::Builder message, int depth = 0) {
    for (auto field : message.getSchema().getNonUnionFields()) set(message, field, depth);
    for (auto field : message.getSchema().getUnionFields()) {
      if (field.getProto().getName() == "unset" || field.getType().isVoid()) continue;
      return set(message, field, depth);
    }
  }

  void set(DynamicStruct::Builder message, capnp::StructSchema::Field field, int depth) {
    auto type = field.getType();
    std::string name = field.getProto().getName().cStr();
    if (type.isStruct()) {
      if (depth < 6) fill(message.init(field).as<DynamicStruct>(), depth + 1);
    } else if (type.isList()) {
      if (depth < 6) set_list(message.init(field, 2).as<DynamicList>(), name, depth);
    } else if (type.isText()) {
      message.set(field, capnp::Text::Reader((name + "-质量").c_str()));
    } else if (type.isData()) {
      message.set(field, capnp::Data::Reader(bytes, sizeof bytes));
    } else if (type.isBool()) {
      message.set(field, true);
    } else if (type.isEnum()) {
      message.set(field, capnp::DynamicEnum(type.asEnum(), 0));
    } else if (!type.isVoid()) {
      message.set(field, 17);
    }
  }

 private:
  void set_list(DynamicList::Builder list, const std::string& name, int depth) {
    auto type = list.getSchema().getElementType();
    for (unsigned i = 0; i < list.size(); ++i) {
      if (type.isStruct()) {
        fill(list[i].as<DynamicStruct>(), depth + 1);
      } else if (type.isText()) {
        list.set(i, capnp::Text::Reader((name + std::to_string(i + 1)).c_str()));
      } else if (!type.isEnum() && !type.isList()) {
        list.set(i, i + 1);
      }
    }
  }

  static constexpr std::uint8_t bytes[] = {0, 1, 127, 128, 255};
};

Envelope envelope() {
  Envelope made;
  made.actor = "li";
  made.on_behalf_of = "office";
  made.command_id = "c1";
  made.command_digest.fill(7);
  made.effective_on = Date(std::chrono::days(17'000));
  return made;
}

// Of which subjects it is, and which it only mentions.
json::array found_under(Record::Reader record) {
  json::array all;
  for (const auto& one : subjects_of(record)) {
    all.emplace_back((one.folded ? "of " : "mentions ") + one.name);
  }
  return all;
}

json::object line_of(capnp::StructSchema::Field member) {
  std::vector<Draft> drafts(1);
  DynamicStruct::Builder event(drafts[0].event());
  Filler().set(event, member, 0);
  Batch batch("golden.example/log", 41, Moment{});
  REQUIRE(batch.add(envelope(), Moment{std::chrono::hours(400'000)}, drafts));
  auto recorded = batch.recorded(0);
  return {{"event", member.getProto().getName().cStr()},
          {"bytes", hex(recorded.bytes)},
          {"leaf", hex(batch.items()[0].leaf)},
          {"says", encode(DynamicStruct::Reader(recorded.event()))},
          {"subjects", found_under(recorded.record)}};
}

// What was there is there still; what was added since stands beside it.
bool still_says(const json::value& now, const json::value& then) {
  if (then.is_object()) {
    if (!now.is_object()) return false;
    return std::ranges::all_of(then.as_object(), [&](const auto& member) {
      const auto* found = now.as_object().if_contains(member.key());
      return found && still_says(*found, member.value());
    });
  }
  if (!then.is_array()) return now == then;
  return now.is_array() && now.as_array().size() == then.as_array().size() &&
         std::ranges::equal(now.as_array(), then.as_array(), still_says);
}

std::vector<json::object> written() {
  std::vector<json::object> lines;
  std::ifstream file(golden, std::ios::binary);
  for (std::string line; std::getline(file, line);) lines.push_back(json::parse(line).as_object());
  return lines;
}

std::string text(const json::object& line, const char* member) {
  return std::string(line.at(member).as_string());
}

}  // namespace

TEST_CASE("records of format 1 read as they were written, and are found where they were",
          "[golden]") {
  auto lines = written();
  CHECK(lines.size() > 40);
  for (const json::object& line : lines) {
    INFO(text(line, "event"));
    auto bytes = parse_hex(text(line, "bytes"));
    REQUIRE(bytes.has_value());
    Message<Record> message(*bytes);
    auto record = message.reader();

    CHECK(hex(leaf_hash(message.bytes())) == text(line, "leaf"));
    CHECK(record.getFormat() == 1);
    CHECK(view(record.getOrigin()) == "golden.example/log");
    CHECK(record.getIndex() == 41);
    CHECK(view(record.getActor()) == "li");
    CHECK(view(record.getOnBehalfOf()) == "office");
    CHECK(view(record.getCommandId()) == "c1");
    CHECK(to_date(record.getEffectiveOn()) == Date(std::chrono::days(17'000)));
    CHECK(to_moment(record.getRecordedAt()) == Moment{std::chrono::hours(400'000)});
    CHECK(still_says(encode(DynamicStruct::Reader(record.getEvent())), line.at("says")));
    CHECK(found_under(record) == line.at("subjects").as_array());
  }
}

TEST_CASE("each kind of event has its golden record, with all the fields that it has now",
          "[golden]") {
  auto lines = written();
  for (auto member : capnp::Schema::from<Event>().getUnionFields()) {
    std::string name = member.getProto().getName().cStr();
    if (name == "unset") continue;
    json::object now = line_of(member);
    bool there = std::ranges::any_of(
        lines, [&](const auto& line) { return text(line, "bytes") == text(now, "bytes"); });
    if (!there && std::getenv("PROBITY_WRITE")) {
      std::ofstream(golden, std::ios::binary | std::ios::app) << json::serialize(now) << '\n';
      continue;
    }
    INFO(name);
    CHECK(there);
  }
}
