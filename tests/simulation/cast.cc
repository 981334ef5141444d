#include "tests/simulation/cast.h"

namespace tests {
namespace {

constexpr Line lines[] = {
    {14, register_person},
    {12, propose_role},
    {14, grant_role},
    {10, grant_role_stubbornly},
    {3, end_role},
    {6, publish_calendar},
    {1, publish_scheme},
    {8, register_applicant},
    {6, register_earlier_award},
    {6, register_earlier_application},
};

std::string body(Cast& cast) {
  unsigned all = 0;
  for (const Line& line : lines) all += line.weight;
  auto drawn = cast.dice().up_to(all - 1);
  for (const Line& line : lines) {
    if (drawn < line.weight) return line.body(cast);
    drawn -= line.weight;
  }
  return {};
}

}  // namespace

std::string in_json(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string Cast::next(events::Position head) {
  if (!said_.empty() && dice_.percent(10)) return dice_.pick(said_).text;
  Said said{"c" + std::to_string(said_.size() + 1), administrator(), {}};
  if (dice_.percent(15)) said.actor = person();
  if (!said_.empty() && dice_.percent(5)) {
    const Said& earlier = dice_.pick(said_);
    said.id = earlier.id;
    if (dice_.percent(70)) said.actor = earlier.actor;
  }
  said.text = "{" + envelope(said.id, said.actor, head) + ", " + body(*this) + "}";
  said_.push_back(said);
  return said.text;
}

std::string Cast::envelope(const std::string& id, const std::string& actor, events::Position head) {
  std::string text = R"("id": )" + in_json(id) + R"(, "actor": )" + in_json(actor);
  if (dice_.percent(5))
    text += R"(, "effectiveOn": "202)" + std::to_string(dice_.up_to(9)) + R"(-06-01")";
  if (dice_.percent(3))
    text += R"(, "at": "2026-0)" + std::to_string(dice_.between(1, 9)) + R"(-01T00:00:00Z")";
  if (dice_.percent(3)) text += R"(, "role": "office")";
  if (!dice_.percent(15)) return text;
  const std::vector<std::string> subjects{"person/" + person(),
                                          "proposal/" + proposal(),
                                          "applicant/" + applicant(),
                                          "calendar/china",
                                          "log/log",
                                          "planet/mars"};
  auto position = head > 4 && dice_.percent(50) ? head - dice_.up_to(4) : dice_.up_to(head + 1);
  return text + R"(, "expected": [{"subject": )" + in_json(dice_.pick(subjects)) +
         R"(, "position": )" + std::to_string(position) + "}]";
}

std::string Cast::person() {
  if (dice_.percent(8)) return dice_.percent(50) ? "admin" : "clock";
  return "p" + std::to_string(dice_.between(1, 9));
}

std::string Cast::proposal() { return "g" + std::to_string(dice_.between(1, 14)); }

std::string Cast::applicant() { return "a" + std::to_string(dice_.between(1, 7)); }

std::string Cast::administrator() {
  if (dice_.percent(65)) return "admin";
  return "p" + std::to_string(dice_.between(1, 3));
}

}  // namespace tests
