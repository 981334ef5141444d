#include "tests/simulation/cast.h"

namespace tests {
namespace {

// The first three persons are meant to become administrators, so that grants by two persons happen.
std::string role(Cast& cast) {
  std::string person = cast.person();
  bool first = person == "p1" || person == "p2" || person == "p3";
  std::string text = R"({"person": )" + in_json(person) + R"(, "role": )";
  if (first && cast.dice().percent(70)) return text + R"("administrator"})";
  if (cast.dice().percent(30)) return text + R"("inspector"})";
  return text + R"("office", "scheme": "shanghai-2016"})";
}

}  // namespace

std::string register_person(Cast& cast) {
  std::string person = cast.person();
  return R"("registerPerson": {"person": )" + in_json(person) + R"(, "name": "姓名)" + person +
         R"("})";
}

std::string propose_role(Cast& cast) {
  return R"("proposeRole": {"proposal": )" + in_json(cast.proposal()) + R"(, "role": )" +
         role(cast) + "}";
}

std::string grant_role(Cast& cast) {
  return R"("grantRole": {"proposal": )" + in_json(cast.proposal()) + "}";
}

// The same again and again, until refusals are no longer recorded one by one.
std::string grant_role_stubbornly(Cast&) { return R"("grantRole": {"proposal": "g1"})"; }

std::string end_role(Cast& cast) {
  return R"("endRole": {"role": )" + role(cast) + R"(, "reason": "left"})";
}

}  // namespace tests
