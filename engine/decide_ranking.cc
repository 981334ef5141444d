#include <algorithm>
#include <set>

#include "engine/decide_areas.h"
#include "engine/recusal.h"
#include "engine/review_desk.h"
#include "engine/step_graph.h"
#include "engine/track_desk.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

// A list may have been undone since, though applications had passed what came after it.
Result<> need_lists(const TrackDesk& desk) {
  for (auto id : StepGraph(*desk.at.scheme).before(desk.at.step, desk.key.second)) {
    auto before = desk.at.scheme->step(id);
    if (!makes_list(before->getKind())) continue;
    if (desk.round.lists.contains({std::string(id), desk.key.second})) continue;
    RoundStep undone{desk.at.scheme, *before};
    return refuse(Code::too_early, desk.at.clause(), "“" + name_zh(undone) + "”尚未完成，不能排序",
                  "\"" + name_en(undone) + "\" has not been done, so nothing can be ranked yet");
  }
  return {};
}

std::unexpected<events::Error> missing(const TrackDesk& desk, events::Step::Reader step,
                                       const std::string& application) {
  if (step.getKind() == StepKind::REVIEW) {
    return refuse(Code::too_early, desk.at.clause(), "还有申报未评审完：" + application,
                  "an application has not been reviewed to the end: " + application);
  }
  RoundStep counted{desk.at.scheme, step};
  return refuse(Code::too_early, desk.at.clause(),
                "“" + name_zh(counted) + "”的结果尚未登记：" + application,
                "the result of \"" + name_en(counted) + "\" was not entered: " + application);
}

// Points that a result of the step is out of.
std::uint32_t full_points(const TrackDesk& desk, events::Step::Reader step) {
  if (step.getKind() != StepKind::REVIEW) return 100;
  auto rubric = desk.at.scheme->rubric(rubric_of(desk.at, desk.key.second));
  return rubric ? rubric->getTotal() : 100;
}

Result<StepResult> result_for(Context& context, const TrackDesk& desk,
                              const std::string& application) {
  std::vector<Weighted> parts;
  StepResult last;
  for (const std::string& id : counted_steps(desk.at, desk.key.second)) {
    auto step = desk.at.scheme->step(id);
    const StepResult* found = result_of(desk.round, id, desk.key.second, application);
    if (!found) return missing(desk, *step, application);
    parts.push_back({found->hundredths, full_points(desk, *step), step->getWeightPercent()});
    last = *found;
    context.out.rest_on(found->position);
  }
  if (!desk.at.step.hasCounts()) return last;
  auto sum = weighted_sum(parts);
  if (sum) return StepResult{application, *sum, 0};
  return refuse(
      Code::conflict, desk.at.clause(), "结果的分母过大，不能精确折算：" + application,
      "the results cannot be combined exactly, their denominators are too large: " + application);
}

struct TieTerms {
  std::string clause;
  std::string organ;
};

// Only whom the scheme names ends a tie, and a reviewer only one of his own group.
Result<> need_settler(const Context& context, const Round& round, const RoundStep& at,
                      std::string_view track, const TieTerms& terms) {
  const auto& person = context.memory.get<Person>(context.actor());
  bool acts = context.role() == terms.organ && holds_role(person, terms.organ, round);
  if (acts && terms.organ == "reviewer") {
    const ReviewGroup* group = group_of(round, track);
    acts = group && std::ranges::find(group->reviewers, context.actor()) != group->reviewers.end();
  }
  if (acts) return {};
  auto by = organ_name(*at.scheme, terms.organ);
  return refuse(Code::forbidden, terms.clause, "并列由" + by.zh + "裁定",
                "a tie in rank is settled by the " + by.en);
}

// All of one rank and no others, none of them settled before.
Result<> need_whole_tie(const Round& round, const StepTrack& key, const std::string& clause,
                        const std::vector<std::string>& order) {
  const auto& ranking = round.rankings.at(key);
  auto first = std::ranges::find(ranking, order.front(), &RankedEntry::application);
  std::set<std::string> tied;
  for (const RankedEntry& one : ranking) {
    bool left = round.applications.at(one.application).gone();
    if (first != ranking.end() && one.rank == first->rank && !left) tied.insert(one.application);
  }
  if (std::set<std::string>(order.begin(), order.end()) != tied || tied.size() != order.size() ||
      tied.size() < 2) {
    return refuse(Code::conflict, clause, "须写明同一名次的全部申报，且仅这些",
                  "the order names all applications of one shared rank, and no others");
  }
  if (first->place == 0) return {};
  return refuse(Code::conflict, clause, "该并列已裁定", "this tie has been settled already");
}

