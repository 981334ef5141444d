#include "cli/event_json.h"

#include <capnp/dynamic.h>

#include <algorithm>
#include <boost/json/array.hpp>

#include "cli/open_sealed.h"
#include "events/encode.h"
#include "events/sha256.h"
#include "events/subject.h"
#include "events/text_encoding.h"
#include "events/words.h"
#include "projections/json.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::string;

std::optional<capnp::StructSchema::Field> member_of(events::Event::Reader event) {
  capnp::DynamicStruct::Reader dynamic(event);
  KJ_IF_MAYBE (member, dynamic.which()) return *member;
  return std::nullopt;
}

// A log's name may be in any script; a URI may not.
std::string source_of(std::string_view origin) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:@";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string source = "/logs/";
  for (const char letter : origin) {
    if (plain.find(letter) != plain.npos) {
      source.push_back(letter);
      continue;
    }
    auto byte = static_cast<unsigned char>(letter);
    source.append({'%', digits[byte >> 4], digits[byte & 15]});
  }
  return source;
}

json::value member_of_record(const events::Recorded& recorded, std::string_view name) {
  capnp::DynamicStruct::Reader record(recorded.record);
  auto field = record.getSchema().getFieldByName(std::string(name));
  json::array list;
  for (auto one : record.get(field).as<capnp::DynamicList>()) {
    list.push_back(events::encode(one.as<capnp::DynamicStruct>()));
  }
  return list;
}

// The contents of the union's member, opened as far as that is possible.
json::value data_of(events::Event::Reader event, const Reading& reading) {
  json::value encoded = events::encode(event);
  json::object& object = encoded.as_object();
  if (object.empty()) return json::object();
  json::value data = std::move(object.begin()->value());
  open_sealed(data, reading.safe, reading.language);
  return data;
}

void add_envelope(events::Record::Reader record, json::object& out) {
  out["actorid"] = string(record.getActor());
  if (record.hasOnBehalfOf()) out["onbehalfof"] = string(record.getOnBehalfOf());
  capnp::DynamicEnum authentication(record.getAuthentication());
  KJ_IF_MAYBE (known, authentication.getEnumerant()) {
    out["authentication"] = known->getProto().getName().cStr();
  }
  out["effectiveon"] = events::text(events::to_date(record.getEffectiveOn()));
  out["commandid"] = string(record.getCommandId());
  out["commanddigest"] = events::hex(events::as_bytes(record.getCommandDigest()));
  out["part"] = record.getPart();
  out["parts"] = record.getParts();
  if (record.getCause() > 0) out["cause"] = sequence(record.getCause());
}

}  // namespace

std::string sequence(events::Position position) {
  std::string digits = std::to_string(position);
  return std::string(20 - digits.size(), '0') + digits;
}

events::Position position_of(const json::object& event) {
  std::string id = projections::text_in(event, "id");
  id.erase(0, std::min(id.find_first_not_of('0'), id.size()));
  return events::parse_decimal(id).value_or(0);
}

json::object event_json(const events::Recorded& recorded, events::Bytes bytes,
                        const Reading& reading) {
  std::string type = event_type(recorded.event());
  json::object out{{"specversion", "1.0"},
                   {"id", sequence(recorded.position)},
                   {"source", source_of(events::view(recorded.record.getOrigin()))},
                   {"type", type},
                   {"time", events::text(recorded.at())},
                   {"datacontenttype", "application/json"},
                   {"dataschema", "/schemas/" + type + "/1"},
                   {"sequence", sequence(recorded.position)}};
  std::string about;
  for (const auto& subject : events::subjects_of(recorded.event())) {
    if (!subject.folded) continue;
    if (about.empty()) out["subject"] = subject.name;
    about += (about.empty() ? "" : " ") + subject.name;
  }
  if (!about.empty()) out["about"] = std::move(about);
  add_envelope(recorded.record, out);
  out["leafhash"] = events::base64(events::leaf_hash(bytes));
  out["data"] = data_of(recorded.event(), reading);
  return out;
}

json::object whole_event_json(const events::Recorded& recorded, events::Bytes bytes,
                              const Reading& reading) {
  auto out = event_json(recorded, bytes, reading);
  out["recordbytes"] = bytes.size();
  json::array subjects;
  for (const auto& subject : events::subjects_of(recorded.record)) {
    subjects.push_back(json::object{{"subject", subject.name}, {"folded", subject.folded}});
  }
  out["subjects"] = std::move(subjects);
  out["decidedon"] = member_of_record(recorded, "decidedOn");
  out["grounds"] = member_of_record(recorded, "grounds");
  return out;
}

std::string event_type(events::Event::Reader event) {
  auto member = member_of(event);
  return member ? std::string(member->getProto().getName().cStr()) : std::string();
}

events::Words event_words(std::string_view type) {
  for (auto field : capnp::Schema::from<events::Event>().getUnionFields()) {
    if (type == field.getProto().getName().cStr()) {
      return {events::zh_name(field), events::en_name(field)};
    }
  }
  return {"（未知事件）", "(unknown event)"};
}

}  // namespace cli
