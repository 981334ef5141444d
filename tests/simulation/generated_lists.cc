// Where the applications of a track are compared: rankings, lists, votes, notices.
#include <algorithm>
#include <set>

#include "engine/evolve.h"
#include "events/record.h"
#include "events/subject.h"
#include "tests/simulation/generated_round.h"
#include "tests/simulation/generated_scheme.h"

namespace tests {
namespace {

namespace json = boost::json;
using engine::RankedEntry;
using engine::RoundNotice;
using events::string;
using events::view;

// A copy, for what is said changes what is known.
template <class Map>
typename Map::mapped_type at(const Map& map, const typename Map::key_type& key) {
  auto found = map.find(key);
  return found == map.end() ? typename Map::mapped_type() : found->second;
}

}  // namespace

void GeneratedRound::rank(Step step, const std::string& track) {
  bool due = std::ranges::any_of(
      standing(track), [&](const std::string& id) { return begun(step, application(id)); });
  if (!due && !percent(4)) return;
  if (say(one_of(string(step.getWho()), track), "fixRanking", at_track(step, track))) {
    settle_ties(step, track);
  }
}

void GeneratedRound::settle_ties(Step step, const std::string& track) {
  if (!scheme_->reader().hasRankTies()) return;
  std::map<unsigned, Ids> shared;
  for (const RankedEntry& one : at(round().rankings, {string(step.getStep()), track})) {
    if (one.place == 0) shared[one.rank].push_back(one.application);
  }
  for (auto& [rank, tied] : shared) {
    if (tied.size() < 2 && !percent(10)) continue;
    if (percent(50)) std::ranges::reverse(tied);
    Object body = at_track(step, track);
    body["order"] = listed(tied);
    body["reason"] = "（虚构）裁定";
    say(one_of(string(scheme_->reader().getRankTies().getSettledBy()), track), "settleRankTie",
        std::move(body));
  }
}

// The best first.
GeneratedRound::Ids GeneratedRound::candidates(Step step, const std::string& track) {
  engine::StepTrack from{string(step.getList().getFrom()), track};
  Ids all;
  if (auto list = round().lists.find(from); list != round().lists.end()) all = list->second.listed;
  if (auto found = round().rankings.find(from); found != round().rankings.end()) {
    auto ranking = found->second;
    std::ranges::stable_sort(ranking, [](const RankedEntry& one, const RankedEntry& other) {
      return std::pair(one.rank, one.place) < std::pair(other.rank, other.place);
    });
    for (const RankedEntry& one : ranking) all.push_back(one.application);
  }
  std::erase_if(all, [&](const std::string& id) { return round().applications.at(id).gone(); });
  return all;
}

void GeneratedRound::list(Step step, const std::string& track) {
  auto from = candidates(step, track);
  if (from.empty()) {
    if (percent(60)) leave_vacant(step, track);
    if (!percent(30)) return;
  }
  if (step.getBallot()) vote(step, track);
  auto balloted = at(round().balloted, {string(step.getStep()), track});
  std::erase_if(from, [&](const std::string& id) {
    bool failed = application(id).outcomes.contains(string(step.getStep()));
    for (auto before : step.getAfter()) {
      auto own = application(id).outcomes.find(view(before));
      failed = failed || (own != application(id).outcomes.end() && !own->second.passed);
    }
    return failed || (step.getBallot() && !balloted[id].passed);
  });
  if (percent(30)) from.resize(dice_.up_to(from.size()));
  std::size_t places = step.getList().getPlaces() > 0 ? step.getList().getPlaces() : 3;
  if (percent(15)) ++places;
  from.resize(std::min<std::size_t>(from.size(), dice_.between(1, places)));
  Object body = at_track(step, track);
  body["listed"] = listed(from);
  if (percent(85)) body["reason"] = "（虚构）综合判断";
  say(one_of(string(step.getWho()), track), "fixList", std::move(body));
}

void GeneratedRound::vote(Step step, const std::string& track) {
  std::string who = string(step.getWho());
  auto balloted = at(round().balloted, {string(step.getStep()), track});
  Ids wanted = candidates(step, track);
  std::erase_if(wanted, [&](const std::string& id) { return balloted.contains(id); });
  std::set<std::string> open;
  for (const auto& [id, one] : balloted) {
    if (!one.closed) open.insert(one.ballot);
  }
  if (!wanted.empty()) {
    Ids present = members_.at(who);
    if (percent(20)) present.pop_back();
    Object body = at_track(step, track);
    std::string ballot = id("ballot");
    body["ballot"] = ballot;
    body["candidates"] = listed(wanted);
    body["present"] = listed(present);
    if (say(one_of(who, track), "openBallot", std::move(body))) open.insert(ballot);
  }
  for (const std::string& ballot : open) {
    auto opened = known<engine::Ballot>(ballot);
    for (const std::string& member : opened.present) {
      Object choices;
      for (const std::string& one : opened.candidates) {
        if (opened.votes.contains({one, member}) || application(one).recused.contains(member))
          continue;
        choices[one] = percent(75) ? "favour" : percent(50) ? "against" : "abstain";
      }
      if (choices.empty()) continue;
      say({member, who}, "castVote", {{"ballot", ballot}, {"choices", std::move(choices)}});
    }
    say(one_of(who, track), "closeBallot", {{"ballot", ballot}});
  }
}

// What the quota of the list still has, as far as it may stay vacant.
void GeneratedRound::leave_vacant(Step step, const std::string& track) {
  Step list = step;
  for (auto id : step.getAfter()) {
    auto before = *scheme_->step(view(id));
    if (before.hasList()) list = before;
  }
  if (!list.hasList() || !list.getList().getQuota()) return;
  for (auto quota : scheme_->reader().getQuotas()) {
    bool shared = false;
    std::size_t taken = 0;
    for (auto one : quota.getTracks()) {
      shared = shared || view(one) == track;
      auto found = round().lists.find({string(list.getStep()), string(one)});
      if (found != round().lists.end()) taken += found->second.listed.size();
    }
    bool free = quota.getMayStayVacant() && quota.getPlaces() > taken;
    if (!shared || (!free && !percent(3))) continue;
    Object body = at_track(list, track);
    body["places"] = std::max<std::size_t>(
        1, quota.getPlaces() - std::min<std::size_t>(taken, quota.getPlaces()));
    body["reason"] = "（虚构）无合适人选";
    say(one_of(string(list.getWho()), track), "leaveVacant", std::move(body));
  }
}

void GeneratedRound::show(Step step, const std::string& track) {
  engine::StepTrack place{string(step.getStep()), track};
  std::string who = string(step.getWho());
  RoundNotice notice = at(round().notices, place);
  bool shown = notice.published > 0 && notice.interrupted == 0;
  for (const std::string& one : notice.listed) {
    // Who was excluded by an objection may have to be missing from what is shown.
    shown = shown && (round().applications.at(one).excluded == 0 || percent(60));
  }
  if (!shown || percent(2) || (notice.ended > 0 && percent(10))) {
    Object body = at_track(step, track);
    body["notice"] = id("notice");
    body["channels"] = listed(percent(95) ? Ids{"web", "paper"} : Ids{"web"});
    if (percent(30)) body["lastDay"] = day(static_cast<int>(dice_.between(1, 25)));
    say(one_of(who, track), "publishNotice", std::move(body));
  }
  notice = at(round().notices, place);
  if (notice.published == 0) return;
  object(notice);
  settle(step, notice);
  if (notice.ended > 0 && !percent(3)) return;
  auto proven = known<engine::PublicNotice>(notice.notice).proven;
  for (const std::string& one : notice.listed) {
    if (!step.getNotice().hasInternal() && !percent(1)) continue;
    if (proven.contains(one) || percent(30)) continue;
    say(percent(80) ? representative(application(one)) : one_of(who), "proveInternalNotice",
        {{"notice", notice.notice}, {"application", one}, {"evidence", "（虚构）照片"}});
  }
  if (percent(4)) {
    say(one_of(who, track), "interruptNotice",
        {{"notice", notice.notice}, {"reason", "（虚构）断电"}});
  }
  if (percent(60)) say(one_of("office"), "endNotice", {{"notice", notice.notice}});
}

void GeneratedRound::object(const RoundNotice& notice) {
  for (const std::string& one : notice.listed) {
    if (!percent(notice.ended > 0 ? 2 : 10)) continue;
    Object body{{"objection", id("objection")},
                {"notice", notice.notice},
                {"application", one},
                {"content", "（虚构）情况不实"}};
    if (percent(90)) body["evidence"] = "（虚构）来信";
    say(one_of("applicant"), "fileObjection", std::move(body));
  }
}

void GeneratedRound::settle(Step step, const RoundNotice& notice) {
  for (const std::string& objection : notice.open_objections) {
    if (percent(40)) continue;
    say(one_of(string(step.getWho())), "settleObjection",
        {{"objection", objection}, {"upheld", percent(30)}, {"report", "（虚构）核查报告"}});
  }
}

}  // namespace tests
