#include <algorithm>
#include <set>

#include "engine/decide_areas.h"
#include "engine/recusal.h"
#include "engine/step_graph.h"
#include "engine/track_desk.h"
#include "events/texts.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

std::unexpected<events::Error> too_many(std::string clause, std::size_t places, std::size_t asked,
                                        bool soft) {
  return refuse(Code::conflict, std::move(clause),
                "名额为 " + std::to_string(places) + " 个，已列 " + std::to_string(asked) + " 个" +
                    (soft ? "；超过须写明理由" : ""),
                "the places are " + std::to_string(places) + ", and " + std::to_string(asked) +
                    " would be listed" + (soft ? "; to exceed them, give a reason" : ""));
}

Result<> check_places(Context& context, const TrackDesk& desk, std::size_t listed, bool reason) {
  auto terms = desk.at.step.getList();
  bool soft = terms.getLimit() == events::Limit::SOFT;
  if (terms.getPlaces() > 0 && listed > terms.getPlaces() && !(soft && reason)) {
    return too_many(desk.at.clause(), terms.getPlaces(), listed, soft);
  }
  if (!terms.getQuota()) return {};
  for (auto quota : desk.at.scheme->reader().getQuotas()) {
    if (!in_quota(quota, desk.key.second)) continue;
    Places used = used_places(desk.round, desk.key.first, quota);
    std::size_t asked = used.listed + listed;
    // What was left vacant is no longer there.
    std::size_t places = quota.getPlaces() - std::min<std::size_t>(used.vacant, quota.getPlaces());
    std::string clause = string(quota.getClause());
    bool exceedable = quota.getLimit() == events::Limit::SOFT;
    if (asked > places && !(exceedable && reason)) {
      return too_many(clause, places, asked, exceedable);
    }
    context.out.findings.push_back({clause,
                                    "quotas",
                                    events::Verdict::MET,
                                    "≤ " + std::to_string(places),
                                    std::to_string(asked),
                                    {}});
  }
  return {};
}

using Order = std::pair<unsigned, unsigned>;  // The rank, and the place within a shared one.

Order order_of(const RankedEntry& one) { return {one.rank, one.place}; }

// Whoever is on the list, nobody of a better rank may be missing without a written reason.
bool passes_over(const std::vector<RankedEntry>& from, const std::set<std::string>& listed) {
  Order worst{0, 0};
  for (const auto& one : from) {
    if (listed.contains(one.application)) worst = std::max(worst, order_of(one));
  }
  return std::ranges::any_of(from, [&](const RankedEntry& one) {
    return !listed.contains(one.application) && order_of(one) <= worst && worst.first > 0;
  });
}

// The step at which those who do not come on this list are told.
std::optional<events::Step::Reader> told_at(const TrackDesk& desk) {
  for (auto step : desk.at.scheme->reader().getSteps()) {
    bool here = step.hasNotOn() && view(step.getNotOn()) == desk.at.id();
    if (here && desk.at.scheme->applies(step, desk.key.second)) return step;
  }
  return std::nullopt;
}

// Where a scheme says who settles ties, no list ends inside a shared rank before he has.
Result<> check_ties(const TrackDesk& desk, const std::vector<RankedEntry>& from,
                    const std::set<std::string>& listed) {
  auto scheme = desk.at.scheme->reader();
  if (!scheme.hasRankTies()) return {};
  for (const auto& in : from) {
    if (in.rank == 0 || in.place > 0 || !listed.contains(in.application)) continue;
    for (const auto& out : from) {
      if (out.rank != in.rank || listed.contains(out.application)) continue;
      auto ties = scheme.getRankTies();
      auto by = organ_name(*desk.at.scheme, view(ties.getSettledBy()));
      return refuse(Code::conflict, ties.hasClause() ? string(ties.getClause()) : desk.at.clause(),
                    in.application + " 与 " + out.application +
                        " 名次并列，名单不能在其间截断；须先由" + by.zh + "裁定（settleRankTie）",
                    in.application + " and " + out.application +
                        " share a rank, and the list cannot end between them: first the tie is "
                        "settled by the " +
                        by.en + " (settleRankTie)");
    }
  }
  return {};
}

