#include "cli/json_schema.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <limits>
#include <string>

#include "events/decode.h"
#include "events/personal.capnp.h"
#include "events/shape.h"
#include "events/words.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::FieldShape;
using events::Shape;

// Whoever sends something personal sends it open; it is sealed before anything is decided.
bool is_sealed(const FieldShape& field) {
  return field.type.isStruct() &&
         field.type.asStruct() == capnp::StructSchema(capnp::Schema::from<events::Sealed>());
}

template <class Integer>
json::object range() {
  using Limits = std::numeric_limits<Integer>;
  return {{"type", "integer"}, {"minimum", Limits::min()}, {"maximum", Limits::max()}};
}

// JavaScript loses integers above 2^53, so these may be texts.
json::object wide() {
  json::array ways;
  ways.push_back(json::object{{"type", "integer"}});
  ways.push_back(json::object{{"type", "string"}, {"pattern", "^-?[0-9]+$"}});
  return {{"anyOf", std::move(ways)}};
}

json::object text(const FieldShape& field) {
  if (field.id) return {{"type", "string"}, {"minLength", 1}, {"maxLength", events::id_bytes_max}};
  auto most = field.long_text ? events::long_text_bytes_max : events::text_bytes_max;
  return {{"type", "string"}, {"maxLength", most}};
}

class SchemaWriter {
 public:
  json::object write(capnp::StructSchema schema) {
    json::object out = object(schema, {});
    out["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    if (!defined_.empty()) out["$defs"] = std::move(defined_);
    return out;
  }

 private:
  json::object object(capnp::StructSchema schema, std::string_view key) {
    const Shape& shape = events::shape_of(schema);
    json::object properties;
    json::array required;
    json::array one_of;
    for (const FieldShape& field : shape.fields) {
      if (field.unset || field.name == key || is_sealed(field)) continue;
      properties[field.name] = member(field);
      json::array alone{json::value(field.name)};
      if (field.in_union) {
        one_of.push_back(json::object{{"required", std::move(alone)}});
      } else if (!field.optional) {
        required.push_back(json::value(field.name));
      }
    }
    json::object out{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) out["required"] = std::move(required);
    if (!one_of.empty()) out["oneOf"] = std::move(one_of);
    out["additionalProperties"] = false;
    return out;
  }

  json::object member(const FieldShape& field) {
    json::object out = field.keyed.empty() ? value(field, field.type) : keyed(field);
    std::string title = events::zh_name(field.field);
    if (title != field.name) out["title"] = title;
    return out;
  }

  json::object keyed(const FieldShape& field) {
    auto element = field.type.asList().getElementType().asStruct();
    return {{"type", "object"}, {"additionalProperties", struct_of(element, field.keyed)}};
  }

  json::object value(const FieldShape& field, capnp::Type type) {
    if (type.isList()) {
      return {{"type", "array"}, {"items", value(field, type.asList().getElementType())}};
    }
    if (type.isStruct()) return struct_of(type.asStruct(), {});
    if (type.isEnum()) {
      json::array names;
      for (auto one : type.asEnum().getEnumerants()) names.emplace_back(one.getProto().getName());
      return {{"enum", std::move(names)}};
    }
    if (field.date) return {{"type", "string"}, {"format", "date"}};
    if (field.moment) return {{"type", "string"}, {"format", "date-time"}};
    return scalar(field, type);
  }

  static json::object scalar(const FieldShape& field, capnp::Type type) {
    switch (type.which()) {
      case capnp::schema::Type::BOOL:
        return {{"type", "boolean"}};
      case capnp::schema::Type::INT8:
        return range<std::int8_t>();
      case capnp::schema::Type::INT16:
        return range<std::int16_t>();
      case capnp::schema::Type::INT32:
        return range<std::int32_t>();
      case capnp::schema::Type::UINT8:
        return range<std::uint8_t>();
      case capnp::schema::Type::UINT16:
        return range<std::uint16_t>();
      case capnp::schema::Type::UINT32:
        return range<std::uint32_t>();
      case capnp::schema::Type::INT64:
      case capnp::schema::Type::UINT64:
        return wide();
      case capnp::schema::Type::DATA:
        return {{"type", "string"}, {"pattern", "^([0-9a-f]{2})*$"}};
      case capnp::schema::Type::TEXT:
        return text(field);
      default:  // Void; the schemas have no other.
        return {{"type", "object"}, {"maxProperties", 0}};
    }
  }

  // By its name under $defs, since rules hold rules. A bare scalar may stand for the whole.
  json::object struct_of(capnp::StructSchema schema, std::string_view key) {
    std::string name =
        schema.getProto().getStruct().getIsGroup() ? "" : schema.getUnqualifiedName().cStr();
    if (!name.empty() && !key.empty()) name += "By_" + std::string(key);
    json::object here{{"$ref", "#/$defs/" + name}};
    if (!name.empty() && defined_.contains(name)) return here;
    if (!name.empty()) defined_[name] = nullptr;  // So that it may hold itself.
    json::object out = with_shorthand(schema, object(schema, key));
    if (name.empty()) return out;
    defined_[name] = std::move(out);
    return here;
  }

  json::object with_shorthand(capnp::StructSchema schema, json::object whole) {
    const Shape& shape = events::shape_of(schema);
    if (shape.shorthand.empty()) return whole;
    const FieldShape& field = *shape.find(shape.shorthand);
    json::array ways{value(field, field.type), std::move(whole)};
    return {{"anyOf", std::move(ways)}};
  }

  json::object defined_;
};

}  // namespace

json::object json_schema(capnp::StructSchema schema) { return SchemaWriter().write(schema); }

}  // namespace cli
