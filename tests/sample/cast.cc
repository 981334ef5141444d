#include "tests/sample/cast.h"

#include <algorithm>
#include <string_view>

#include "engine/credit_code.h"

namespace sample {
namespace {

struct Class {
  const char* track;
  const char* name;
  int size;
  int best;  // Percent of the best; each next one does a step worse.
  bool person;
};

constexpr Class classes[] = {
    {manufacturing, "虚构制造", 14, 85, false}, {services, "虚构服务", 10, 80, false},
    {small, "虚构小企业", 9, 80, false},        {other, "虚构机构", 7, 45, false},
    {innovation, "虚构创新", 4, 80, false},     {mayor, "虚构集团", 5, 90, false},
    {gold_person, "虚构工匠", 8, 85, true},     {mayor_person, "虚构专家", 4, 85, true},
};

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::vector<Entrant> make_entrants() {
  std::vector<Entrant> all;
  int organisations = 0;
  int persons = 0;
  for (const Class& one : classes) {
    for (int i = 1; i <= one.size; ++i) {
      Entrant entrant;
      entrant.person = one.person;
      entrant.number = one.person ? ++persons : ++organisations;
      std::string number = std::to_string(entrant.number);
      entrant.application = (one.person ? "P-" : "A-") + two_digits(entrant.number);
      entrant.applicant = (one.person ? "person-" : "org-") + number;
      entrant.representative = (one.person ? "self-" : "rep-") + number;
      entrant.name =
          std::string(one.name) + std::to_string(i) + (one.person ? "（人）" : "号有限公司");
      entrant.track = one.track;
      entrant.channel = channels()[all.size() % channels().size()];
      entrant.percent = std::max(30, one.best - 5 * (i - 1));
      // Equal to the one before: the tie at the quota line.
      if (one.track == std::string_view(gold_person) && i == 6) entrant.percent += 5;
      all.push_back(std::move(entrant));
    }
  }
  return all;
}

}  // namespace

const std::vector<Entrant>& entrants() {
  static const std::vector<Entrant> all = make_entrants();
  return all;
}

const std::vector<std::string>& tracks() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> names;
    for (const Class& one : classes) names.emplace_back(one.track);
    return names;
  }();
  return all;
}

std::string credit_code(int number) {
  std::string body = "91310000MA1FL0000";
  body.replace(14, 3, std::to_string(100 + number));
  for (char check : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
    if (engine::check_credit_code(body + check)) return body + check;
  }
  return body;
}

std::string expert(int number) { return "expert-" + two_digits(number); }

const char* specialty(int number) {
  constexpr const char* all[] = {"manufacturing", "services", "management"};
  return all[number % 3];
}

const std::vector<std::string>& channels() {
  static const std::vector<std::string> all = {"industry", "district", "zone", "association"};
  return all;
}

}  // namespace sample
