#include "cli/sample_script.h"

namespace cli {

namespace json = boost::json;

namespace {

// All three members are present; two of them are against A-03.
void vote(Script& script) {
  script.send("committee-1", "committee", "openBallot",
              {{"ballot", "b-1"},
               {"round", round_id},
               {"step", "deliberate"},
               {"track", track},
               {"candidates", {"A-01", "A-03"}},
               {"present", {"committee-1", "committee-2", "committee-3"}}});
  for (const char* member : {"committee-1", "committee-2", "committee-3"}) {
    bool first = member == std::string_view("committee-1");
    script.send(member, "committee", "castVote",
                {{"ballot", "b-1"},
                 {"choices", {{"A-01", "favour"}, {"A-03", first ? "favour" : "against"}}}});
  }
  script.send("committee-1", "committee", "closeBallot", {{"ballot", "b-1"}});
}

}  // namespace

json::object sample_list(const char* step, json::array listed, const char* reason) {
  json::object body{
      {"round", round_id}, {"step", step}, {"track", track}, {"listed", std::move(listed)}};
  if (*reason) body["reason"] = reason;
  return body;
}

void sample_decision(Script& script) {
  script.scene("审定、批准、授奖；公示未满即审定被拒",
               "decision, approval, award; deciding before the notice ends is refused");
  script.at("2017-07-24T09:00:00+08:00");
  script.send("committee-1", "committee", "fixList", sample_list("deliberate", {"A-01"}),
              refused("第二十五条"));
  script.at("2017-08-01T09:00:00+08:00");
  script.send(
      "government-1", "government", "approveList",
      {{"round", round_id}, {"step", "approve"}, {"track", track}, {"document", "沪府（虚构）1号"}},
      refused("第二十五条"));
  script.send("committee-1", "committee", "fixList", sample_list("deliberate", {"A-01"}),
              refused("第二十五条"));
  vote(script);
  script.send("committee-1", "committee", "fixList", sample_list("deliberate", {"A-01"}));
  script.send(
      "government-1", "government", "approveList",
      {{"round", round_id}, {"step", "approve"}, {"track", track}, {"document", "沪府（虚构）1号"}},
      refused("第三条"));
  script.send("committee-1", "committee", "leaveVacant",
              {{"round", round_id},
               {"step", "deliberate"},
               {"track", track},
               {"places", 9},
               {"reason", "（虚构）其余申报未达到金奖水平，宁缺毋滥"}});
  script.at("2017-09-01T09:00:00+08:00");
  script.send("government-1", "government", "approveList",
              {{"round", round_id},
               {"step", "approve"},
               {"track", track},
               {"document", "沪府（虚构）1号"}});
  script.send("government-1", "government", "conferAward",
              {{"application", "A-03"}, {"step", "confer"}, {"certificate", "（虚构）002"}},
              refused("第二十六条"));
  script.send("government-1", "government", "conferAward",
              {{"application", "A-01"}, {"step", "confer"}, {"certificate", "（虚构）001"}});
}

}  // namespace cli
