#include "events/code.h"

#include <array>
#include <utility>

namespace events {
namespace {

constexpr std::array<std::pair<Code, std::string_view>, 12> names{{
    {Code::invalid, "invalid"},
    {Code::not_found, "notFound"},
    {Code::unauthenticated, "unauthenticated"},
    {Code::forbidden, "forbidden"},
    {Code::conflict, "conflict"},
    {Code::stale, "stale"},
    {Code::reused, "reused"},
    {Code::too_early, "tooEarly"},
    {Code::too_late, "tooLate"},
    {Code::too_many, "tooMany"},
    {Code::overloaded, "overloaded"},
    {Code::corrupt, "corrupt"},
}};

}  // namespace

std::string_view code_name(Code code) {
  for (auto& [known, name] : names) {
    if (known == code) return name;
  }
  return "invalid";
}

std::optional<Code> parse_code(std::string_view name) {
  for (auto& [code, known] : names) {
    if (known == name) return code;
  }
  return std::nullopt;
}

}  // namespace events
