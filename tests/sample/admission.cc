#include "tests/sample/scenes.h"

namespace sample {
namespace {

json::object common_form() {
  return {{"voluntary", "true"},
          {"truthful", "true"},
          {"selfEvaluation", "（虚构）自我评价摘要"},
          {"contactName", "（虚构）联系人"}};
}

json::object organisation_form(const std::string& track, const char* since) {
  json::object form = common_form();
  form["registeredOn"] = since;
  form["operatingSince"] = since;
  form["lawful"] = "true";
  form["licensed"] = "true";
  form["excellence"] = "（虚构）实施卓越绩效管理";
  form["leading"] = "（虚构）主要指标行业领先";
  form["forProfit"] = "true";
  if (track == small) form["growth"] = "（虚构）三年复合增长";
  if (track == innovation) form["replicable"] = "（虚构）方法已在两家单位复制";
  return form;
}

json::object person_form() {
  json::object form = common_form();
  form["qualityWorkSince"] = "2005-07-01";
  form["improvement"] = "（虚构）主持质量改进项目";
  form["groupActivity"] = "（虚构）组织质量小组活动";
  form["frontLine"] = "（虚构）长期在一线工作";
  form["goodCredit"] = "true";
  form["topManager"] = "false";
  return form;
}

void register_entrant(Script& script, const Entrant& one) {
  script.send("admin-1", "", "registerPerson",
              {{"person", one.representative}, {"name", "（虚构）申报代表" + one.applicant}});
  json::object applicant{{"applicant", one.applicant}, {"representative", one.representative}};
  if (one.person) {
    applicant["individual"] = {{"name", "（虚构）" + one.name}};
  } else {
    applicant["organisation"] = {{"name", one.name}, {"creditCode", credit_code(one.number)}};
  }
  script.send("office-1", "office", "registerApplicant", std::move(applicant));
}

void submit(Script& script, const Entrant& one, json::object form, json::value expect = nullptr) {
  script.send(one.representative, "applicant", "submitApplication",
              {{"application", one.application},
               {"round", round_id},
               {"applicant", one.applicant},
               {"step", "apply"},
               {"track", one.track},
               {"form", std::move(form)}},
              std::move(expect));
}

json::object form_of(const Entrant& one) {
  return one.person ? person_form() : organisation_form(one.track, "1999-06-01");
}

// One more organisation, that only tries.
Entrant outsider(int number, const char* application, const char* track) {
  Entrant one;
  one.number = number;
  one.application = application;
  one.applicant = "org-" + std::to_string(number);
  one.representative = "rep-" + std::to_string(number);
  one.name = "虚构门外" + std::to_string(number) + "号有限公司";
  one.track = track;
  return one;
}

void earlier_gold(Script& script, const std::string& applicant, const char* on) {
  script.send("office-1", "office", "registerEarlierAward",
              {{"applicant", applicant},
               {"scheme", scheme},
               {"award", "gold"},
               {"conferredOn", on},
               {"evidence", "（虚构）获奖证书 " + applicant}});
}

void recommend(Script& script, const Entrant& one, json::value expect = nullptr) {
  script.send("recommender-" + one.channel, "recommender", "act",
              {{"application", one.application},
               {"step", "recommend"},
               {"outcome", "passed"},
               {"form", {{"channel", one.channel}, {"truthful", "true"}, {"conforming", "true"}}},
               {"opinion", "（虚构）材料真实，符合条件，同意推荐 " + one.name}},
              std::move(expect));
}

}  // namespace

void SampleRound::call() {
  Script& script = script_;
  script.scene("发布申报通知，登记申报主体", "the call, and the applicants");
  script.at("2017-03-01T09:00:00+08:00");
  script.send("office-1", "office", "publishCall",
              {{"round", round_id},
               {"scheme", scheme},
               {"year", 2017},
               {"document", "沪质奖办〔2017〕（虚构）1号"},
               {"deadlines", {{"apply", "2017-04-14"}, {"recommend", "2017-04-28"}}}});
  for (const Entrant& one : entrants_) register_entrant(script, one);
  for (const Entrant& one : entrants_) {
    if (one.track == mayor) earlier_gold(script, one.applicant, "2013-11-20");
  }
}

void SampleRound::applications() {
  Script& script = script_;
  script.scene("申报：不足五年、同年重复、间隔期内、无金奖报市长奖、逾期的被拒",
               "applying: too young, twice in a year, too soon again, no gold, too late: refused");
  script.at("2017-03-20T10:00:00+08:00");
  for (const Entrant& one : entrants_) submit(script, one, form_of(one));
  const Entrant young = outsider(91, "X-91", manufacturing);
  const Entrant winner = outsider(92, "X-92", manufacturing);
  const Entrant no_gold = outsider(93, "X-93", mayor);
  const Entrant late = outsider(94, "X-94", services);
  for (const Entrant& one : {young, winner, no_gold, late}) register_entrant(script, one);
  earlier_gold(script, winner.applicant, "2015-11-20");
  submit(script, young, organisation_form(young.track, "2013-06-01"), refused("第十二条（一）"));
  submit(script, winner, organisation_form(winner.track, "1999-06-01"), refused("第十四条"));
  submit(script, no_gold, organisation_form(no_gold.track, "1999-06-01"),
         refused("第十二条（六）"));
  Entrant again = entrant("A-01");
  again.application = "X-95";
  submit(script, again, form_of(again), refused("第十四条"));
  script.at("2017-04-10T10:00:00+08:00");
  script.send("rep-14", "applicant", "withdrawApplication",
              {{"application", "A-14"}, {"reason", "（虚构）企业重组，撤回申报"}});
  script.at("2017-04-15T00:00:00+08:00");
  submit(script, late, organisation_form(late.track, "1999-06-01"), refused("第十六条"));
}

void SampleRound::recommendations() {
  Script& script = script_;
  script.scene("推荐：日历调整使推荐截止日顺延；逾期推荐被拒",
               "recommending: a calendar amendment moves the last day; too late is refused");
  script.at("2017-04-20T10:00:00+08:00");
  for (const Entrant& one : entrants_) {
    if (one.application != "A-14" && one.application != "A-13") recommend(script, one);
  }
  script.at("2017-04-24T09:00:00+08:00");
  json::object notice{{"announcedOn", "2017-04-24"},
                      {"paper", "（虚构）调休通知"},
                      {"off", listed({"2017-04-28"})}};
  script.send("admin-1", "", "publishCalendar",
              {{"calendar", "china"}, {"notices", json::array{std::move(notice)}}});
  script.send("office-1", "office", "moveDeadline",
              {{"round", round_id},
               {"step", "recommend"},
               {"reason", "（虚构）4 月 28 日调休，推荐截止日顺延至下一工作日"}});
  script.at("2017-05-03T00:00:00+08:00");
  recommend(script, entrant("A-13"), refused("第十七条"));
}

void SampleRound::examination() {
  Script& script = script_;
  script.scene("资格审查：补正、书面征询部门；受理",
               "examination: a supplement, a department asked; acceptance");
  script.at("2017-05-04T10:00:00+08:00");
  script.send("office-1", "office", "acceptApplication",
              {{"application", "A-01"}, {"step", "accept"}}, refused("第十八条"));
  script.send("agency-1", "agency", "requestSupplement",
              {{"application", "A-02"},
               {"step", "examine"},
               {"wanted", "（虚构）上年度审计报告"},
               {"lastDay", "2017-05-10"}});
  script.send("agency-1", "agency", "askDepartment",
              {{"consultation", "q-1"},
               {"application", "A-03"},
               {"step", "examine"},
               {"body", "（虚构）生态环境部门"},
               {"question", "（虚构）近三年有无环境污染事故"},
               {"lastDay", "2017-05-12"}});
  auto examine = [&](const std::string& id, json::value expect = nullptr) {
    script.send("agency-1", "agency", "act",
                {{"application", id},
                 {"step", "examine"},
                 {"outcome", "passed"},
                 {"form", {{"conditions", "true"}, {"complete", "true"}}}},
                std::move(expect));
  };
  examine("A-02", refused("第十八条"));
  examine("A-03", refused("第十八条"));
  script.at("2017-05-08T10:00:00+08:00");
  script.send("rep-2", "applicant", "fileSupplement",
              {{"application", "A-02"},
               {"step", "examine"},
               {"form", {{"leading", "（虚构）主要指标行业领先，附审计报告"}}},
               {"explanation", "（虚构）已补齐审计报告"}});
  script.send("agency-1", "agency", "answerDepartment",
              {{"consultation", "q-1"}, {"objects", false}, {"answer", "（虚构）未发现"}});
  for (const Entrant& one : entrants_) {
    if (one.application != "A-14" && one.application != "A-13") examine(one.application);
  }
  script.at("2017-05-10T10:00:00+08:00");
  for (const Entrant& one : entrants_) {
    if (one.application == "A-14" || one.application == "A-13") continue;
    script.send("office-1", "office", "acceptApplication",
                {{"application", one.application}, {"step", "accept"}});
  }
}

}  // namespace sample
