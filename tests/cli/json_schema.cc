#include "tests/cli/json_schema.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <regex>
#include <sstream>

namespace tests {
namespace {

namespace json = boost::json;

// Whatever the checker does not understand must not pass as if it had been checked.
const std::vector<std::string> known = {"$ref",  "type", "properties", "required",
                                        "items", "enum", "pattern",    "additionalProperties",
                                        "anyOf"};

bool has_type(const json::value& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  return type == "integer" && (value.is_int64() || value.is_uint64());
}

YAML::Node property(const YAML::Node& schema, const std::string& name) {
  const YAML::Node properties = schema["properties"];
  return properties ? properties[name] : properties;
}

}  // namespace

std::vector<std::string> JsonSchema::faults(const YAML::Node& schema,
                                            const json::value& value) const {
  std::vector<std::string> found;
  check(schema, value, "", found);
  return found;
}

YAML::Node JsonSchema::resolved(const YAML::Node& node) const {
  if (!node.IsMap() || !node["$ref"]) return node;
  std::istringstream path(node["$ref"].as<std::string>().substr(2));  // Behind "#/".
  YAML::Node at;
  at.reset(document_);
  for (std::string part; std::getline(path, part, '/');) at.reset(at[part]);
  return at;
}

void JsonSchema::check(const YAML::Node& written, const json::value& value,
                       const std::string& place, std::vector<std::string>& faults) const {
  YAML::Node schema = resolved(written);
  if (!schema || !schema.IsMap()) return faults.push_back(place + ": no such schema");
  for (const auto& member : schema) {
    auto name = member.first.as<std::string>();
    if (std::ranges::count(known, name) == 0) faults.push_back(place + ": cannot check " + name);
  }
  if (schema["anyOf"]) {
    bool fits = std::ranges::any_of(schema["anyOf"], [&](const YAML::Node& one) {
      std::vector<std::string> own;
      check(one, value, place, own);
      return own.empty();
    });
    if (!fits) faults.push_back(place + ": fits none: " + json::serialize(value));
  }
  if (schema["type"] && !has_type(value, schema["type"].as<std::string>())) {
    return faults.push_back(place + ": not of type " + schema["type"].as<std::string>());
  }
  if (schema["enum"]) {
    auto is = [&](const YAML::Node& one) {
      return value.is_string() && value.as_string() == one.as<std::string>();
    };
    if (!std::ranges::any_of(schema["enum"], is)) {
      faults.push_back(place + ": not one of them: " + json::serialize(value));
    }
  }
  if (schema["pattern"] && !std::regex_search(std::string(value.as_string()),
                                              std::regex(schema["pattern"].as<std::string>()))) {
    faults.push_back(place + ": not of the pattern: " + json::serialize(value));
  }
  if (schema["items"] && value.is_array()) {
    for (const auto& one : value.as_array()) check(schema["items"], one, place + "[]", faults);
  }
  if (value.is_object()) check_object(schema, value.as_object(), place, faults);
}

void JsonSchema::check_object(const YAML::Node& schema, const json::object& object,
                              const std::string& place, std::vector<std::string>& faults) const {
  for (const auto& name : schema["required"]) {
    if (!object.contains(name.as<std::string>())) {
      faults.push_back(place + ": lacks " + name.as<std::string>());
    }
  }
  bool closed = schema["additionalProperties"] && !schema["additionalProperties"].as<bool>();
  for (const auto& [key, value] : object) {
    std::string name(key);
    const YAML::Node own = property(schema, name);
    if (own) {
      check(own, value, place + "/" + name, faults);
    } else if (closed) {
      faults.push_back(place + ": has " + name + ", which is not written there");
    }
  }
}

}  // namespace tests