Result<> check_points(const TrackDesk& desk, const std::vector<RankedEntry>& from,
                      const std::set<std::string>& listed) {
  std::uint64_t least = desk.at.step.getList().getPointsAtLeast();
  for (const auto& one : from) {
    if (!listed.contains(one.application) || !(one.hundredths < Fraction{least * 100, 1})) continue;
    std::string points = std::to_string(least);
    return refuse(
        Code::conflict, desk.at.clause(),
        "得分低于 " + points + " 分，不能列入：" + one.application,
        "the result is below " + points + " points and cannot be listed: " + one.application);
  }
  return {};
}

// So many candidates for every hundred places (差额), or a reason why there are fewer.
Result<> check_ratio(const TrackDesk& desk, std::size_t from, bool reason) {
  auto terms = desk.at.step.getList();
  auto enough = [&](std::size_t candidates, std::size_t places) -> Result<> {
    if (candidates * 100 >= std::size_t{terms.getRatioPercent()} * places || reason) return {};
    std::string ratio = std::to_string(terms.getRatioPercent()) + "%";
    return refuse(Code::conflict, desk.at.clause(),
                  "候选 " + std::to_string(candidates) + " 个、名额 " + std::to_string(places) +
                      " 个，不足差额比例 " + ratio + "，须写明理由",
                  std::to_string(candidates) + " candidates for " + std::to_string(places) +
                      " places are fewer than " + ratio + " of them: give a reason");
  };
  if (terms.getRatioPercent() == 0) return {};
  if (terms.getPlaces() > 0) return enough(from, terms.getPlaces());
  for (auto quota : desk.at.scheme->reader().getQuotas()) {
    if (!in_quota(quota, desk.key.second)) continue;
    std::size_t all = 0;
    for (auto track : quota.getTracks()) all += candidates(desk, view(track)).size();
    TRY(enough(all, quota.getPlaces()));
  }
  return {};
}

// Whether somebody may have failed between the list it is chosen from and here.
bool some_may_have_failed(const TrackDesk& desk) {
  StepGraph graph(*desk.at.scheme);
  const auto& track = desk.key.second;
  auto from = desk.at.scheme->step(view(desk.at.step.getList().getFrom()));
  auto earlier = graph.before(*from, track);
  return std::ranges::any_of(graph.before(desk.at.step, track), [&](std::string_view id) {
    return !earlier.contains(id) && desk.at.scheme->step(id)->getFailing();
  });
}

// Results that nothing gives a weight have to be there, and the judgement on them to be written.
Result<> check_results(Context& context, const TrackDesk& desk,
                       const std::vector<RankedEntry>& from, const std::set<std::string>& listed,
                       bool reason) {
  if (!desk.at.step.hasCounts()) return {};
  bool all = !some_may_have_failed(desk);
  for (const std::string& id : counted_steps(desk.at, desk.key.second)) {
    for (const auto& one : from) {
      if (!all && !listed.contains(one.application)) continue;
      auto* result = result_of(desk.round, id, desk.key.second, one.application);
      if (result) {
        context.out.rest_on(result->position);
        continue;
      }
      RoundStep counted{desk.at.scheme, *desk.at.scheme->step(id)};
      return refuse(
          Code::too_early, desk.at.clause(),
          "“" + name_zh(counted) + "”的结果尚未登记：" + one.application,
          "the result of \"" + name_en(counted) + "\" was not entered: " + one.application);
    }
  }
  if (reason) return {};
  return refuse(Code::conflict, desk.at.clause(),
                "办法未给出各项结果的权重：名单是综合判断，须写明理由",
                "nothing gives the results a weight: the list is a judgement and needs its reason");
}

// Where the organ decides by ballot, the list is what was voted for.
Result<> check_ballots(Context& context, const TrackDesk& desk, const std::set<std::string>& listed,
                       bool reason) {
  if (!desk.at.step.getBallot()) return {};
  static const std::map<std::string, Balloted, std::less<>> none;
  auto found = desk.round.balloted.find(desk.key);
  const auto& balloted = found == desk.round.balloted.end() ? none : found->second;
  for (const auto& [id, one] : balloted) {
    if (desk.round.applications.at(id).gone()) continue;
    if (!one.closed) {
      return refuse(Code::too_early, desk.at.clause(), "表决尚未结束：" + id,
                    "a ballot is still open: " + id);
    }
    if (one.passed && !listed.contains(id) && !reason) {
      return refuse(Code::conflict, desk.at.clause(), "表决通过而未列入的须写明理由：" + id,
                    "leaving out what was voted for needs a reason: " + id);
    }
    context.out.rest_on(one.position);
  }
  for (const std::string& id : listed) {
    auto one = balloted.find(id);
    if (one != balloted.end() && one->second.passed) continue;
    return refuse(Code::conflict, desk.at.clause(), "未经表决通过，不能列入：" + id,
                  "no ballot has passed it, so it cannot be listed: " + id);
  }
  return {};
}

