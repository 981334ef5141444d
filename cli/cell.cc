#include "cli/cell.h"

#include <boost/json/serialize.hpp>

#include "events/moment.h"

namespace cli {

std::string cell(const App& app, const boost::json::object& row, std::string_view member,
                 bool moment, const std::string& zone) {
  const auto* value = row.if_contains(member);
  if (!value || value->is_null()) return "";
  if (value->is_string()) {
    std::string text(value->as_string());
    if (!moment) return text;
    auto parsed = events::parse_moment(text);
    return parsed ? events::local_text(*parsed, zone) : text;
  }
  if (value->is_object()) {
    const auto& words = value->as_object();
    const char* key = app.out.language == Language::zh ? "zh" : "en";
    if (const auto* word = words.if_contains(key); word && word->is_string()) {
      return std::string(word->as_string());
    }
  }
  if (value->is_bool())
    return app.words(value->as_bool() ? events::Words{"是", "yes"} : events::Words{"否", "no"});
  return boost::json::serialize(*value);
}

}  // namespace cli
