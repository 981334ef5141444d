#include <algorithm>

#include "tests/sample/scenes.h"

namespace sample {
namespace {

// How many of each class go on to the site review.
const std::map<std::string, std::size_t> places = {
    {manufacturing, 5}, {services, 3}, {small, 3},       {other, 1},
    {innovation, 2},    {mayor, 3},    {gold_person, 5}, {mayor_person, 2},
};

}  // namespace

void SampleRound::rankings() {
  script_.scene("排序；并列处在名额线上，由审定委员会写明理由裁定",
                "ranking; a tie at the quota line is settled by the committee, with its reason");
  script_.at("2017-06-05T09:00:00+08:00");
  for (const std::string& track : tracks()) {
    script_.send("agency-1", "agency", "fixRanking",
                 {{"round", round_id}, {"step", "ranking"}, {"track", track}});
  }
  script_.send("office-1", "office", "settleRankTie",
               {{"round", round_id},
                {"step", "ranking"},
                {"track", gold_person},
                {"order", {"P-06", "P-05"}},
                {"reason", "（虚构）试图由市审定办裁定"}},
               refused("第二十五条"));
  script_.send("committee-1", "committee", "settleRankTie",
               {{"round", round_id},
                {"step", "ranking"},
                {"track", gold_person},
                {"order", {"P-06", "P-05"}},
                {"reason", "（虚构）一线贡献更突出者在前"}});
}

void SampleRound::shortlists() {
  script_.scene("确定现场评审名单，向未入围者反馈",
                "the shortlists, and word to those not on them");
  script_.at("2017-06-06T09:00:00+08:00");
  for (const std::string& track : tracks()) {
    auto entrants = admitted(track);
    std::ranges::stable_sort(entrants, std::greater(), &Entrant::percent);
    if (track == gold_person) std::swap(entrants[4], entrants[5]);  // As the committee settled it.
    auto& ids = shortlisted_[track];
    std::vector<std::string> others;
    for (const Entrant& one : entrants) {
      (ids.size() < places.at(track) ? ids : others).push_back(one.application);
    }
    script_.send(
        "agency-1", "agency", "fixList",
        {{"round", round_id}, {"step", "shortlist"}, {"track", track}, {"listed", listed(ids)}});
    for (const std::string& id : others) {
      script_.send("office-1", "office", "act",
                   {{"application", id},
                    {"step", "feedback"},
                    {"outcome", "passed"},
                    {"opinion", "（虚构）未进入现场评审，主要差距见评审报告"}});
    }
  }
}

void SampleRound::first_notice() {
  script_.scene("公示现场评审名单：缩短期限被拒，提前结束被拒；一件异议查无实据",
                "the first notice: cutting it short is refused; an objection is not upheld");
  script_.at("2017-06-07T09:00:00+08:00");
  for (const std::string& track : tracks()) {
    json::object notice{{"notice", "n1-" + track},
                        {"round", round_id},
                        {"step", "notice-shortlist"},
                        {"track", track},
                        {"channels", listed({"society"})}};
    if (track == manufacturing) {
      json::object shorter = notice;
      shorter["lastDay"] = "2017-06-10";
      script_.send("office-1", "office", "publishNotice", std::move(shorter),
                   refused("第二十四条"));
    }
    script_.send("office-1", "office", "publishNotice", std::move(notice));
  }
  script_.at("2017-06-09T09:00:00+08:00");
  script_.send("office-1", "", "endNotice", {{"notice", std::string("n1-") + manufacturing}},
               refused("第二十四条"));
  script_.send("rep-7", "", "fileObjection",
               {{"objection", "o-1"},
                {"notice", std::string("n1-") + manufacturing},
                {"application", "A-01"},
                {"content", "（虚构）上年度发生过质量投诉"}});
  script_.at("2017-06-12T09:00:00+08:00");
  script_.send("office-1", "office", "settleObjection",
               {{"objection", "o-1"}, {"upheld", false}, {"report", "（虚构）核查未发现所称情形"}});
}

}  // namespace sample