// Whoever leaves somebody off the list decides about him, too.
Result<> need_unrecused_from(const Context& context, const TrackDesk& desk,
                             const std::vector<RankedEntry>& from,
                             const std::set<std::string>& listed) {
  std::set<std::string> all = listed;
  for (const RankedEntry& one : from) all.insert(one.application);
  return need_unrecused(context, *desk.at.scheme, desk.round, {all.begin(), all.end()});
}

// It may have been undone since, though what came after it was done.
Result<> need_source(const TrackDesk& desk) {
  std::string id = string(desk.at.step.getList().getFrom());
  auto step = desk.at.scheme->step(id);
  if (!step || desk.round.outcomes.contains({id, desk.key.second})) return {};
  RoundStep source{desk.at.scheme, *step};
  return refuse(Code::too_early, desk.at.clause(),
                "“" + name_zh(source) + "”尚未完成，不能从中确定“" + name_zh(desk.at) + "”",
                "\"" + name_en(source) + "\" has not been done, so \"" + name_en(desk.at) +
                    "\" cannot be chosen from it");
}

Result<> check_listed(Context& context, const TrackDesk& desk, const std::vector<RankedEntry>& from,
                      const std::set<std::string>& listed) {
  for (const std::string& id : listed) {
    if (std::ranges::find(from, id, &RankedEntry::application) == from.end()) {
      if (context.memory.get<Application>(id).excluded.position > 0) {
        TRY(find_application(context, id));
      }
      return refuse(Code::conflict, desk.at.clause(), "不在可选范围内：" + id,
                    "not among those to choose from: " + id);
    }
    TRY(need_before(desk.round, desk.at, context.memory.get<Application>(id)));
  }
  return {};
}

}  // namespace

Result<> decide_fix_list(Context& context, FixList::Reader command) {
  auto desk = TRY(track_desk(context, view(command.getRound()), view(command.getStep()),
                             view(command.getTrack()), {StepKind::SELECT, StepKind::DELIBERATE}));
  auto from = candidates(desk, desk.key.second);
  std::set<std::string> listed;
  for (auto one : command.getListed()) listed.insert(string(one));
  bool reason = command.getReason().size() > 0;
  TRY(need_unrecused_from(context, desk, from, listed));
  TRY(need_source(desk));
  TRY(check_listed(context, desk, from, listed));
  TRY(check_points(desk, from, listed));
  TRY(check_results(context, desk, from, listed, reason));
  TRY(check_ballots(context, desk, listed, reason));
  TRY(check_places(context, desk, listed.size(), reason));
  TRY(check_ties(desk, from, listed));
  TRY(check_ratio(desk, from.size(), reason));
  if (listed.empty() && !reason) {
    return refuse(Code::conflict, desk.at.clause(), "名单空缺须写明理由",
                  "leaving the list empty needs a written reason");
  }
  if (passes_over(from, listed) && !reason) {
    return refuse(Code::conflict, desk.at.clause(), "越过名次更前或相同的申报须写明理由",
                  "passing over a better or equal rank needs a written reason");
  }
  StepTrack chosen_from{string(desk.at.step.getList().getFrom()), desk.key.second};
  if (auto before = desk.round.outcomes.find(chosen_from); before != desk.round.outcomes.end()) {
    context.out.rest_on(before->second.position);
  }
  auto event = context.out.emit().initListFixed();
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  std::vector<std::string> chosen;
  std::vector<std::string> others;
  for (const auto& one : from) {
    (listed.contains(one.application) ? chosen : others).push_back(one.application);
  }
  events::set_all(event.initListed(events::size_of(chosen)), chosen);
  events::set_all(event.initOthers(events::size_of(others)), others);
  if (reason) event.setReason(command.getReason());
  if (auto told = told_at(desk)) event.setTold(told->getStep());
  return {};
}

}  // namespace engine
