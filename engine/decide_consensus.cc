// What a group says after all sheets are in: explanations, the scores it agrees on, and what the
// site visit changes in them.
#include "engine/consensus.h"
#include "engine/decide_areas.h"
#include "engine/track_desk.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

Result<> need_consensus_terms(const Desk& desk) {
  if (desk.at.step.getReview().getConsensus()) return {};
  return refuse(Code::conflict, review_clause(desk.at), "办法未规定合议评分：以各评审员的评分计算",
                "the scheme asks for no consensus here: the members' own scores count");
}

Result<> check_agreed(const Desk& desk, EnterConsensus::Reader command) {
  ScoreFaults faults;
  for (auto score : command.getScores()) {
    auto fault =
        fault_in(desk.at, desk.application.track, view(score.getItem()), score.getPercent());
    if (fault) faults.add(score.getItem(), *fault);
  }
  TRY(faults.result());
  for (auto score : command.getScores()) {
    if (score.getReason().size() > 0) continue;
    std::string item = string(score.getItem());
    Range range = range_of(desk, item);
    bool revises = desk.application.agreed.contains({desk.at.id(), item});
    if (!revises && !needs_reason(desk, range, score.getPercent())) continue;
    std::string low = std::to_string(range.lowest) + "%";
    std::string high = std::to_string(range.highest) + "%";
    return refuse(Code::conflict, review_clause(desk.at),
                  "条目 " + item + " 的合议评分须写明理由（各评审员为 " + low + " 至 " + high +
                      (revises ? "，且已合议过）" : "）"),
                  "what is agreed on item " + item + " needs a reason (the members gave " + low +
                      " to " + high + (revises ? ", and it was agreed on before)" : ")"));
  }
  return {};
}

// The visit at which scores may be changed, and the review that they belong to.
struct VisitDesk {
  const Application& application;
  const Round& round;
  RoundStep at;
  RoundStep review;
};

Result<VisitDesk> visit_desk(Context& context, AdjustScores::Reader command) {
  const Application& application = *TRY(find_application(context, view(command.getApplication())));
  const Round& round = *TRY(find_round(context, application.round));
  auto at = TRY(find_step(context, round, view(command.getStep()), {StepKind::VISIT}));
  TRY(need_track(at, application.track));
  TRY(need_part(context, round, at, application));
  if (!at.step.hasAdjusts()) {
    return refuse(Code::conflict, at.clause(), "办法未规定在此步骤调整评分",
                  "the scheme lets no scores be changed at this step");
  }
  TRY(need_before(round, at, application));
  if (application.outcomes.contains(at.id())) {
    return refuse(Code::too_late, at.clause(), "“" + name_zh(at) + "”已结束，评分不能再调整",
                  "\"" + name_en(at) + "\" is over: its scores are frozen");
  }
  if (!application.reopened.contains(at.id())) TRY(need_time(context, round, at, &application));
  if (context.role() == "reviewer") TRY(need_leader(context, round, at, application));
  RoundStep review{at.scheme, *at.scheme->step(view(at.step.getAdjusts()))};
  TRY(need_uncounted(round, at, review.id(), application.track));
  return VisitDesk{application, round, at, review};
}

Result<> check_adjusted(const VisitDesk& desk, AdjustScores::Reader command) {
  if (command.getScores().size() == 0) return fail(Code::invalid, "没有评分", "there is no score");
  ScoreFaults faults;
  for (auto score : command.getScores()) {
    std::string item = string(score.getItem());
    auto fault = fault_in(desk.review, desk.application.track, item, score.getPercent());
    auto agreed = desk.application.agreed.find({desk.review.id(), item});
    if (fault) {
      faults.add(score.getItem(), *fault);
    } else if (agreed == desk.application.agreed.end()) {
      faults.add(score.getItem(), {"没有可调整的合议评分", "was not agreed on: nothing to change"});
    } else if (agreed->second.percent == score.getPercent()) {
      faults.add(score.getItem(),
                 {"与现有评分相同，无须调整", "is what it was: nothing to change"});
    }
  }
  TRY(faults.result());
  for (auto score : command.getScores()) {
    if (score.getReason().size() > 0) continue;
    std::string item = string(score.getItem());
    return refuse(Code::conflict, desk.at.clause(), "调整评分须写明现场所见的理由，缺：" + item,
                  "changing a score needs what the site showed; there is no reason for " + item);
  }
  return {};
}

}  // namespace

