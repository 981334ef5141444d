#include "events/encode.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <string>

#include "events/assert.h"
#include "events/moment.h"
#include "events/shape.h"

namespace events {

namespace {

namespace json = boost::json;
using capnp::DynamicList;
using capnp::DynamicStruct;
using capnp::DynamicValue;

json::value write_struct(DynamicStruct::Reader message, std::string_view without = {});
json::value write_value(const FieldShape& field, capnp::Type type, DynamicValue::Reader value);

json::string write_data(capnp::Data::Reader data) {
  constexpr std::string_view digits = "0123456789abcdef";
  json::string text;
  text.reserve(2 * data.size());
  for (const kj::byte byte : data) {
    text.push_back(digits[byte >> 4]);
    text.push_back(digits[byte & 15]);
  }
  return text;
}

json::value write_enum(capnp::DynamicEnum value) {
  KJ_IF_MAYBE (enumerant, value.getEnumerant()) {
    return json::string(enumerant->getProto().getName().cStr());
  }
  return value.getRaw();  // From a newer schema; the decoder refuses it.
}

json::array write_list(const FieldShape& field, capnp::Type element, DynamicList::Reader list) {
  json::array array;
  array.reserve(list.size());
  for (const auto entry : list) array.push_back(write_value(field, element, entry));
  return array;
}

std::string key_of(const FieldShape& key, DynamicStruct::Reader element) {
  const json::value value = write_value(key, key.type, element.get(key.field));
  if (const auto* text = value.if_string()) return {text->data(), text->size()};
  if (const auto* number = value.if_int64()) return std::to_string(*number);
  ASSERT(value.is_uint64());  // A key is written as a name, so it is a text or a number.
  return std::to_string(value.get_uint64());
}

json::value write_keyed(const FieldShape& field, DynamicList::Reader list) {
  const capnp::Type element = field.type.asList().getElementType();
  const FieldShape* key = shape_of(element.asStruct()).find(field.keyed);
  ASSERT(key != nullptr);
  json::object object;
  object.reserve(list.size());
  for (const auto entry : list) {
    const auto one = entry.as<DynamicStruct>();
    const bool added = object.emplace(key_of(*key, one), write_struct(one, key->name)).second;
    // Two elements with one key cannot come from the decoder. A view of them loses neither.
    if (!added) return write_list(field, element, list);
  }
  return object;
}

json::value write_value(const FieldShape& field, capnp::Type type, DynamicValue::Reader value) {
  switch (type.which()) {
    case capnp::schema::Type::VOID:
      return json::object();
    case capnp::schema::Type::BOOL:
      return value.as<bool>();
    case capnp::schema::Type::INT32:
      if (field.date) return json::string(text(Date(std::chrono::days(value.as<std::int32_t>()))));
      [[fallthrough]];
    case capnp::schema::Type::INT8:
    case capnp::schema::Type::INT16:
      return value.as<std::int64_t>();
    case capnp::schema::Type::UINT8:
    case capnp::schema::Type::UINT16:
    case capnp::schema::Type::UINT32:
      return value.as<std::uint64_t>();
    case capnp::schema::Type::INT64:
      if (field.moment) {
        const std::chrono::microseconds since(value.as<std::int64_t>());
        return json::string(text(Moment(since)));
      }
      return json::string(std::to_string(value.as<std::int64_t>()));
    case capnp::schema::Type::UINT64:
      return json::string(std::to_string(value.as<std::uint64_t>()));
    case capnp::schema::Type::ENUM:
      return write_enum(value.as<capnp::DynamicEnum>());
    case capnp::schema::Type::TEXT: {
      const auto words = value.as<capnp::Text>();
      return json::string(words.begin(), words.size());
    }
    case capnp::schema::Type::DATA:
      return write_data(value.as<capnp::Data>());
    case capnp::schema::Type::STRUCT:
      return write_struct(value.as<DynamicStruct>());
    case capnp::schema::Type::LIST:
      return write_list(field, type.asList().getElementType(), value.as<DynamicList>());
    default:
      break;
  }
  ASSERT(!"a type that can be written");  // shape_of refuses the others.
  return nullptr;
}

bool is_set(const FieldShape& field, DynamicStruct::Reader message) {
  // Of a member of a union, has() says whether it is the one that counts.
  const bool pointer =
      field.type.isText() || field.type.isData() || field.type.isList() || field.type.isStruct();
  const bool null_counts = pointer || field.in_union;
  return message.has(field.field,
                     null_counts ? capnp::HasMode::NON_NULL : capnp::HasMode::NON_DEFAULT);
}

bool is_written(const FieldShape& field, DynamicStruct::Reader message) {
  if (field.unset) return false;
  return !(field.optional || field.in_union) || is_set(field, message);
}

json::value write_struct(DynamicStruct::Reader message, std::string_view without) {
  const Shape& shape = shape_of(message.getSchema());
  json::object object;
  for (const FieldShape& field : shape.fields) {
    if (field.name == without || !is_written(field, message)) continue;
    const DynamicValue::Reader value = message.get(field.field);
    object.emplace(field.name, field.keyed.empty() ? write_value(field, field.type, value)
                                                   : write_keyed(field, value.as<DynamicList>()));
  }
  if (!shape.shorthand.empty() && object.size() == 1) {
    const auto& [name, value] = *object.begin();
    if (name == shape.shorthand && !value.is_structured()) return value;
  }
  return object;
}

}  // namespace

json::value encode(DynamicStruct::Reader message) { return write_struct(message); }

}  // namespace events
