#include "cli/problem.h"

#include <boost/json/array.hpp>
#include <cctype>

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

events::Words what_to_do(Code code) {
  switch (code) {
    case Code::invalid:
      return {
          "所提交的内容不合格式或不合规定。“errors”逐项写明位置和原因，改正后换一个编号再提交。",
          "What was sent has a wrong form or value. `errors` names each place and why; mend "
          "them and send it under another id."};
    case Code::not_found:
      return {"没有这个编号、位置或地址，或者它与您无关。请核对写法。",
              "There is no such id, position or path, or it is none of your business. Check how it "
              "is written."};
    case Code::unauthenticated:
      return {"请先登录，或带上有效的令牌。令牌过期或已停用时，请管理员重新发放。",
              "Log in first, or bring a token that is valid. Administrators issue a new one for "
              "one that has expired or was ended."};
    case Code::forbidden:
      return {"您的身份不能办理或查看这一项。“detail”写明谁可以。",
              "Your role may not do or see this. `detail` says who may."};
    case Code::conflict:
      return {"按现在的进展或按所引条款，这一步不能办。请看“clause”和“detail”，先办所缺的步骤。",
              "As things stand, or by the article in `clause`, this step is not possible. "
              "`detail` says what has to come first."};
    case Code::stale:
      return {"您作决定时所看的内容此后已有变化。请重新查看，再决定是否仍要提交。",
              "What you decided on has changed since. Look again, and decide whether you still "
              "mean it."};
    case Code::reused:
      return {"同一编号此前用于另一条指令。重试须一字不改；新的指令请用新的编号。",
              "The same id was used for another command. A retry must be the same to the letter; "
              "a new command takes a new id."};
    case Code::too_early:
      return {"期限或条件尚未到。“detail”写明何时可以。",
              "The day has not come. `detail` says when it does."};
    case Code::too_late:
      return {"期限已过。“clause”是规定期限的条款；办法另有规定的，由主管机构按规定处理。",
              "The term is over; `clause` is the article that sets it. What the measures provide "
              "for such a case is for the organ in charge."};
    case Code::too_many:
      return {"请稍等再试，“detail”写明要等几秒。", "Wait as many seconds as `detail` says."};
    case Code::overloaded:
      return {"系统一时来不及。请过“Retry-After”秒后用同一编号再试，不会办两次。",
              "It is too much at the moment. Try again after `Retry-After` seconds under the same "
              "id: nothing is done twice."};
    case Code::corrupt:
      return {"服务器上的数据有损坏。请把“requestId”告诉运行服务器的人，不要反复重试。",
              "Data on the server are damaged. Tell its operator the `requestId`, and do not go on "
              "trying."};
  }
  return {};
}

// tooEarly: too-early
std::string type_of(Code code) {
  std::string type;
  for (char letter : events::code_name(code)) {
    bool capital = letter >= 'A' && letter <= 'Z';
    if (capital) type += '-';
    type += capital ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return type;
}

}  // namespace

json::object problem_of(const events::Error& error, Language language) {
  json::object problem{{"type", "/problems/" + type_of(error.code)},
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

std::optional<std::string> problem_page(std::string_view type) {
  std::string name;
  for (char letter : type) {
    bool capital = !name.empty() && name.back() == '-';
    if (capital) name.pop_back();
    name += capital ? static_cast<char>(std::toupper(letter)) : letter;
  }
  auto code = events::parse_code(name);
  if (!code || type_of(*code) != type) return std::nullopt;
  events::Words title = title_of(*code);
  events::Words advice = what_to_do(*code);
  // Our own words alone: nothing of a request stands in the page.
  return "<!doctype html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><title>" + title.zh +
         "</title></head>\n<body><h1>" + title.zh + "</h1><p>" + advice.zh +
         "</p>\n<h1 lang=\"en\">" + title.en + "</h1><p lang=\"en\">" + advice.en + "</p>\n<p>" +
         std::to_string(http_status(*code)) + " " + name + "</p></body></html>\n";
}

}  // namespace cli
