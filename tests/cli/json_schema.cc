#include "tests/cli/json_schema.h"

#include <regex.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <sstream>

namespace tests {
namespace {

namespace json = boost::json;

// Whatever the checker does not understand must not pass as if it had been checked.
const std::vector<std::string> known = {"$ref",          "type",
                                        "properties",    "required",
                                        "items",         "enum",
                                        "pattern",       "anyOf",
                                        "oneOf",         "minLength",
                                        "maxLength",     "minimum",
                                        "maximum",       "additionalProperties",
                                        "maxProperties", "$schema",
                                        "$defs",         "title",
                                        "description",   "format"};

bool has_type(const json::value& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  return type == "integer" && (value.is_int64() || value.is_uint64());
}

// In characters (JSON Schema Validation, 6.3): what goes on with a character is none.
std::size_t length(const json::value& value) {
  return static_cast<std::size_t>(std::ranges::count_if(
      value.as_string(), [](char byte) { return (static_cast<unsigned char>(byte) >> 6) != 2; }));
}

// As POSIX has it: std::regex and Boost's run out of stack on a text as long as a scheme.
bool matches(const std::string& text, const std::string& pattern) {
  regex_t compiled;
  if (regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) != 0) return false;
  bool found = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
  regfree(&compiled);
  return found;
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
  auto fitting = [&](const YAML::Node& ways) {
    return std::ranges::count_if(ways, [&](const YAML::Node& one) {
      std::vector<std::string> own;
      check(one, value, place, own);
      return own.empty();
    });
  };
  if (schema["anyOf"] && fitting(schema["anyOf"]) == 0) {
    faults.push_back(place + ": fits none: " + json::serialize(value));
  }
  if (schema["oneOf"] && fitting(schema["oneOf"]) != 1) {
    faults.push_back(place + ": fits not exactly one: " + json::serialize(value));
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
  if (value.is_string()) check_text(schema, value, place, faults);
  if (value.is_number()) check_number(schema, value.to_number<double>(), place, faults);
  if (schema["items"] && value.is_array()) {
    for (const auto& one : value.as_array()) check(schema["items"], one, place + "[]", faults);
  }
  if (value.is_object()) check_object(schema, value.as_object(), place, faults);
}

void JsonSchema::check_text(const YAML::Node& schema, const json::value& text,
                            const std::string& place, std::vector<std::string>& faults) {
  bool fits = !schema["pattern"] ||
              matches(std::string(text.as_string()), schema["pattern"].as<std::string>());
  if (!fits) faults.push_back(place + ": not of the pattern: " + json::serialize(text));
  bool shorter = schema["minLength"] && length(text) < schema["minLength"].as<std::size_t>();
  bool longer = schema["maxLength"] && length(text) > schema["maxLength"].as<std::size_t>();
  if (shorter || longer) faults.push_back(place + ": not of that length");
}

void JsonSchema::check_number(const YAML::Node& schema, double number, const std::string& place,
                              std::vector<std::string>& faults) {
  bool less = schema["minimum"] && number < schema["minimum"].as<double>();
  bool more = schema["maximum"] && number > schema["maximum"].as<double>();
  if (less || more) faults.push_back(place + ": out of range");
}

void JsonSchema::check_object(const YAML::Node& schema, const json::object& object,
                              const std::string& place, std::vector<std::string>& faults) const {
  for (const auto& name : schema["required"]) {
    if (!object.contains(name.as<std::string>())) {
      faults.push_back(place + ": lacks " + name.as<std::string>());
    }
  }
  if (schema["maxProperties"] && object.size() > schema["maxProperties"].as<std::size_t>()) {
    faults.push_back(place + ": has too much");
  }
  const YAML::Node others = schema["additionalProperties"];
  bool closed = others && others.IsScalar() && !others.as<bool>();
  for (const auto& [key, value] : object) {
    std::string name(key);
    const YAML::Node own = property(schema, name);
    if (own) {
      check(own, value, place + "/" + name, faults);
    } else if (closed) {
      faults.push_back(place + ": has " + name + ", which is not written there");
    } else if (others && others.IsMap()) {
      check(others, value, place + "/" + name, faults);
    }
  }
}

}  // namespace tests
