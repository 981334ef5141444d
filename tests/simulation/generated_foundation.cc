// What a generated round rests on: a calendar, the scheme, people and their roles, the call.
#include <boost/json/serialize.hpp>

#include "events/record.h"
#include "tests/sample/cast.h"
#include "tests/simulation/generated_round.h"
#include "tests/simulation/generated_scheme.h"

namespace tests {
namespace {

namespace json = boost::json;
using events::string;
using events::view;

constexpr unsigned reviewers = 7;

std::string some_day(Dice& dice, unsigned year, std::uint64_t month) {
  return std::to_string(year) + "-0" + std::to_string(month) + "-" +
         std::to_string(dice.between(10, 28));
}

}  // namespace

void GeneratedRound::foundation() {
  publish();
  staff();
  experts();
  pass(std::chrono::hours(24 * dice_.between(20, 60)));
  call();
  applicants();
}

void GeneratedRound::publish() {
  json::array notices;
  for (unsigned year = 2016; year <= 2019; ++year) {
    json::array off;
    json::array work;
    for (auto i = dice_.up_to(6); i > 0; --i) off.emplace_back(some_day(dice_, year, i));
    for (auto i = dice_.up_to(3); i > 0; --i) work.emplace_back(some_day(dice_, year, 6 + i));
    notices.push_back({{"announcedOn", std::to_string(year - 1) + "-11-20"},
                       {"paper", "放假通知 " + std::to_string(year)},
                       {"covers", json::array{year}},
                       {"off", std::move(off)},
                       {"work", std::move(work)}});
  }
  const Someone administrator{"admin-1", ""};
  send(administrator, "publishCalendar",
       {{"calendar", generated_calendar}, {"notices", std::move(notices)}});
  send(administrator, "publishScheme", {{"scheme", generated_id}, {"text", text_}});
}

void GeneratedRound::register_person(const std::string& person) {
  send({"admin-1", ""}, "registerPerson", {{"person", person}, {"name", "（虚构）" + person}});
}

void GeneratedRound::grant(const std::string& person, const std::string& role,
                           const std::string& body) {
  Object held{{"person", person}, {"role", role}};
  bool of_log = role == "administrator" || role == "inspector";
  if (!of_log) held["scheme"] = generated_id;
  if (!body.empty()) held["body"] = body;
  std::string proposal = id("proposal");
  send({"admin-1", ""}, "proposeRole", {{"proposal", proposal}, {"role", std::move(held)}});
  std::string by = role == "administrator" ? "admin-1" : "admin-2";
  if (send({by, ""}, "grantRole", {{"proposal", proposal}})) members_[role].push_back(person);
}

void GeneratedRound::staff() {
  register_person("admin-2");
  grant("admin-2", "administrator");
  for (const char* organ : {"office", "agency", "board", "supervisor"}) {
    auto count = std::string_view(organ) == "board" ? 4 : dice_.between(2, 3);
    for (std::uint64_t i = 1; i <= count; ++i) {
      std::string person = organ + ("-" + std::to_string(i));
      register_person(person);
      grant(person, organ);
    }
  }
  for (const char* body : {"north", "south"}) {
    register_person(body);
    grant(body, "recommender", body);
  }
  register_person("inspector-1");
  grant("inspector-1", "inspector");
  for (unsigned i = 1; i <= reviewers; ++i) {
    std::string person = "expert-" + std::to_string(i);
    register_person(person);
    grant(person, "reviewer");
  }
  // Somebody in two organs, where the scheme lets him.
  if (percent(30)) grant("office-1", "board");
  if (percent(15)) grant("expert-1", "agency");
}

void GeneratedRound::experts() {
  if (!scheme_->reader().hasPool()) return;
  std::string keeper = string(scheme_->reader().getPool().getWho());
  if (keeper.empty()) keeper = string(scheme_->reader().getSteps()[0].getWho());
  for (unsigned i = 1; i <= reviewers; ++i) {
    json::array specialties{i % 2 == 0 ? "quality" : "law"};
    if (percent(30)) specialties = {"quality", "safety"};
    Object body{{"scheme", generated_id},
                {"expert", "expert-" + std::to_string(i)},
                {"specialties", std::move(specialties)},
                {"from", day(0)},
                {"evidence", "入库审批"}};
    if (percent(20)) body["until"] = day(static_cast<int>(dice_.between(100, 300)));
    send(one_of(keeper), "admitExpert", std::move(body));
  }
}

void GeneratedRound::call() {
  Object deadlines;
  std::string who;
  for (auto step : scheme_->reader().getSteps()) {
    if (step.getKind() == events::StepKind::CALL) who = string(step.getWho());
    if (!step.hasCloses() || !step.getCloses().isInCall()) continue;
    bool first = step.getKind() == events::StepKind::APPLY;
    auto days = first ? dice_.between(8, 20) : dice_.between(30, 120);
    deadlines[string(step.getStep())] = day(static_cast<int>(days));
  }
  send(one_of(who), "publishCall",
       {{"round", generated_round},
        {"scheme", generated_id},
        {"year", 2017},
        {"document", "通知〔2017〕1号"},
        {"deadlines", std::move(deadlines)}});
}

void GeneratedRound::applicants() {
  int organisations = 0;
  for (auto track : scheme_->reader().getTracks()) {
    for (auto i = dice_.between(1, 4); i > 0; --i) {
      Entrant one{id("A"), id("applicant"), id("person"), string(track.getTrack()),
                  static_cast<unsigned>(dice_.between(4, 10)) * 10};
      Object body{{"applicant", one.applicant}};
      if (percent(5)) one.representative = one_of("reviewer").person;
      if (percent(5)) one.representative = one_of("office").person;
      if (one.representative.starts_with("person")) register_person(one.representative);
      body["representative"] = one.representative;
      bool individual = track.getObject() == events::Object::INDIVIDUAL;
      if (individual != percent(3)) {
        body["individual"] = {{"name", "（虚构）个人"}};
      } else {
        body["organisation"] = {{"name", "（虚构）单位"},
                                {"creditCode", sample::credit_code(++organisations)}};
      }
      send(one_of("office"), "registerApplicant", std::move(body));
      members_["applicant"].push_back(one.representative);
      if (percent(10)) {
        send(one_of("office"), "registerEarlierAward",
             {{"applicant", one.applicant},
              {"scheme", generated_id},
              {"award", "award1"},
              {"conferredOn", percent(50) ? "2009-10-01" : "2015-10-01"},
              {"evidence", "证书"}});
      }
      if (percent(5)) {
        send(one_of("office"), "registerEarlierApplication",
             {{"applicant", one.applicant},
              {"scheme", "national"},
              {"year", 2017},
              {"evidence", "受理通知"}});
      }
      entrants_.push_back(std::move(one));
    }
  }
}

}  // namespace tests
