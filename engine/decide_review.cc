#include <algorithm>
#include <set>

#include "engine/decide_areas.h"
#include "engine/scoring.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

// The group that reviews the application's track in the round.
const ReviewGroup* group_of(const Round& round, std::string_view track) {
  for (const auto& [place, group] : round.groups) {
    if (place.second == track) return &group;
  }
  return nullptr;
}

std::string rubric_of(const RoundStep& at, std::string_view track) {
  auto found = at.scheme->track(track);
  return found ? string(found->getRubric()) : std::string();
}

// The application, its round and the review step at which the actor may work on it now.
struct Desk {
  const Application& application;
  const Round& round;
  RoundStep at;
};

Result<Desk> review_desk(Context& context, std::string_view application_id, std::string_view step) {
  const Application& application = *TRY(find_application(context, application_id));
  const Round& round = *TRY(find_round(context, application.round));
  auto at = TRY(find_step(context, round, step, {StepKind::REVIEW}));
  TRY(need_track(at, application.track));
  TRY(need_part(context, round, at, application));
  TRY(need_before(round, at, application));
  if (application.outcomes.contains(at.id())) {
    return refuse(Code::too_late, at.clause(), "该申报的评审已结束，评分不能再改",
                  "the review of this application is closed: its scores are frozen");
  }
  TRY(need_time(context, round, at, &application));
  return Desk{application, round, at};
}

// A scheme may name a rubric whose text its source does not give.
Result<> need_items(const std::vector<RubricItem>& items, const std::string& rubric) {
  if (!items.empty()) return {};
  return fail(
      Code::conflict, "评审标准 " + rubric + " 没有条目文本，不能评分；请先在办法中补齐",
      "the rubric " + rubric + " has no items to score by: add its text to the scheme first");
}

// First the commitment, then the declaration for this very application, then the work.
Result<> need_commitment(const Context& context, const Desk& desk) {
  auto review = desk.at.step.getReview();
  if (review.hasCommitment() && !desk.round.commitments.contains(context.actor())) {
    return refuse(Code::forbidden, string(review.getCommitment()), "须先签署评审承诺",
                  "the review commitment must be signed first");
  }
  if (review.hasDeclaration() && !desk.application.declarations.contains(context.actor())) {
    return refuse(Code::forbidden, string(review.getDeclaration()),
                  "须先申报与该申报人有无利害关系",
                  "whether there is a tie to this applicant must be declared first");
  }
  return {};
}

const Sheet& sheet_of(const Context& context, const Desk& desk) {
  static const Sheet none;
  auto found = desk.application.sheets.find({desk.at.id(), std::string(context.actor())});
  return found == desk.application.sheets.end() ? none : found->second;
}

Result<> check_scores(const Desk& desk, const Sheet& sheet, EnterScores::Reader command) {
  std::string rubric = rubric_of(desk.at, desk.application.track);
  const auto& items = desk.at.scheme->items(rubric);
  TRY(need_items(items, rubric));
  unsigned step = desk.at.scheme->rubric(rubric)->getStepPercent();
  std::vector<events::Fault> faults;
  auto fault = [&](capnp::Text::Reader item, std::string zh, std::string en) {
    faults.push_back({"scores." + string(item), {std::move(zh), std::move(en)}});
  };
  for (auto score : command.getScores()) {
    std::string_view item = view(score.getItem());
    if (std::ranges::find(items, item, &RubricItem::item) == items.end()) {
      fault(score.getItem(), "评分标准没有这一条", "the rubric has no such item");
    } else if (score.getPercent() > 100 || score.getPercent() % step != 0) {
      fault(score.getItem(), "应为 0 到 100、以 " + std::to_string(step) + "% 为一档",
            "must be 0 to 100 in steps of " + std::to_string(step) + " percent");
    } else if (sheet.scores.contains(item) && command.getReason().size() == 0) {
      fault(score.getItem(), "修改已有评分须写明理由", "revising a score needs a reason");
    }
  }
  if (faults.empty()) return {};
  return std::unexpected(
      events::Error{Code::invalid,
                    {"评分有误，未保存任何一项", "the scores are wrong; none was kept"},
                    {},
                    faults});
}

}  // namespace

