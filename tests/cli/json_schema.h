// Holds JSON to a schema that stands in a YAML document, as far as docs/openapi.yaml and the
// schemas of events and commands need it (JSON Schema 2020-12). What it does not know of is a
// fault, not a pass. One thread.
#pragma once

#include <yaml-cpp/yaml.h>

#include <boost/json/value.hpp>
#include <string>
#include <vector>

namespace tests {

class JsonSchema {
 public:
  explicit JsonSchema(const YAML::Node& document) : document_(document) {}

  // Every place that does not fit, with why.
  std::vector<std::string> faults(const YAML::Node& schema, const boost::json::value& value) const;
  // What a $ref names; other nodes are themselves.
  YAML::Node resolved(const YAML::Node& node) const;

 private:
  void check(const YAML::Node& schema, const boost::json::value& value, const std::string& place,
             std::vector<std::string>& faults) const;
  static void check_text(const YAML::Node& schema, const boost::json::value& text,
                         const std::string& place, std::vector<std::string>& faults);
  static void check_number(const YAML::Node& schema, double number, const std::string& place,
                           std::vector<std::string>& faults);
  void check_object(const YAML::Node& schema, const boost::json::object& object,
                    const std::string& place, std::vector<std::string>& faults) const;

  YAML::Node document_;
};

}  // namespace tests
