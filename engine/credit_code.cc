#include "engine/credit_code.h"

#include <string>

namespace engine {
namespace {

// GB 32100-2015, 5.2: digits and capitals without I, O, S, V, Z.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::size_t length = 18;

std::unexpected<events::Error> wrong(std::string_view code, std::string zh, std::string en) {
  return events::fail(events::Code::invalid,
                      "统一社会信用代码 " + std::string(code) + " 无效：" + zh,
                      "the unified social credit code " + std::string(code) + " is invalid: " + en);
}

}  // namespace

events::Result<> check_credit_code(std::string_view code) {
  if (code.size() != length) return wrong(code, "应为 18 位", "it must have 18 characters");
  unsigned sum = 0;
  unsigned weight = 1;  // The powers of 3 modulo 31.
  for (char one : code.substr(0, length - 1)) {
    auto value = alphabet.find(one);
    if (value == std::string_view::npos) {
      return wrong(code, std::string("不能含字符 ") + one, std::string("it may not hold ") + one);
    }
    sum += static_cast<unsigned>(value) * weight;
    weight = weight * 3 % 31;
  }
  char expected = alphabet[(31 - sum % 31) % 31];
  if (code.back() == expected) return {};
  return wrong(code, std::string("校验位应为 ") + expected,
               std::string("its check character should be ") + expected);
}

}  // namespace engine
