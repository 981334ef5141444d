#include <algorithm>

#include "engine/consensus.h"
#include "engine/decide_areas.h"
#include "engine/review_desk.h"
#include "engine/scoring.h"
#include "events/texts.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

Result<> check_scores(const Desk& desk, const Sheet& sheet, EnterScores::Reader command) {
  ScoreFaults faults;
  for (auto score : command.getScores()) {
    auto fault =
        fault_in(desk.at, desk.application.track, view(score.getItem()), score.getPercent());
    if (fault) {
      faults.add(score.getItem(), *fault);
    } else if (sheet.scores.contains(view(score.getItem())) && command.getReason().size() == 0) {
      faults.add(score.getItem(), {"修改已有评分须写明理由", "revising a score needs a reason"});
    }
  }
  return faults.result();
}

Result<> check_comments(const Desk& desk, EnterScores::Reader command) {
  if (!desk.at.step.getReview().getComments()) return {};
  for (auto score : command.getScores()) {
    if (score.getComment().size() > 0) continue;
    std::string item = string(score.getItem());
    return refuse(Code::invalid, review_clause(desk.at), "每项评分须写评语，缺：" + item,
                  "each score needs its comment; there is none for " + item);
  }
  return {};
}

}  // namespace

Result<> decide_sign_commitment(Context& context, SignCommitment::Reader command) {
  const Round& round = *TRY(find_round(context, view(command.getRound())));
  const auto& person = context.memory.get<Person>(context.actor());
  if (!holds_role(person, "reviewer", round)) {
    return fail(Code::forbidden, "只有评审员签署评审承诺", "a review commitment is for reviewers");
  }
  if (round.commitments.contains(context.actor())) {
    return fail(Code::conflict, "已签署过本轮评审承诺", "the commitment has been signed already");
  }
  TRY(need_text(command.getText(), "须写明承诺的内容", "the text of the commitment is missing"));
  auto event = context.out.emit().initCommitmentSigned();
  event.setRound(command.getRound());
  event.setReviewer(context.command.getActor());
  event.setText(command.getText());
  return {};
}

Result<> decide_enter_scores(Context& context, EnterScores::Reader command) {
  auto desk = TRY(review_desk(context, view(command.getApplication()), view(command.getStep())));
  TRY(need_commitment(context, desk));
  const Sheet& sheet = sheet_of(desk, context.actor());
  if (sheet.submitted > 0) {
    return refuse(Code::too_late, desk.at.clause(), "评分表已提交，不能再改",
                  "the score sheet was submitted and is frozen");
  }
  if (command.getScores().size() == 0) return fail(Code::invalid, "没有评分", "there is no score");
  TRY(need_items(desk.at, desk.application.track));
  TRY(check_scores(desk, sheet, command));
  TRY(check_comments(desk, command));
  for (auto score : command.getScores()) {
    const RubricItem* item = find_item(desk.at, desk.application.track, view(score.getItem()));
    auto event = context.out.emit().initScoreEntered();
    event.setApplication(command.getApplication());
    event.setStep(command.getStep());
    event.setReviewer(context.command.getActor());
    event.setItem(score.getItem());
    event.setPercent(score.getPercent());
    event.setHundredths(hundredths(item->points, score.getPercent()));
    if (score.getComment().size() > 0) event.setComment(score.getComment());
    auto old = sheet.scores.find(view(score.getItem()));
    if (old == sheet.scores.end()) continue;
    event.setReplaces(old->second.position);
    event.setReason(command.getReason());
  }
  return {};
}

Result<> decide_submit_scores(Context& context, SubmitScores::Reader command) {
  auto desk = TRY(review_desk(context, view(command.getApplication()), view(command.getStep())));
  TRY(need_commitment(context, desk));
  const Sheet& sheet = sheet_of(desk, context.actor());
  if (sheet.submitted > 0) {
    return fail(Code::conflict, "评分表已提交", "the score sheet was submitted already");
  }
  std::uint32_t total = 0;
  std::string missing;
  TRY(need_items(desk.at, desk.application.track));
  for (const auto& item : desk.at.scheme->items(rubric_of(desk.at, desk.application.track))) {
    auto found = sheet.scores.find(item.item);
    if (found == sheet.scores.end()) {
      missing += (missing.empty() ? "" : ", ") + item.item;
    } else {
      total += found->second.hundredths;
    }
  }
  if (!missing.empty()) {
    return fail(Code::conflict, "还有条目未评分：" + missing, "items without a score: " + missing);
  }
  auto event = context.out.emit().initScoresSubmitted();
  event.setApplication(command.getApplication());
  event.setStep(command.getStep());
  event.setReviewer(context.command.getActor());
  event.setHundredths(total);
  return {};
}

Result<> decide_close_review(Context& context, CloseReview::Reader command) {
  auto desk = TRY(review_desk(context, view(command.getApplication()), view(command.getStep())));
  const RoundStep& at = desk.at;
  TRY(need_all_submitted(desk));
  auto reviewers = members_of(desk.round, desk.application);
  std::vector<std::uint64_t> totals;
  for (const std::string& reviewer : reviewers) {
    const Sheet& sheet = sheet_of(desk, reviewer);
    totals.push_back(total_of(sheet));
    context.out.rest_on(sheet.submitted);
  }
  unsigned wanted = at.step.getReview().getScoresAtLeast();
  if (totals.size() < wanted) {
    return refuse(Code::conflict, at.clause(),
                  "回避后只剩 " + std::to_string(totals.size()) + " 份评分，至少需要 " +
                      std::to_string(wanted) + " 份",
                  "after recusals only " + std::to_string(totals.size()) +
                      " score sheets are left; " + std::to_string(wanted) + " are needed");
  }
  TRY(need_outliers_explained(desk));
  bool consensus = at.step.getReview().getConsensus();
  TRY(consensus ? need_consensus(context, desk) : need_spread_explained(desk));
  Fraction result =
      consensus ? consensus_result(desk) : combine(at.step.getReview().getCombine(), totals);
  auto event = context.out.emit().initReviewClosed();
  event.setApplication(command.getApplication());
  event.setRound(desk.application.round);
  event.setStep(command.getStep());
  event.setTrack(desk.application.track);
  event.setNumerator(result.numerator);
  event.setDenominator(result.denominator);
  events::set_all(event.initReviewers(events::size_of(reviewers)), reviewers);
  return {};
}

}  // namespace engine
