#include "tests/sample/scenes.h"
#include "tests/sample/sources.h"

namespace sample {
namespace {

void register_person(Script& script, const std::string& id, const std::string& name) {
  script.send("admin-1", "", "registerPerson", {{"person", id}, {"name", "（虚构）" + name}});
}

void grant(Script& script, const std::string& person, const std::string& role,
           const std::string& body = "") {
  json::object held{{"person", person}, {"role", role}, {"scheme", scheme}};
  if (!body.empty()) held["body"] = body;
  std::string proposal = "p-" + role + "-" + person;
  script.send("admin-1", "", "proposeRole", {{"proposal", proposal}, {"role", std::move(held)}});
  script.send("admin-2", "", "grantRole", {{"proposal", proposal}});
}

void grant_of_log(Script& script, const std::string& person, const std::string& role,
                  const char* granted_by = "admin-2") {
  std::string proposal = "p-" + person;
  script.send("admin-1", "", "proposeRole",
              {{"proposal", proposal}, {"role", {{"person", person}, {"role", role}}}});
  script.send(granted_by, "", "grantRole", {{"proposal", proposal}});
}

void staff(Script& script) {
  register_person(script, "admin-1", "管理员甲");
  register_person(script, "admin-2", "管理员乙");
  grant_of_log(script, "admin-2", "administrator", "admin-1");
  const std::pair<const char*, const char*> all[] = {
      {"office-1", "office"},         {"office-2", "office"},
      {"agency-1", "agency"},         {"agency-2", "agency"},
      {"government-1", "government"}, {"discipline-1", "discipline"},
      {"discipline-2", "discipline"}, {"department-1", "department"}};
  for (const auto& [id, role] : all) {
    register_person(script, id, "工作人员");
    grant(script, id, role);
  }
  for (const std::string& channel : channels()) {
    register_person(script, "recommender-" + channel, "推荐机构经办人");
    grant(script, "recommender-" + channel, "recommender", channel);
  }
  for (int i = 1; i <= committee_members; ++i) {
    std::string id = "committee-" + std::to_string(i);
    register_person(script, id, "审定委员" + std::to_string(i));
    grant(script, id, "committee");
  }
  // Roles of the log itself, which no scheme gives: they see every round.
  for (const std::string role : {"inspector", "auditor"}) {
    std::string id = role + "-1";
    register_person(script, id, role == "auditor" ? "审计人员" : "纪检监察人员");
    grant_of_log(script, id, role);
  }
  // A grant takes two persons.
  script.send("admin-1", "", "proposeRole",
              {{"proposal", "p-self"},
               {"role", {{"person", "office-1"}, {"role", "committee"}, {"scheme", scheme}}}});
  script.send("admin-1", "", "grantRole", {{"proposal", "p-self"}}, refused("probity:four-eyes"));
}

void pool(Script& script) {
  script.scene("专家库：42 位专家入库并授权", "the pool: 42 experts admitted");
  script.at("2017-01-10T09:00:00+08:00");
  for (int i = 1; i <= experts; ++i) {
    register_person(script, expert(i), "专家" + std::to_string(i));
    grant(script, expert(i), "reviewer");
    script.send("office-1", "office", "admitExpert",
                {{"scheme", scheme},
                 {"expert", expert(i)},
                 {"specialties", listed({specialty(i)})},
                 {"from", "2017-01-10"},
                 {"evidence", "（虚构）入库审批表" + std::to_string(i)}});
  }
}

}  // namespace

void SampleRound::foundation() {
  Script& script = script_;
  script.scene("基础：日历、办法、人员与授权",
               "what the round rests on: calendar, scheme, people, roles");
  script.at("2017-01-03T09:00:00+08:00");
  script.send("admin-1", "", "publishCalendar",
              {{"calendar", "china"}, {"notices", calendar_notices()}});
  script.send("admin-1", "", "publishScheme", {{"scheme", scheme}, {"text", scheme_text()}});
  staff(script);
  pool(script);
}

}  // namespace sample
