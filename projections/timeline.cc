#include "projections/timeline.h"

#include <algorithm>
#include <set>

#include "events/encode.h"
#include "events/shape.h"
#include "events/subject.h"
#include "events/words.h"
#include "projections/about.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using capnp::DynamicStruct;
using capnp::DynamicValue;

constexpr std::size_t entries_max = 20;
constexpr std::size_t text_bytes_max = 1000;
constexpr std::size_t summary_text_bytes_max = 120;

json::value counted(std::string_view what, std::size_t count) {
  json::object out;
  out[what] = count;
  return out;
}

bool names(const json::value& element, std::string_view id) {
  if (const auto* text = element.if_string()) return std::string_view(*text) == id;
  const auto* object = element.if_object();
  if (!object) return false;
  return std::ranges::any_of(*object, [&](const auto& member) {
    return member.value().is_string() && std::string_view(member.value().get_string()) == id;
  });
}

// Of a list that names the subject, only what it says of it: a ranking of a thousand stands under
// each of the thousand. A list that is long without naming it is counted.
json::value narrowed(const json::array& list, std::string_view id) {
  json::array own;
  for (const json::value& element : list) {
    if (names(element, id)) own.push_back(element);
  }
  if (!own.empty()) return own;
  if (list.size() > entries_max) return counted("entries", list.size());
  return list;
}

// The event's fields as the timeline of one subject shows them. Forms and long texts are counted:
// the event itself is where they are read.
json::object fields_for(std::string_view id, const json::object& encoded,
                        capnp::StructSchema schema) {
  json::object fields;
  for (const auto& member : encoded) {
    const json::value& value = member.value();
    const events::FieldShape* shape = events::shape_of(schema).find(member.key());
    bool form = shape && !shape->keyed.empty();
    if (form && value.is_object()) {
      fields[member.key()] = counted("entries", value.get_object().size());
    } else if (value.is_string() && value.get_string().size() > text_bytes_max) {
      fields[member.key()] = counted("bytes", value.get_string().size());
    } else if (value.is_array()) {
      fields[member.key()] = narrowed(value.get_array(), id);
    } else {
      fields[member.key()] = value;
    }
  }
  return fields;
}

void add_words(events::Words& line, std::string zh, std::string en) {
  if (!line.zh.empty()) line.zh += "，";
  if (!line.en.empty()) line.en += ", ";
  line.zh += zh;
  line.en += en;
}

// A text that is cut is cut before a character and never within one.
std::string cut(std::string_view text) {
  if (text.size() <= summary_text_bytes_max) return std::string(text);
  std::size_t end = summary_text_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

// One value in a line, in both languages; empty for what only the fields can show.
events::Words short_text(DynamicValue::Reader value, const json::value& encoded) {
  if (value.getType() == DynamicValue::DATA) return {};
  if (value.getType() == DynamicValue::ENUM) {
    KJ_IF_MAYBE (one, value.as<capnp::DynamicEnum>().getEnumerant()) {
      return {events::zh_name(*one), events::en_name(*one)};
    }
  }
  if (const auto* text = encoded.if_string()) return {cut(*text), cut(*text)};
  if (const auto* number = encoded.if_int64()) {
    return {std::to_string(*number), std::to_string(*number)};
  }
  if (const auto* number = encoded.if_uint64()) {
    return {std::to_string(*number), std::to_string(*number)};
  }
  const auto* yes = encoded.if_bool();
  if (!yes) return {};
  return *yes ? events::Words{"是", "yes"} : events::Words{"否", "no"};
}

// What the event says in one line: its plain fields by name, and the member that is set of a union.
// What it is listed under is left out, since it stands at the head of the list.
void summarise(DynamicStruct::Reader body, const json::object& encoded, std::string_view id,
               events::Words& line) {
  for (const events::FieldShape& field : events::shape_of(body.getSchema()).fields) {
    const json::value* value = encoded.if_contains(field.name);
    if (!value || (field.id && value->is_string() && std::string_view(value->get_string()) == id)) {
      continue;
    }
    auto one = short_text(body.get(field.field), *value);
    std::string zh = events::zh_name(field.field);
    std::string en = events::en_name(field.field);
    if (!one.zh.empty()) add_words(line, zh + " " + one.zh, en + " " + one.en);
    if (!field.in_union) continue;
    if (one.zh.empty()) add_words(line, zh, en);
    if (field.type.isStruct() && value->is_object()) {
      summarise(body.get(field.field).as<DynamicStruct>(), value->get_object(), id, line);
    }
  }
}

// Under which subjects the event is listed: all that it names, the attempted ones, and its actor.
std::set<std::string> listed_under(const events::Recorded& recorded) {
  std::set<std::string> out;
  for (const events::Subject& one : events::subjects_of(recorded.record)) {
    auto kind = events::kind_of(one.name);
    if (kind == "refusals") continue;  // A count, nothing that anybody would look up.
    if (kind == "attempts") {
      out.insert(subject_of_attempt(events::id_of(one.name)));
    } else if (kind == "actor") {
      out.insert(events::subject("person", events::id_of(one.name)));
    } else {
      out.insert(one.name);
    }
  }
  return out;
}

}  // namespace

void Timeline::apply(const events::Recorded& recorded, Rows& rows) {
  std::string position = number(recorded.position);
  for (const std::string& subject : listed_under(recorded))
    rows.put_event({subject, position}, recorded);
}

json::object Timeline::render(const events::Recorded& recorded, KeyTexts key, const json::object&) {
  std::string_view id = events::id_of(key[0]);
  Happened what = happened(recorded);
  json::object encoded = events::encode(what.body).as_object();
  json::object row;
  set_head(row, recorded);
  row["refused"] = recorded.event().isCommandRefused();
  events::Words line;
  summarise(what.body, encoded, id, line);
  row["summary"] = words(line.zh, line.en);
  row["fields"] = fields_for(id, encoded, what.body.getSchema());
  return row;
}

}  // namespace projections
