#include <algorithm>

#include "tests/sample/scenes.h"

namespace sample {
namespace {

json::object list(const char* step, const std::string& track, const std::vector<std::string>& ids,
                  const char* reason = "") {
  json::object body{{"round", round_id}, {"step", step}, {"track", track}, {"listed", listed(ids)}};
  if (*reason) body["reason"] = reason;
  return body;
}

bool is_person(const std::string& track) { return track == gold_person || track == mayor_person; }

void visit(Script& script, const std::string& id, const std::string& reviewer, bool person) {
  script.send(reviewer, "reviewer", "act",
              {{"application", id},
               {"step", "site-review"},
               {"outcome", "passed"},
               {"form",
                {{"customersHeard", "true"},
                 {"suppliersHeard", "true"},
                 {"staffHeard", "true"},
                 {"publicHeard", "true"}}},
               {"opinion", "（虚构）现场情况与材料一致"}});
  script.send("agency-1", "agency", "act",
              {{"application", id},
               {"step", "public-evaluation"},
               {"outcome", "passed"},
               {"form", {{"result", "（虚构）满意"}}}});
  script.send("agency-1", "agency", "enterResult",
              {{"application", id},
               {"step", "public-evaluation"},
               {"hundredths", 8600},
               {"basis", "（虚构）有效问卷 200 份，满意度 86%"}});
  if (person) return;
  script.send(reviewer, "reviewer", "act",
              {{"application", id},
               {"step", "defence"},
               {"outcome", "passed"},
               {"form", {{"result", "（虚构）良好"}}}});
  script.send(reviewer, "reviewer", "enterResult",
              {{"application", id},
               {"step", "defence"},
               {"hundredths", 24600},
               {"outOf", 3},
               {"basis", "（虚构）评分表 3 份"}});
}

}  // namespace

void SampleRound::visits() {
  script_.scene("现场评审、公众评价、陈述答辩", "site review, public evaluation, defence");
  script_.at("2017-07-03T09:00:00+08:00");
  for (const std::string& track : tracks()) {
    for (const std::string& id : shortlisted_[track]) {
      visit(script_, id, groups_[track].members[0], is_person(track));
    }
  }
}

void SampleRound::proposals() {
  script_.scene("评审组提出建议名单，市审定办汇总为推荐名单",
                "the groups propose, the office merges");
  script_.at("2017-07-20T09:00:00+08:00");
  for (const std::string& track : tracks()) {
    const auto& ids = shortlisted_[track];
    script_.send(groups_[track].members[0], "reviewer", "fixList",
                 list("proposal", track, ids, "（虚构）综合资料评审、现场评审、公众评价和答辩"));
    recommended_[track] = ids;
    bool shorter = track == manufacturing;
    if (shorter) recommended_[track].pop_back();
    script_.send("office-1", "office", "fixList",
                 list("comprehensive", track, recommended_[track],
                      shorter ? "（虚构）综合现场情况，末位不予推荐" : ""));
  }
}

void SampleRound::second_notice() {
  script_.scene(
      "公示获奖推荐名单（社会和申报单位内部）；一件异议属实，该申报终止；公示未满即审定、未经审定即"
      "批准被拒",
      "the second notice, also inside each applicant; deciding and approving too early are "
      "refused; "
      "an objection upheld ends an application");
  script_.at("2017-07-21T09:00:00+08:00");
  for (const std::string& track : tracks()) {
    script_.send("office-1", "office", "publishNotice",
                 {{"notice", "n2-" + track},
                  {"round", round_id},
                  {"step", "notice-proposed"},
                  {"track", track},
                  {"channels", listed({"society", "applicant-unit"})}});
    for (const std::string& id : recommended_[track]) {
      script_.send(entrant(id).representative, "applicant", "proveInternalNotice",
                   {{"notice", "n2-" + track},
                    {"application", id},
                    {"evidence", "（虚构）单位公告栏照片及说明"}});
    }
  }
  script_.at("2017-07-24T09:00:00+08:00");
  script_.send("committee-1", "committee", "openBallot",
               {{"ballot", "b-early"},
                {"round", round_id},
                {"step", "deliberate"},
                {"track", manufacturing},
                {"candidates", listed(recommended_[manufacturing])},
                {"present", listed({"committee-1"})}},
               refused("第二十五条"));
  script_.send("government-1", "government", "approveList",
               {{"round", round_id},
                {"step", "approve"},
                {"track", manufacturing},
                {"document", "沪府（虚构）〔2017〕87号"}},
               refused("第二十五条"));
  std::string objected = recommended_[services].back();
  script_.send("rep-20", "", "fileObjection",
               {{"objection", "o-2"},
                {"notice", std::string("n2-") + services},
                {"application", objected},
                {"content", "（虚构）隐瞒上年度安全事故"}});
  script_.at("2017-07-27T09:00:00+08:00");
  script_.send(
      "office-1", "office", "settleObjection",
      {{"objection", "o-2"}, {"upheld", true}, {"report", "（虚构）经应急管理部门核实，事故属实"}});
  recommended_[services].pop_back();
}

void SampleRound::ballots() {
  script_.scene("审定委员会表决：一位委员回避，两类未获通过而空缺",
                "the committee votes; a class is left vacant");
  script_.at("2017-08-01T09:00:00+08:00");
  script_.send("committee-2", "committee", "declareTie",
               {{"application", "A-01"},
                {"tie", {{"ground", "invested"}, {"explanation", "（虚构）配偶持有该单位股份"}}}});
  json::array present;
  for (int i = 1; i <= committee_members - 1; ++i)
    present.emplace_back("committee-" + std::to_string(i));
  const std::map<std::string, std::size_t> winners = {
      {manufacturing, 4}, {services, 2}, {small, 2},       {other, 0},
      {innovation, 1},    {mayor, 2},    {gold_person, 5}, {mayor_person, 0},
  };
  for (const std::string& track : tracks()) {
    const auto& candidates = recommended_[track];
    std::string ballot = "b-" + track;
    script_.send(track == manufacturing ? "committee-3" : "committee-1", "committee", "openBallot",
                 {{"ballot", ballot},
                  {"round", round_id},
                  {"step", "deliberate"},
                  {"track", track},
                  {"candidates", listed(candidates)},
                  {"present", present}});
    std::size_t passed = std::min(winners.at(track), candidates.size());
    for (int i = 1; i <= committee_members - 1; ++i) {
      std::string member = "committee-" + std::to_string(i);
      json::object choices;
      for (std::size_t k = 0; k < candidates.size(); ++k) {
        if (member == "committee-2" && candidates[k] == "A-01") continue;
        choices[candidates[k]] = k < passed ? "favour" : "against";
      }
      script_.send(member, "committee", "castVote",
                   {{"ballot", ballot}, {"choices", std::move(choices)}});
    }
    if (track == manufacturing) {
      script_.send("committee-2", "committee", "castVote",
                   {{"ballot", ballot}, {"choices", {{"A-01", "favour"}}}},
                   refused("第二十八条（三）"));
    }
    script_.send("committee-3", "committee", "closeBallot", {{"ballot", ballot}});
    std::vector<std::string> ids(candidates.begin(),
                                 candidates.begin() + static_cast<std::ptrdiff_t>(passed));
    if (!ids.empty()) {
      script_.send("committee-3", "committee", "fixList",
                   list("deliberate", track, ids, "（虚构）依表决结果"));
    }
    recommended_[track] = ids;
  }
  auto vacant = [&](const char* track, int places, const char* reason) {
    script_.send("committee-3", "committee", "leaveVacant",
                 {{"round", round_id},
                  {"step", "deliberate"},
                  {"track", track},
                  {"places", places},
                  {"reason", reason}});
  };
  vacant(other, 1, "（虚构）其他组织类无人通过表决，该类空缺");
  vacant(mayor_person, 2, "（虚构）无人通过表决，空缺");
}

void SampleRound::awards() {
  script_.scene("报市政府批准、授奖；越过批准的授奖被拒",
                "approval by the government, and the awards");
  script_.at("2017-08-20T09:00:00+08:00");
  script_.send("government-1", "government", "conferAward",
               {{"application", "A-01"}, {"step", "confer"}, {"certificate", "（虚构）000"}},
               refused("第二十六条"));
  int certificate = 0;
  for (const std::string& track : tracks()) {
    if (recommended_[track].empty()) continue;
    script_.send("government-1", "government", "approveList",
                 {{"round", round_id},
                  {"step", "approve"},
                  {"track", track},
                  {"document", "沪府（虚构）〔2017〕88号"}});
    for (const std::string& id : recommended_[track]) {
      script_.send("government-1", "government", "conferAward",
                   {{"application", id},
                    {"step", "confer"},
                    {"certificate", "（虚构）2017-" + std::to_string(++certificate)}});
    }
  }
}

}  // namespace sample