Result<> decide_explain_score(Context& context, ExplainScore::Reader command) {
  auto desk = TRY(review_desk(context, view(command.getApplication()), view(command.getStep())));
  TRY(need_commitment(context, desk));
  if (sheet_of(desk, context.actor()).submitted == 0) {
    return refuse(Code::too_early, desk.at.clause(), "提交评分表之后才能说明",
                  "a score is explained after its sheet was submitted");
  }
  if (command.hasItem() && !find_item(desk.at, desk.application.track, view(command.getItem()))) {
    return fail(Code::invalid, "评分标准没有这一条：" + string(command.getItem()),
                "the rubric has no item " + string(command.getItem()));
  }
  TRY(need_text(command.getReason(), "须写明理由", "the reason is missing"));
  auto event = context.out.emit().initScoreExplained();
  event.setApplication(command.getApplication());
  event.setStep(command.getStep());
  event.setReviewer(context.command.getActor());
  if (command.hasItem()) event.setItem(command.getItem());
  event.setReason(command.getReason());
  return {};
}

Result<> decide_enter_consensus(Context& context, EnterConsensus::Reader command) {
  auto desk = TRY(review_desk(context, view(command.getApplication()), view(command.getStep())));
  TRY(need_consensus_terms(desk));
  TRY(need_commitment(context, desk));
  TRY(need_leader(context, desk.round, desk.at, desk.application));
  TRY(need_all_submitted(desk));
  if (command.getScores().size() == 0) return fail(Code::invalid, "没有评分", "there is no score");
  TRY(check_agreed(desk, command));
  for (auto score : command.getScores()) {
    std::string item = string(score.getItem());
    Range range = range_of(desk, item);
    auto event = context.out.emit().initConsensusEntered();
    event.setApplication(command.getApplication());
    event.setStep(command.getStep());
    event.setItem(score.getItem());
    event.setPercent(score.getPercent());
    event.setHundredths(
        hundredths(find_item(desk.at, desk.application.track, item)->points, score.getPercent()));
    event.setLowest(static_cast<std::uint16_t>(range.lowest));
    event.setHighest(static_cast<std::uint16_t>(range.highest));
    auto old = desk.application.agreed.find({desk.at.id(), item});
    if (old != desk.application.agreed.end()) event.setReplaces(old->second.position);
    if (score.getReason().size() > 0) event.setReason(score.getReason());
  }
  return {};
}

Result<> decide_adjust_scores(Context& context, AdjustScores::Reader command) {
  auto desk = TRY(visit_desk(context, command));
  TRY(check_adjusted(desk, command));
  std::string review = desk.review.id();
  std::int64_t total = 0;
  for (const auto& [place, agreed] : desk.application.agreed) {
    if (place.first == review) total += agreed.hundredths;
  }
  for (auto score : command.getScores()) {
    const Agreed& before = desk.application.agreed.at({review, string(score.getItem())});
    unsigned points = find_item(desk.review, desk.application.track, view(score.getItem()))->points;
    std::int64_t delta = static_cast<std::int64_t>(hundredths(points, score.getPercent())) -
                         static_cast<std::int64_t>(before.hundredths);
    total += delta;
    auto event = context.out.emit().initScoreAdjusted();
    event.setApplication(command.getApplication());
    event.setRound(desk.application.round);
    event.setStep(command.getStep());
    event.setTrack(desk.application.track);
    event.setReview(review);
    event.setItem(score.getItem());
    event.setBefore(static_cast<std::uint16_t>(before.percent));
    event.setPercent(score.getPercent());
    event.setDeltaHundredths(static_cast<std::int32_t>(delta));
    event.setNumerator(static_cast<std::uint64_t>(total));
    event.setDenominator(1);
    event.setReason(score.getReason());
    context.out.rest_on(before.position);
  }
  return {};
}

}  // namespace engine