Result<> decide_form_review_group(Context& context, FormReviewGroup::Reader command) {
  const Round& round = *TRY(find_round(context, view(command.getRound())));
  auto at = TRY(find_step(context, round, view(command.getStep()), {StepKind::DRAW}));
  TRY(need_track(at, view(command.getTrack())));
  TRY(need_organ(context, round, at));
  TRY(need_before(round, at, view(command.getTrack())));
  if (round.groups.contains({at.id(), string(command.getTrack())})) {
    return refuse(Code::conflict, at.clause(), "该类别的评审组已组成",
                  "the review group of this track has been formed");
  }
  std::set<std::string> members;
  for (auto reviewer : command.getReviewers()) {
    const auto& person = context.memory.get<Person>(view(reviewer));
    if (!holds_role(person, "reviewer", round.scheme)) {
      return refuse(Code::conflict, at.clause(), "不是本办法的评审员：" + string(reviewer),
                    "not a reviewer under this scheme: " + string(reviewer));
    }
    members.insert(string(reviewer));
  }
  auto terms = at.step.getGroup();
  bool even = members.size() % 2 == 0;
  if (members.size() < terms.getSize() || (terms.getOdd() && even)) {
    std::string size = std::to_string(terms.getSize());
    return refuse(Code::conflict, at.clause(),
                  "评审组至少 " + size + " 人" + (terms.getOdd() ? "，且须为单数" : ""),
                  "a review group has at least " + size + " members" +
                      (terms.getOdd() ? ", an odd number" : ""));
  }
  if (!members.contains(string(command.getLeader()))) {
    return fail(Code::invalid, "组长须是组员", "the leader must be a member");
  }
  auto event = context.out.emit().initReviewGroupFormed();
  event.setGroup(command.getGroup());
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  auto reviewers = event.initReviewers(static_cast<unsigned>(members.size()));
  unsigned i = 0;
  for (const std::string& member : members) reviewers.set(i++, member);
  event.setLeader(command.getLeader());
  event.setMethod(events::Method::SELECTED);
  return {};
}

