#include "cli/sample_round.h"

#include <boost/json.hpp>

#include "cli/resources.h"
#include "cli/sample_script.h"
#include "engine/credit_code.h"
#include "engine/scheme.h"
#include "events/assert.h"
#include "events/calendar.capnp.h"
#include "events/decode.h"
#include "events/encode.h"
#include "events/parse_yaml.h"

namespace cli {
namespace {

namespace json = boost::json;

constexpr const char* rubric = "gbt19580-2012";

std::string_view carried(std::string_view path) {
  auto text = resource(path);
  ASSERT(text.has_value());
  return *text;
}

json::value calendar_notices() {
  auto node = events::parse_yaml(carried("engine/calendars/china.yaml"), "china.yaml");
  ASSERT(node.has_value());
  capnp::MallocMessageBuilder builder;
  auto decoded = events::decode(*node, builder.initRoot<events::CalendarFile>(), "china.yaml");
  ASSERT(decoded.has_value());
  auto file = events::encode(builder.getRoot<events::CalendarFile>().asReader());
  return file.as_object().at("notices");
}

// An invented code with its right check character.
std::string credit_code(int number) {
  std::string body = "91310000MA1FL0000";
  body.replace(14, 3, std::to_string(100 + number));
  for (char check : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
    if (engine::check_credit_code(body + check)) return body + check;
  }
  return body;
}

void grant(Script& script, const std::string& person, const std::string& role) {
  std::string proposal = "p-" + person;
  json::object held{{"person", person}, {"role", role}, {"scheme", scheme}};
  if (role == "recommender") held["body"] = "district";
  script.send("admin-1", "", "proposeRole", {{"proposal", proposal}, {"role", std::move(held)}});
  script.send("admin-2", "", "grantRole", {{"proposal", proposal}});
}

void foundation(Script& script) {
  script.scene("基础：日历、办法、人员与授权",
               "what the round rests on: calendar, scheme, people, roles");
  script.at(sample_start);
  script.send("admin-1", "", "publishCalendar",
              {{"calendar", "china"}, {"notices", calendar_notices()}});
  script.send("admin-1", "", "publishScheme",
              {{"scheme", scheme}, {"text", carried("engine/schemes/shanghai-2016.yaml")}});
  auto person = [&](const std::string& id, const char* name) {
    script.send("admin-1", "", "registerPerson", {{"person", id}, {"name", name}});
  };
  person("admin-1", "（虚构）管理员甲");
  person("admin-2", "（虚构）管理员乙");
  script.send(
      "admin-1", "", "proposeRole",
      {{"proposal", "p-admin-2"}, {"role", {{"person", "admin-2"}, {"role", "administrator"}}}});
  script.send("admin-1", "", "grantRole", {{"proposal", "p-admin-2"}});
  const std::pair<const char*, const char*> staff[] = {
      {"office-1", "office"},           {"agency-1", "agency"},
      {"recommender-1", "recommender"}, {"committee-1", "committee"},
      {"committee-2", "committee"},     {"committee-3", "committee"},
      {"government-1", "government"},   {"reviewer-1", "reviewer"},
      {"reviewer-2", "reviewer"},       {"reviewer-3", "reviewer"},
      {"discipline-1", "discipline"}};
  for (const auto& [id, role] : staff) {
    person(id, "（虚构）工作人员");
    grant(script, id, role);
  }
  // A grant takes two persons.
  script.send("admin-1", "", "proposeRole",
              {{"proposal", "p-self"},
               {"role", {{"person", "office-1"}, {"role", "committee"}, {"scheme", scheme}}}});
  script.send("admin-1", "", "grantRole", {{"proposal", "p-self"}}, refused("probity:four-eyes"));
}

void call(Script& script) {
  script.scene("发布申报通知，登记申报主体", "the call, and the applicants");
  script.at("2017-03-01T09:00:00+08:00");
  script.send("office-1", "office", "publishCall",
              {{"round", round_id},
               {"scheme", scheme},
               {"year", 2017},
               {"document", "沪质奖办〔2017〕（虚构）1号"},
               {"deadlines", {{"apply", "2017-04-14"}, {"recommend", "2017-04-28"}}}});
  for (int i = 1; i <= 6; ++i) {
    std::string number = std::to_string(i);
    script.send("admin-1", "", "registerPerson",
                {{"person", "rep-" + number}, {"name", "（虚构）申报代表" + number}});
    script.send("office-1", "office", "registerApplicant",
                {{"applicant", "org-" + number},
                 {"representative", "rep-" + number},
                 {"organisation",
                  {{"name", "虚构制造" + number + "号有限公司"}, {"creditCode", credit_code(i)}}}});
  }
}

json::object form(const char* operating_since) {
  return {{"voluntary", "true"},
          {"truthful", "true"},
          {"selfEvaluation", "（虚构）自我评价摘要"},
          {"contactName", "（虚构）联系人"},
          {"registeredOn", operating_since},
          {"operatingSince", operating_since},
          {"lawful", "true"},
          {"licensed", "true"},
          {"excellence", "（虚构）实施卓越绩效管理"},
          {"leading", "（虚构）主要指标行业领先"},
          {"forProfit", "true"}};
}

void apply(Script& script, int applicant, const char* application, const char* operating_since,
           json::value expect = nullptr) {
  std::string number = std::to_string(applicant);
  script.send("rep-" + number, "applicant", "submitApplication",
              {{"application", application},
               {"round", round_id},
               {"applicant", "org-" + number},
               {"step", "apply"},
               {"track", track},
               {"form", form(operating_since)}},
              std::move(expect));
}

void applications(Script& script) {
  script.scene("申报：一家不足五年、一家重复、一家逾期",
               "applying: one too young, one twice, one too late");
  script.at("2017-03-20T10:00:00+08:00");
  apply(script, 1, "A-01", "1998-05-04");
  apply(script, 2, "A-02", "2003-09-01");
  apply(script, 3, "A-03", "2008-02-18");
  apply(script, 4, "A-04", "2011-11-11");
  apply(script, 5, "A-05", "2013-06-01", refused("第十二条（一）"));
  apply(script, 1, "A-07", "1998-05-04", refused("第十四条"));
  script.at("2017-04-15T00:00:00+08:00");
  apply(script, 6, "A-06", "2001-01-08", refused("第十六条"));
}

void act(Script& script, const char* actor, const char* role, const std::string& application,
         const char* step, json::object fields, const char* opinion = "") {
  json::object body{{"application", application}, {"step", step}, {"outcome", "passed"}};
  if (!fields.empty()) body["form"] = std::move(fields);
  if (*opinion) body["opinion"] = opinion;
  script.send(actor, role, "act", std::move(body));
}

const std::string accepted[] = {"A-01", "A-02", "A-03", "A-04"};

void admission(Script& script) {
  script.scene("推荐、资格审查、受理", "recommendation, examination, acceptance");
  script.at("2017-04-20T10:00:00+08:00");
  for (const auto& id : accepted) {
    act(script, "recommender-1", "recommender", id, "recommend",
        {{"channel", "district"}, {"truthful", "true"}, {"conforming", "true"}},
        "（虚构）材料真实，符合条件，同意推荐");
  }
  script.at("2017-05-03T10:00:00+08:00");
  // Acceptance is the office's, and only after the agency has examined.
  script.send("office-1", "office", "acceptApplication",
              {{"application", "A-01"}, {"step", "accept"}}, refused("第十八条"));
  for (const auto& id : accepted) {
    act(script, "agency-1", "agency", id, "examine",
        {{"conditions", "true"}, {"complete", "true"}});
  }
  script.at("2017-05-05T10:00:00+08:00");
  for (const auto& id : accepted) {
    script.send("office-1", "office", "acceptApplication",
                {{"application", id}, {"step", "accept"}});
  }
}

// Invented, and the same on every machine: 70 % give or take, by applicant, reviewer and item.
json::object scores(int applicant, int reviewer) {
  auto read = engine::Scheme::read(carried("engine/schemes/shanghai-2016.yaml"), scheme);
  ASSERT(read.has_value());
  json::object out;
  int index = 0;
  constexpr int base[] = {80, 70, 70, 60};
  for (const auto& item : (*read)->items(rubric)) {
    int wave = (index++ * (reviewer + 1) % 3 - 1) * 5;
    out[item.item] = base[applicant - 1] + wave;
  }
  return out;
}

void score(Script& script, int applicant, int reviewer) {
  std::string application = "A-0" + std::to_string(applicant);
  std::string person = "reviewer-" + std::to_string(reviewer);
  script.send(person, "reviewer", "enterScores",
              {{"application", application},
               {"step", "document-review"},
               {"scores", scores(applicant, reviewer)}});
  script.send(person, "reviewer", "submitScores",
              {{"application", application}, {"step", "document-review"}});
}

void review(Script& script) {
  script.scene("评审：承诺、利害关系申报、评分；一位评审员申报了利害关系",
               "review: commitment, declarations, scores; one reviewer declares a tie");
  script.at("2017-05-15T09:00:00+08:00");
  script.send("agency-1", "agency", "formReviewGroup",
              {{"round", round_id},
               {"step", "group"},
               {"track", track},
               {"group", "g-1"},
               {"reviewers", {"reviewer-1", "reviewer-2", "reviewer-3"}},
               {"leader", "reviewer-1"}});
  json::object early{
      {"application", "A-01"}, {"step", "document-review"}, {"scores", {{"4.1.2", 80}}}};
  script.send("reviewer-1", "reviewer", "enterScores", early, refused("第二十八条（二）"));
  for (int reviewer = 1; reviewer <= 3; ++reviewer) {
    std::string person = "reviewer-" + std::to_string(reviewer);
    script.send(person, "reviewer", "signCommitment",
                {{"round", round_id}, {"text", "（虚构）本人承诺公正评审、保守秘密、主动回避"}});
    for (const auto& id : accepted) {
      bool tie = reviewer == 3 && id == "A-02";
      json::object body{{"application", id}};
      if (tie) {
        body["tie"] = {{"ground", "employed"}, {"explanation", "（虚构）两年前曾任该单位顾问"}};
      } else {
        body["none"] = json::object();
      }
      script.send(person, "reviewer", "declareTie", body);
    }
  }
  script.at("2017-05-22T09:00:00+08:00");
  for (int applicant = 1; applicant <= 4; ++applicant) {
    for (int reviewer = 1; reviewer <= 3; ++reviewer) {
      if (applicant != 2 || reviewer != 3) score(script, applicant, reviewer);
    }
  }
  // Recused is recused, and nobody takes it back.
  json::object recused{
      {"application", "A-02"}, {"step", "document-review"}, {"scores", {{"4.1.2", 95}}}};
  script.send("reviewer-3", "reviewer", "enterScores", recused, refused("第二十八条（三）"));
  script.send("reviewer-3", "reviewer", "declareTie",
              {{"application", "A-02"}, {"none", json::object()}}, refused("第二十八条（三）"));
  for (const auto& id : accepted) {
    script.send("reviewer-1", "reviewer", "closeReview",
                {{"application", id}, {"step", "document-review"}});
  }
}

void shortlist(Script& script) {
  script.scene("排序、入围名单、公示", "ranking, shortlist, public notice");
  script.at("2017-06-05T09:00:00+08:00");
  script.send("agency-1", "agency", "fixRanking",
              {{"round", round_id}, {"step", "ranking"}, {"track", track}});
  script.send("agency-1", "agency", "fixList", sample_list("shortlist", {"A-01", "A-02"}),
              refused("第十九条"));
  script.send("agency-1", "agency", "fixList", sample_list("shortlist", {"A-01", "A-02", "A-03"}));
  act(script, "office-1", "office", "A-04", "feedback", {},
      "（虚构）未进入现场评审，主要差距见评审报告");
  script.at("2017-06-06T09:00:00+08:00");
  json::object notice{{"notice", "n-1"},
                      {"round", round_id},
                      {"step", "notice-shortlist"},
                      {"track", track},
                      {"channels", {"society"}}};
  json::object shorter = notice;
  shorter["lastDay"] = "2017-06-10";
  script.send("office-1", "office", "publishNotice", shorter, refused("第二十四条"));
  script.send("office-1", "office", "publishNotice", notice);
}

void site(Script& script) {
  script.scene("现场评审、公众评价、答辩、建议名单",
               "site review, public evaluation, defence, proposals");
  script.at("2017-07-03T09:00:00+08:00");
  for (const char* id : {"A-01", "A-02", "A-03"}) {
    act(script, "reviewer-1", "reviewer", id, "site-review",
        {{"customersHeard", "true"},
         {"suppliersHeard", "true"},
         {"staffHeard", "true"},
         {"publicHeard", "true"}},
        "（虚构）现场情况与材料一致");
    act(script, "agency-1", "agency", id, "public-evaluation", {{"result", "（虚构）满意"}});
    act(script, "reviewer-2", "reviewer", id, "defence", {{"result", "（虚构）良好"}});
    script.send("agency-1", "agency", "enterResult",
                {{"application", id},
                 {"step", "public-evaluation"},
                 {"hundredths", 8600},
                 {"basis", "（虚构）有效问卷 200 份"}});
    script.send("reviewer-2", "reviewer", "enterResult",
                {{"application", id},
                 {"step", "defence"},
                 {"hundredths", 24700},
                 {"outOf", 3},
                 {"basis", "（虚构）评分表 3 份"}});
  }
  script.at("2017-07-20T09:00:00+08:00");
  script.send(
      "reviewer-1", "reviewer", "fixList",
      sample_list("proposal", {"A-01", "A-02", "A-03"}, "（虚构）综合各项结果，三家均可推荐"));
  script.send("office-1", "office", "fixList",
              sample_list("comprehensive", {"A-01", "A-03"}, "（虚构）A-02 现场评审后不予推荐"));
  script.send("office-1", "office", "publishNotice",
              {{"notice", "n-2"},
               {"round", round_id},
               {"step", "notice-proposed"},
               {"track", track},
               {"channels", {"society", "applicant-unit"}}});
  for (const char* number : {"1", "3"}) {
    script.send(std::string("rep-") + number, "applicant", "proveInternalNotice",
                {{"notice", "n-2"},
                 {"application", std::string("A-0") + number},
                 {"evidence", "（虚构）单位公告栏照片及说明"}});
  }
}

}  // namespace

std::vector<Scene> sample_round() {
  Script script;
  foundation(script);
  call(script);
  applications(script);
  admission(script);
  review(script);
  shortlist(script);
  site(script);
  sample_decision(script);
  return script.take();
}

}  // namespace cli
