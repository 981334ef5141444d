#include <set>

#include "engine/scheme.h"
#include "events/assert.h"
#include "events/sha256.h"
#include "events/text_encoding.h"
#include "tests/sample/scenes.h"
#include "tests/sample/sources.h"

namespace sample {
namespace {

constexpr const char* step = "document-review";
constexpr const char* recusal_clause = "第二十八条（三）";

const engine::Scheme& measures() {
  static const auto read = [] {
    auto scheme_read = engine::Scheme::read(scheme_text(), scheme);
    ASSERT(scheme_read.has_value());
    return *std::move(scheme_read);
  }();
  return *read;
}

std::string rubric_of(const std::string& track) {
  return std::string(measures().track(track)->getRubric().cStr());
}

// An invented seed, the same in every run.
std::string seed(const std::string& of) {
  return events::hex(events::sha256(events::bytes_of(of))).substr(0, 32);
}

std::string digest(const std::string& seed_hex) {
  auto bytes = events::parse_hex(seed_hex);
  ASSERT(bytes.has_value());
  return events::hex(events::sha256(*bytes));
}

// 70 % give or take, by application, member and item.
json::object percents(const Entrant& one, int member, int shift) {
  json::object out;
  int index = 0;
  for (const auto& item : measures().items(rubric_of(one.track))) {
    int wave = (index++ * (member + 2) % 3 - 1) * 5;
    out[item.item] = one.percent + wave + shift;
  }
  return out;
}

void score(Script& script, const Entrant& one, const std::string& reviewer, int member,
           int shift = 0) {
  script.send(
      reviewer, "reviewer", "enterScores",
      {{"application", one.application}, {"step", step}, {"scores", percents(one, member, shift)}});
  script.send(reviewer, "reviewer", "submitScores",
              {{"application", one.application}, {"step", step}});
}

void declare(Script& script, const std::string& reviewer, const std::string& application,
             const char* tie = nullptr) {
  json::object body{{"application", application}};
  if (tie) {
    body["tie"] = {{"ground", "employed"}, {"explanation", tie}};
  } else {
    body["none"] = json::object();
  }
  script.send(reviewer, "reviewer", "declareTie", std::move(body));
}

void close(Script& script, const Entrant& one, const std::string& leader,
           json::value expect = nullptr) {
  script.send(leader, "reviewer", "closeReview", {{"application", one.application}, {"step", step}},
              std::move(expect));
}

json::object demands(const std::string& track) {
  if (track == manufacturing) return {{"manufacturing", 1}, {"any", 2}};
  return {{"any", 3}};
}

void replace_one(Script& script, Script::Drawn& group) {
  std::string leaves = group.members.back();
  group.members.back() = group.reserves.front();
  script.send("agency-1", "agency", "replaceMember",
              {{"round", round_id},
               {"step", "group"},
               {"track", services},
               {"leaves", leaves},
               {"joins", group.members.back()},
               {"reason", "（虚构）因病不能参加"}});
}

}  // namespace

std::vector<Entrant> SampleRound::admitted(const std::string& track) const {
  std::vector<Entrant> some;
  for (const Entrant& one : entrants_) {
    bool gone = one.application == "A-13" || one.application == "A-14";
    if (one.track == track && !gone) some.push_back(one);
  }
  return some;
}

void SampleRound::draws() {
  script_.scene(
      "抽取评审组：登记有任职关系的专家被排除；先承诺种子摘要，纪检给出另一种子，再揭示；候补递补",
      "drawing the groups: an expert with a registered relation is left out; a digest first, "
      "a second seed, then the opening; a reserve steps in");
  script_.at("2017-05-15T09:00:00+08:00");
  script_.send("office-1", "office", "registerRelation",
               {{"person", expert(7)},
                {"applicant", "org-15"},
                {"ground", "employed"},
                {"from", "2015-01-01"},
                {"until", "2016-12-31"},
                {"evidence", "（虚构）社保缴纳记录比对"}});
  for (const std::string& track : tracks()) {
    std::string draw = "draw-" + track;
    script_.send("agency-1", "agency", "commitDraw",
                 {{"draw", draw},
                  {"round", round_id},
                  {"step", "group"},
                  {"track", track},
                  {"demands", demands(track)},
                  {"digest", digest(seed(draw))}});
    script_.send("discipline-1", "discipline", "witnessDraw",
                 {{"draw", draw}, {"seed", seed("witness " + draw)}});
    script_.send("agency-1", "agency", "openDraw",
                 {{"draw", draw}, {"seed", seed(draw)}, {"group", "g-" + track}});
    groups_[track] = script_.drawn();
  }
  replace_one(script_, groups_[services]);
}

void SampleRound::declarations() {
  script_.scene(
      "承诺、逐份申报利害关系；申报了利害关系的评审员仍想评分，管理员想解除回避，均被拒",
      "commitments, declarations; scoring despite a tie and lifting a recusal are refused");
  script_.at("2017-05-16T09:00:00+08:00");
  const auto& first = groups_.at(manufacturing).members;
  script_.send(first[0], "reviewer", "enterScores",
               {{"application", "A-01"}, {"step", step}, {"scores", {{"4.1.2", 80}}}},
               refused("第二十八条（二）"));
  std::set<std::string> bound;
  for (const auto& [track, group] : groups_) {
    for (const std::string& member : group.members) {
      if (bound.insert(member).second) {
        script_.send(
            member, "reviewer", "signCommitment",
            {{"round", round_id}, {"text", "（虚构）本人承诺公正评审、保守秘密、主动回避"}});
      }
      for (const Entrant& one : admitted(track)) {
        bool tie = one.application == "A-02" && member == first[2];
        declare(script_, member, one.application, tie ? "（虚构）两年前曾任该单位顾问" : nullptr);
      }
    }
  }
  script_.send(first[2], "reviewer", "enterScores",
               {{"application", "A-02"}, {"step", step}, {"scores", {{"4.1.2", 95}}}},
               refused(recusal_clause));
  script_.send("admin-1", "", "liftRecusal",
               {{"application", "A-02"}, {"person", first[2]}, {"reason", "（虚构）人手不足"}},
               refused(recusal_clause));
}

void SampleRound::scores() {
  script_.scene("评分：一份评分明显偏离同组，须书面说明后方可结束评审",
                "scores: a sheet far off the others is explained before the review is closed");
  script_.at("2017-05-22T09:00:00+08:00");
  for (const auto& [track, group] : groups_) {
    for (const Entrant& one : admitted(track)) {
      bool outlier = one.application == "A-20";
      for (int i = 0; i < 3; ++i) {
        if (one.application == "A-02" && i == 2) continue;
        score(script_, one, group.members[static_cast<std::size_t>(i)], i,
              outlier && i == 1 ? -30 : 0);
      }
      if (outlier) {
        close(script_, one, group.members[0], refused("第十九条"));
        script_.send(group.members[1], "reviewer", "explainScore",
                     {{"application", one.application},
                      {"step", step},
                      {"reason", "（虚构）结果类条目缺少可比数据，故大幅低于同组"}});
      }
      close(script_, one, group.members[0]);
    }
  }
}

void SampleRound::late_tie() {
  script_.scene("评分之后查到未申报的利害关系：纪检申请回避，市审定办决定，评分作废，重新计算",
                "a tie found after the scores: recusal requested and granted, the sheet voided");
  script_.at("2017-05-26T09:00:00+08:00");
  const Entrant best = admitted(small).front();
  const auto& group = groups_.at(small).members;
  script_.send("office-1", "office", "registerRelation",
               {{"person", group[1]},
                {"applicant", best.applicant},
                {"ground", "employed"},
                {"from", "2015-03-01"},
                {"until", "2016-06-30"},
                {"evidence", "（虚构）社保缴纳记录比对"}});
  script_.send(
      "discipline-1", "discipline", "requestRecusal",
      {{"request", "rr-1"},
       {"application", best.application},
       {"person", group[1]},
       {"tie",
        {{"ground", "employed"}, {"explanation", "（虚构）2016 年前任职于该单位，未申报"}}}});
  script_.send("office-1", "office", "decideRecusal",
               {{"request", "rr-1"}, {"granted", true}, {"reason", "（虚构）经核实属实"}});
  close(script_, best, group[0]);
}

}  // namespace sample