Result<> need_no_list(const Round& round, const RoundStep& at, std::string_view track) {
  for (auto step : at.scheme->reader().getSteps()) {
    if (!step.hasList() || view(step.getList().getFrom()) != at.id()) continue;
    if (!round.lists.contains({string(step.getStep()), std::string(track)})) continue;
    RoundStep list{at.scheme, step};
    return refuse(Code::too_late, at.clause(), "“" + name_zh(list) + "”已办理，名次不能再改",
                  "\"" + name_en(list) + "\" has been done: the ranks are frozen");
  }
  return {};
}

}  // namespace

Result<> decide_fix_ranking(Context& context, FixRanking::Reader command) {
  auto desk = TRY(track_desk(context, view(command.getRound()), view(command.getStep()),
                             view(command.getTrack()), {StepKind::RANK}));
  TRY(need_unrecused_on(context, *desk.at.scheme, desk.round, desk.key.second));
  TRY(need_lists(desk));
  auto ranked = in_the_running(desk);
  if (ranked.empty()) {
    return refuse(Code::too_early, desk.at.clause(), "该类别没有可排序的申报",
                  "there is nothing to rank on this track");
  }
  std::vector<StepResult> results;
  for (const std::string& application : ranked) {
    results.push_back(TRY(result_for(context, desk, application)));
  }
  // By id among equals, so that every machine writes the same event; they share the rank.
  std::ranges::sort(results, [&](const StepResult& a, const StepResult& b) {
    if (a.hundredths == b.hundredths) return a.application < b.application;
    return b.hundredths < a.hundredths;
  });
  auto event = context.out.emit().initRankingFixed();
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  auto entries = event.initEntries(static_cast<unsigned>(results.size()));
  std::uint16_t rank = 0;
  for (unsigned i = 0; i < results.size(); ++i) {
    bool tied = i > 0 && results[i].hundredths == results[i - 1].hundredths;
    if (!tied) rank = static_cast<std::uint16_t>(i + 1);
    entries[i].setApplication(results[i].application);
    entries[i].setRank(rank);
    entries[i].setNumerator(results[i].hundredths.numerator);
    entries[i].setDenominator(results[i].hundredths.denominator);
  }
  return {};
}

Result<> decide_settle_rank_tie(Context& context, SettleRankTie::Reader command) {
  const Round& round = *TRY(find_round(context, view(command.getRound())));
  auto at = TRY(find_step(context, round, view(command.getStep()), {StepKind::RANK}));
  std::string track = string(command.getTrack());
  TRY(need_track(at, track));
  auto scheme = at.scheme->reader();
  if (!scheme.hasRankTies()) {
    return refuse(
        Code::conflict, at.clause(), "办法未规定由谁裁定并列：由名单步骤写明理由后决定",
        "the scheme says of nobody that he settles ties: the list decides, with a reason");
  }
  auto ties = scheme.getRankTies();
  TieTerms terms{ties.hasClause() ? string(ties.getClause()) : at.clause(),
                 string(ties.getSettledBy())};
  TRY(need_settler(context, round, at, track, terms));
  StepTrack key{at.id(), track};
  if (!round.rankings.contains(key)) {
    return refuse(Code::too_early, terms.clause, "“" + name_zh(at) + "”尚未完成",
                  "\"" + name_en(at) + "\" has not been done yet");
  }
  std::vector<std::string> order;
  for (auto one : command.getOrder()) order.push_back(string(one));
  if (order.empty()) return fail(Code::invalid, "没有写明次序", "the order is missing");
  TRY(need_unrecused(context, *at.scheme, round, order));
  TRY(need_whole_tie(round, key, terms.clause, order));
  TRY(need_no_list(round, at, track));
  TRY(need_text(command.getReason(), "裁定并列须写明理由", "settling a tie needs its reason"));
  context.out.rest_on(round.outcomes.at(key).position);
  auto event = context.out.emit().initRankTieSettled();
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  event.setOrder(command.getOrder());
  event.setReason(command.getReason());
  return {};
}

}  // namespace engine