Result<> decide_sign_commitment(Context& context, SignCommitment::Reader command) {
  const Round& round = *TRY(find_round(context, view(command.getRound())));
  const auto& person = context.memory.get<Person>(context.actor());
  if (!holds_role(person, "reviewer", round.scheme)) {
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

Result<> decide_declare_tie(Context& context, DeclareTie::Reader command) {
  const Application& application = *TRY(find_application(context, view(command.getApplication())));
  const Round& round = *TRY(find_round(context, application.round));
  auto scheme = TRY(scheme_of(context, round));
  context.out.findings.push_back({string(scheme->reader().getRecusal().getClause()),
                                  "recusal",
                                  events::Verdict::MET,
                                  "",
                                  "",
                                  {}});
  const ReviewGroup* group = group_of(round, application.track);
  bool member =
      group && std::ranges::find(group->reviewers, context.actor()) != group->reviewers.end();
  const auto& person = context.memory.get<Person>(context.actor());
  bool staff = std::ranges::any_of(
      person.roles, [&](const RoleHeld& held) { return held.scheme == round.scheme; });
  if (!member && !staff) {
    return fail(Code::forbidden, "只有本轮的评审人员和工作人员申报利害关系",
                "ties are declared by the reviewers and staff of the round");
  }
  auto known = application.declarations.find(context.actor());
  // A tie may come to mind later; a declared tie never turns into none.
  if (known != application.declarations.end() && known->second.tie) {
    std::string clause = string(scheme->reader().getRecusal().getClause());
    return refuse(Code::conflict, clause, "已申报有利害关系；申报和回避都不可撤销",
                  "a tie was declared: neither it nor the recusal can be taken back");
  }
  auto event = context.out.emit().initTieDeclared();
  event.setApplication(command.getApplication());
  event.setReviewer(context.command.getActor());
  if (command.isNone()) {
    event.setNone();
    return {};
  }
  event.setTie(command.getTie());
  auto recusal = context.out.emit().initRecusalEntered();
  recusal.setApplication(command.getApplication());
  recusal.setPerson(context.command.getActor());
  recusal.setKind(events::RecusalKind::VOLUNTARY);
  recusal.setClause(scheme->reader().getRecusal().getClause());
  return {};
}

Result<> decide_enter_scores(Context& context, EnterScores::Reader command) {
  auto desk = TRY(review_desk(context, view(command.getApplication()), view(command.getStep())));
  TRY(need_commitment(context, desk));
  const Sheet& sheet = sheet_of(context, desk);
  if (sheet.submitted > 0) {
    return refuse(Code::too_late, desk.at.clause(), "评分表已提交，不能再改",
                  "the score sheet was submitted and is frozen");
  }
  if (command.getScores().size() == 0) return fail(Code::invalid, "没有评分", "there is no score");
  TRY(check_scores(desk, sheet, command));
  std::string rubric = rubric_of(desk.at, desk.application.track);
  const auto& items = desk.at.scheme->items(rubric);
  for (auto score : command.getScores()) {
    auto item = std::ranges::find(items, view(score.getItem()), &RubricItem::item);
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
  const Sheet& sheet = sheet_of(context, desk);
  if (sheet.submitted > 0) {
    return fail(Code::conflict, "评分表已提交", "the score sheet was submitted already");
  }
  std::uint32_t total = 0;
  std::string missing;
  std::string rubric = rubric_of(desk.at, desk.application.track);
  TRY(need_items(desk.at.scheme->items(rubric), rubric));
  for (const auto& item : desk.at.scheme->items(rubric)) {
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
  const Application& application = desk.application;
  const RoundStep& at = desk.at;
  const ReviewGroup* group = group_of(desk.round, application.track);
  std::vector<std::uint64_t> totals;
  std::vector<std::string> reviewers;
  for (const std::string& reviewer : group->reviewers) {
    if (application.recused.contains(reviewer)) continue;
    auto sheet = application.sheets.find({at.id(), reviewer});
    if (sheet == application.sheets.end() || sheet->second.submitted == 0) {
      return refuse(Code::too_early, at.clause(), "评审员尚未提交评分表：" + reviewer,
                    "this reviewer's score sheet is not submitted: " + reviewer);
    }
    std::uint64_t total = 0;
    for (const auto& [item, score] : sheet->second.scores) total += score.hundredths;
    totals.push_back(total);
    reviewers.push_back(reviewer);
    context.out.rest_on(sheet->second.submitted);
  }
  unsigned wanted = at.step.getReview().getScoresAtLeast();
  if (totals.size() < wanted) {
    return refuse(Code::conflict, at.clause(),
                  "回避后只剩 " + std::to_string(totals.size()) + " 份评分，至少需要 " +
                      std::to_string(wanted) + " 份",
                  "after recusals only " + std::to_string(totals.size()) +
                      " score sheets are left; " + std::to_string(wanted) + " are needed");
  }
  Fraction result = combine(at.step.getReview().getCombine(), totals);
  auto event = context.out.emit().initReviewClosed();
  event.setApplication(command.getApplication());
  event.setRound(application.round);
  event.setStep(command.getStep());
  event.setTrack(application.track);
  event.setNumerator(result.numerator);
  event.setDenominator(result.denominator);
  auto names = event.initReviewers(static_cast<unsigned>(reviewers.size()));
  for (unsigned i = 0; i < reviewers.size(); ++i) names.set(i, reviewers[i]);
  return {};
}

}  // namespace engine
