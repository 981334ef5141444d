#include "projections/about.h"

#include "events/subject.h"
#include "events/words.h"
#include "projections/json.h"

namespace projections {

namespace json = boost::json;

Happened happened(const events::Recorded& recorded) {
  capnp::DynamicStruct::Reader event(recorded.event());
  KJ_IF_MAYBE (type, event.which()) {
    if (type->getType().isStruct()) return {*type, event.get(*type).as<capnp::DynamicStruct>()};
  }
  // From a newer program, or none: the event itself is all that can be shown.
  return {event.getSchema().getFieldByName("unset"), event};
}

std::string_view text_field(capnp::DynamicStruct::Reader body, std::string_view name) {
  KJ_IF_MAYBE (field, body.getSchema().findFieldByName(std::string(name))) {
    if (field->getType().isText()) return events::view(body.get(*field).as<capnp::Text>());
  }
  return {};
}

void set_head(json::object& row, const events::Recorded& recorded) {
  auto type = happened(recorded).type;
  row["type"] = json_text(type.getProto().getName().cStr());
  row["typeName"] = words(events::zh_name(type), events::en_name(type));
  row["at"] = json_text(events::text(recorded.at()));
  row["effectiveOn"] = json_text(events::text(events::to_date(recorded.record.getEffectiveOn())));
  row["actor"] = json_text(events::view(recorded.record.getActor()));
  set_text(row, "role", events::view(recorded.record.getOnBehalfOf()));
}

json::value code_of(capnp::DynamicEnum value) {
  KJ_IF_MAYBE (one, value.getEnumerant()) {
    return json_text(one->getProto().getName().cStr());
  }
  return nullptr;
}

json::object words_of(capnp::DynamicEnum value) {
  KJ_IF_MAYBE (one, value.getEnumerant()) {
    return words(events::zh_name(*one), events::en_name(*one));
  }
  return words("未知", "unknown");
}

std::string subject_of_attempt(std::string_view attempt) {
  auto colon = attempt.find(':');
  if (colon == std::string_view::npos) return std::string(attempt);
  return events::subject(attempt.substr(0, colon), attempt.substr(colon + 1));
}

}  // namespace projections
