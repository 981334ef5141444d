#include "cli/query.h"

#include <algorithm>

#include "cli/folder.h"
#include "events/nearest.h"
#include "events/text_encoding.h"

namespace cli {

using events::Code;
using events::fail;
using events::Position;
using events::Result;

namespace {

constexpr std::size_t page_size_max = 1000;

std::unexpected<events::Error> unknown(const std::string& name,
                                       std::span<const std::string_view> known) {
  std::string meant(events::nearest(name, known));
  return fail(
      Code::invalid,
      "此处没有参数 " + name + (meant.empty() ? "" : "；您要的是 " + meant + " 吗？"),
      "there is no parameter " + name + (meant.empty() ? "" : ": did you mean " + meant + "?"));
}

}  // namespace

Result<> check_query(const Request& request, std::span<const std::string_view> known) {
  for (const auto& [name, value] : request.query) {
    if (std::ranges::find(known, name) == known.end()) return unknown(name, known);
    auto same = [&](const auto& one) { return one.first == name; };
    if (std::ranges::count_if(request.query, same) > 1) {
      return fail(Code::invalid, "参数 " + name + " 写了不止一次",
                  "the parameter " + name + " stands there more than once");
    }
    if (value.empty()) {
      return fail(Code::invalid, "参数 " + name + " 没有值", "the parameter " + name + " is empty");
    }
  }
  return {};
}

Result<std::uint64_t> number_of(const Call& call, std::string_view name, std::uint64_t otherwise) {
  std::string_view text = value_of(call.request.query, name);
  if (text.empty()) return otherwise;
  auto number = events::parse_decimal(text);
  if (number) return *number;
  return fail(Code::invalid, std::string(name) + " 须为整数",
              std::string(name) + " must be a whole number");
}

Result<bool> flag_of(const Call& call, std::string_view name) {
  std::string_view text = value_of(call.request.query, name);
  if (text.empty() || text == "false") return false;
  if (text == "true") return true;
  return fail(Code::invalid, std::string(name) + " 须为 true 或 false",
              std::string(name) + " must be true or false");
}

Result<std::size_t> page_size(const Call& call, std::size_t otherwise) {
  auto wanted = TRY(number_of(call, "page_size", otherwise));
  if (wanted > 0) return std::min<std::size_t>(wanted, page_size_max);
  return fail(Code::invalid, "page_size 须大于 0", "page_size must be above 0");
}

Result<Position> asked_position(const Call& call) {
  std::optional<Position> at;
  auto as_of = value_of(call.request.query, "asOf");
  if (!value_of(call.request.query, "at").empty()) at = TRY(number_of(call, "at", 0));
  if (at && !as_of.empty()) {
    return fail(Code::invalid, "at 和 asOf 只能用一个", "either at or asOf, not both");
  }
  return position_of(at, std::string(as_of), call.office.log());
}

}  // namespace cli
