#include "projections/json.h"

#include <boost/json/string.hpp>

#include "events/moment.h"

namespace projections {

namespace json = boost::json;

std::string number(std::uint64_t value) { return std::to_string(value); }

json::value json_text(std::string_view text) { return json::string(text.data(), text.size()); }

json::object words(std::string_view zh, std::string_view en) {
  return {{"zh", json_text(zh)}, {"en", json_text(en)}};
}

json::object words(const Name& name) { return words(name.zh, name.en); }

void set_text(json::object& row, std::string_view member, std::string_view text) {
  if (!text.empty()) row[member] = json_text(text);
}

std::string text_in(const json::object& row, std::string_view member) {
  const json::value* value = row.if_contains(member);
  const json::string* text = value ? value->if_string() : nullptr;
  return text ? std::string(text->data(), text->size()) : std::string();
}

std::int64_t count_in(const json::object& row, std::string_view member) {
  const json::value* value = row.if_contains(member);
  // What was just put is still unsigned, what was read from the store is signed.
  if (value && value->is_int64()) return value->get_int64();
  if (value && value->is_uint64()) return static_cast<std::int64_t>(value->get_uint64());
  return 0;
}

void add_to(json::object& row, std::string_view member, std::int64_t more) {
  row[member] = count_in(row, member) + more;
}

void set_since(json::object& row, const events::Recorded& recorded) {
  row["since"] = json_text(events::text(recorded.at()));
  row["position"] = json_text(number(recorded.position));
}

std::string signed_points(std::int64_t hundredths) {
  auto size = static_cast<std::uint64_t>(hundredths < 0 ? -hundredths : hundredths);
  return (hundredths < 0 ? "-" : "+") + points(size, 1);
}

std::string points(std::uint64_t numerator, std::uint64_t denominator) {
  constexpr std::uint64_t shown = 10'000;  // Four decimals.
  if (denominator == 0) return "";
  std::uint64_t unit = denominator * 100;
  std::uint64_t whole = numerator / unit;
  std::uint64_t rest = numerator % unit * shown;
  bool exact = rest % unit == 0;
  std::uint64_t decimals = (rest + (exact ? 0 : unit / 2)) / unit;
  whole += decimals / shown;
  std::string digits = std::to_string(shown + decimals % shown).substr(1);
  while (digits.size() > 2 && digits.back() == '0') digits.pop_back();
  return (exact ? "" : "≈") + std::to_string(whole) + "." + digits;
}

}  // namespace projections
