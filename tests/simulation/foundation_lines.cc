#include <boost/json/serialize.hpp>
#include <fstream>
#include <iterator>

#include "engine/credit_code.h"
#include "tests/built.h"
#include "tests/simulation/cast.h"

namespace tests {
namespace {

// A good code, or now and then one with another check character.
std::string credit_code(Cast& cast) {
  std::string code = "9131000" + std::to_string(cast.dice().between(1'000'000'000, 9'999'999'999));
  constexpr std::string_view characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  for (char last : characters) {
    if (engine::check_credit_code(code + last) && !cast.dice().percent(20)) return code + last;
  }
  return code + "0";
}

std::string day(Cast& cast) {
  auto month = std::to_string(cast.dice().between(10, 12));
  return in_json("2025-" + month + "-" + std::to_string(cast.dice().between(10, 28)));
}

}  // namespace

std::string publish_calendar(Cast& cast) {
  std::string paper = in_json("paper " + std::to_string(cast.dice().between(1, 6)));
  return R"("publishCalendar": {"calendar": "china", "notices": [{"announcedOn": "2025-09-01", )"
         R"("paper": )" +
         paper + R"(, "off": [{"from": )" + day(cast) + "}]}]}";
}

// A whole file: it fills several records, each near the limit of size.
std::string publish_scheme(Cast&) {
  std::ifstream file(std::string(tests::source_dir) + "/engine/schemes/shanghai-2016.yaml");
  std::string text(std::istreambuf_iterator<char>(file), {});
  return R"("publishScheme": {"scheme": "shanghai-2016", "text": )" + boost::json::serialize(text) +
         "}";
}

std::string register_applicant(Cast& cast) {
  std::string text = R"("registerApplicant": {"applicant": )" + in_json(cast.applicant()) +
                     R"(, "representative": )" + in_json(cast.person());
  if (cast.dice().percent(30)) return text + R"(, "individual": {"name": "个人姓名"}})";
  return text + R"(, "organisation": {"name": "某厂", "creditCode": )" +
         in_json(credit_code(cast)) + "}}";
}

std::string register_earlier_award(Cast& cast) {
  return R"("registerEarlierAward": {"applicant": )" + in_json(cast.applicant()) +
         R"(, "scheme": "shanghai-2016", "award": "gold", "conferredOn": )" + day(cast) +
         R"(, "evidence": "certificate"})";
}

std::string register_earlier_application(Cast& cast) {
  return R"("registerEarlierApplication": {"applicant": )" + in_json(cast.applicant()) +
         R"(, "scheme": "national", "year": 2025, "evidence": "letter"})";
}

}  // namespace tests
