#include "cli/problem.h"

#include <boost/json/array.hpp>

#include "cli/error.h"
#include "events/code.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Code;

events::Words title_of(Code code) {
  switch (code) {
    case Code::invalid:
      return {"内容有误", "not valid"};
    case Code::not_found:
      return {"没有找到", "not found"};
    case Code::unauthenticated:
      return {"身份未确认", "not authenticated"};
    case Code::forbidden:
      return {"无权办理", "not permitted"};
    case Code::conflict:
      return {"与现状不符", "not possible as things stand"};
    case Code::stale:
      return {"依据已变化", "decided on something that has changed"};
    case Code::reused:
      return {"编号已用过", "the id was used before"};
    case Code::too_early:
      return {"为时过早", "too early"};
    case Code::too_late:
      return {"已经逾期", "too late"};
    case Code::too_many:
      return {"尝试过于频繁", "too many attempts"};
    case Code::overloaded:
      return {"系统繁忙", "too busy"};
    case Code::corrupt:
      return {"数据损坏", "damaged"};
  }
  return {};
}

// tooEarly: too-early
std::string type_of(Code code) {
  std::string type = "/problems/";
  for (char letter : events::code_name(code)) {
    bool capital = letter >= 'A' && letter <= 'Z';
    if (capital) type += '-';
    type += capital ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return type;
}

}  // namespace

json::object problem_of(const events::Error& error, Language language) {
  json::object problem{{"type", type_of(error.code)},
                       {"title", in_language(title_of(error.code), language)},
                       {"status", http_status(error.code)},
                       {"code", events::code_name(error.code)},
                       {"detail", in_language(error.words, language)}};
  if (!error.clause.empty()) problem["clause"] = error.clause;
  if (error.faults.empty()) return problem;
  json::array faults;
  for (const auto& fault : error.faults) {
    faults.push_back({{"place", fault.place}, {"detail", in_language(fault.words, language)}});
  }
  problem["errors"] = std::move(faults);
  return problem;
}

}  // namespace cli
