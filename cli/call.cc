#include "cli/call.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "events/text_encoding.h"

namespace cli {

using events::Code;
using events::Position;
using events::Result;

namespace {

constexpr std::size_t page_size_max = 1000;

}  // namespace

Response json_response(const boost::json::value& value) {
  Response response;
  response.body = boost::json::serialize(value) + "\n";
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

Result<Rights> caller_of(Office& office, const std::string& token) {
  auto found = TRY(office.tokens().find(token, office.now()));
  Rights rights(office.log(), found.person);
  if (rights.registered()) return rights;
  return events::fail(Code::unauthenticated, "令牌的持有人未登记",
                      "the token's owner is not registered");
}

Result<std::uint64_t> number_of(const Call& call, std::string_view name, std::uint64_t otherwise) {
  std::string_view text = value_of(call.request.query, name);
  if (text.empty()) return otherwise;
  auto number = events::parse_decimal(text);
  if (number) return *number;
  return events::fail(Code::invalid, std::string(name) + " 须为整数",
                      std::string(name) + " must be a whole number");
}

Result<std::size_t> page_size(const Call& call, std::size_t otherwise) {
  auto wanted = TRY(number_of(call, "page_size", otherwise));
  if (wanted > 0) return std::min<std::size_t>(wanted, page_size_max);
  return events::fail(Code::invalid, "page_size 须大于 0", "page_size must be above 0");
}

Result<Position> asked_position(const Call& call) {
  std::optional<Position> at;
  if (!value_of(call.request.query, "at").empty()) at = TRY(number_of(call, "at", 0));
  return position_of(at, std::string(value_of(call.request.query, "asOf")), call.office.log());
}

}  // namespace cli
