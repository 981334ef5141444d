#include "engine/review_desk.h"

#include <algorithm>

namespace engine {

using events::Code;
using events::fail;
using events::Result;
using events::StepKind;
using events::string;

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
  // A result that was taken back has to be found again, if need be after the last day.
  if (!application.reopened.contains(at.id())) TRY(need_time(context, round, at, &application));
  return Desk{application, round, at};
}

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

const ReviewGroup* group_of(const Round& round, std::string_view track) {
  for (const auto& [place, group] : round.groups) {
    if (place.second == track) return &group;
  }
  return nullptr;
}

std::vector<std::string> members_of(const Round& round, const Application& application) {
  std::vector<std::string> members;
  const ReviewGroup* group = group_of(round, application.track);
  if (!group) return members;
  std::ranges::copy_if(group->reviewers, std::back_inserter(members),
                       [&](const std::string& one) { return !application.recused.contains(one); });
  return members;
}

Result<> need_leader(const Context& context, const Round& round, const RoundStep& at,
                     const Application& application) {
  auto members = members_of(round, application);
  if (members.empty()) {
    return refuse(Code::conflict, at.clause(), "评审组成员均已回避",
                  "all members of the review group are recused");
  }
  std::string leader = group_of(round, application.track)->leader;
  bool acts = std::ranges::find(members, leader) != members.end();
  if (!acts) leader = members.front();
  if (leader == context.actor()) return {};
  return refuse(Code::forbidden, at.clause(), "由评审组组长办理：" + leader,
                "this is for the leader of the review group: " + leader);
}

const Sheet& sheet_of(const Desk& desk, std::string_view reviewer) {
  static const Sheet none;
  auto found = desk.application.sheets.find({desk.at.id(), std::string(reviewer)});
  return found == desk.application.sheets.end() ? none : found->second;
}

Result<> need_all_submitted(const Desk& desk) {
  for (const std::string& reviewer : members_of(desk.round, desk.application)) {
    if (sheet_of(desk, reviewer).submitted > 0) continue;
    return refuse(Code::too_early, desk.at.clause(), "评审员尚未提交评分表：" + reviewer,
                  "this reviewer's score sheet is not submitted: " + reviewer);
  }
  return {};
}

std::string rubric_of(const RoundStep& at, std::string_view track) {
  auto found = at.scheme->track(track);
  return found ? string(found->getRubric()) : std::string();
}

Result<> need_items(const RoundStep& at, std::string_view track) {
  std::string rubric = rubric_of(at, track);
  if (!at.scheme->items(rubric).empty()) return {};
  return fail(
      Code::conflict, "评审标准 " + rubric + " 没有条目文本，不能评分；请先在办法中补齐",
      "the rubric " + rubric + " has no items to score by: add its text to the scheme first");
}

const RubricItem* find_item(const RoundStep& at, std::string_view track, std::string_view item) {
  const auto& items = at.scheme->items(rubric_of(at, track));
  auto found = std::ranges::find(items, item, &RubricItem::item);
  return found == items.end() ? nullptr : &*found;
}

std::optional<events::Words> fault_in(const RoundStep& at, std::string_view track,
                                      std::string_view item, unsigned percent) {
  if (!find_item(at, track, item)) {
    return events::Words{"评分标准没有这一条", "the rubric has no such item"};
  }
  unsigned step = at.scheme->rubric(rubric_of(at, track))->getStepPercent();
  if (percent <= 100 && percent % step == 0) return std::nullopt;
  return events::Words{"应为 0 到 100、以 " + std::to_string(step) + "% 为一档",
                       "must be 0 to 100 in steps of " + std::to_string(step) + " percent"};
}

void ScoreFaults::add(capnp::Text::Reader item, events::Words words) {
  faults_.push_back({"scores." + string(item), std::move(words)});
}

Result<> ScoreFaults::result() const {
  if (faults_.empty()) return {};
  return std::unexpected(
      events::Error{Code::invalid,
                    {"评分有误，未保存任何一项", "the scores are wrong; none was kept"},
                    {},
                    faults_});
}

std::string review_clause(const RoundStep& at) {
  auto review = at.step.getReview();
  return review.hasClause() ? string(review.getClause()) : at.clause();
}

}  // namespace engine
