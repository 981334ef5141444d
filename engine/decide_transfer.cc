// The second way into a track: somebody proposes an application for it that was made on another.
#include <algorithm>

#include "engine/decide_areas.h"
#include "engine/evolve.h"
#include "engine/form.h"
#include "engine/recusal.h"
#include "engine/separation.h"
#include "engine/step_rules.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

struct Move {
  const Application& application;
  const Round& round;
  std::shared_ptr<const Scheme> scheme;
  events::Track::Reader to;
  std::string clause;
};

Result<Move> find_move(Context& context, TransferTrack::Reader command) {
  const Application& application = *TRY(find_application(context, view(command.getApplication())));
  const Round& round = *TRY(find_round(context, application.round));
  auto scheme = TRY(scheme_of(context, round));
  auto to = scheme->track(view(command.getTrack()));
  if (!to) {
    return fail(Code::invalid, "办法中没有类别“" + string(command.getTrack()) + "”",
                "the scheme has no track \"" + string(command.getTrack()) + "\"");
  }
  auto transfer = to->getTransfer();
  std::string clause = string(to->hasTransfer() ? transfer.getClause() : to->getClause());
  context.out.findings.push_back({clause,
                                  "tracks." + string(to->getTrack()) + ".transfer",
                                  events::Verdict::MET,
                                  string(to->getTrack()),
                                  application.track,
                                  {}});
  bool open = false;
  for (auto from : transfer.getFrom()) open |= view(from) == application.track;
  if (!open) {
    return refuse(Code::conflict, clause, "不能从该申报的类别转入此类别，只能自行申报",
                  "there is no way from the application's track into this one but to apply");
  }
  return Move{application, round, scheme, *to, clause};
}

// Whoever the scheme names proposes it; a review group does so for its own track.
Result<> need_proposer(const Context& context, const Move& move) {
  std::string proposer = string(move.to.getTransfer().getProposer());
  TRY(need_unrecused(context, *move.scheme, move.application));
  // The clause and the name of the step that the applicant took are those of the transfer's origin.
  RoundStep apply{move.scheme, *move.scheme->step(move.application.step)};
  TRY(need_stranger(context, apply, move.application));
  const Person& person = context.memory.get<Person>(context.actor());
  bool member = context.role() == proposer && holds_role(person, proposer, move.round);
  if (member && proposer == "reviewer") {
    member = in_group(move.round, move.application.track, context.actor());
  }
  if (!member) {
    return refuse(Code::forbidden, move.clause, "转入由 " + proposer + " 提出",
                  "a transfer is proposed by: " + proposer);
  }
  return need_apart(context, move.round, apply, proposer);
}

// Nobody is moved to where, or from where, the others have been compared already.
Result<> need_open_tracks(const Move& move) {
  for (auto step : move.scheme->reader().getSteps()) {
    bool ranked = step.getKind() == StepKind::RANK;
    bool listed = step.getKind() == StepKind::SELECT || step.getKind() == StepKind::DELIBERATE;
    auto fixed = [&](std::string_view track) {
      return move.round.outcomes.contains({string(step.getStep()), std::string(track)});
    };
    bool late = (listed && fixed(move.application.track)) ||
                ((listed || ranked) && fixed(view(move.to.getTrack())));
    if (!late) continue;
    return refuse(Code::too_late, move.clause,
                  "“" + string(step.getName().getZh()) + "”已完成，不能再转入",
                  "too late to transfer: \"" + string(step.getStep()) + "\" has been done");
  }
  for (const auto& [id, outcome] : move.application.outcomes) {
    if (outcome.passed) continue;
    return refuse(Code::conflict, move.clause, "该申报在步骤 " + id + " 未通过，不能转入",
                  "the application failed at the step " + id + " and cannot be transferred");
  }
  return {};
}

}  // namespace

Result<> decide_transfer_track(Context& context, TransferTrack::Reader command) {
  auto move = TRY(find_move(context, command));
  TRY(need_proposer(context, move));
  TRY(need_open_tracks(move));
  TRY(need_text(command.getReason(), "转入须写明理由", "a transfer gives its reason"));
  const auto& applicant = context.memory.get<Applicant>(move.application.applicant);
  RoundStep apply{move.scheme, *move.scheme->step(move.application.step)};
  TRY(need_track(apply, view(move.to.getTrack())));
  TRY(check_object(apply, view(move.to.getTrack()), applicant));
  auto form = move.scheme->form(view(apply.step.getForm()));
  if (!form) return fail(Code::corrupt, "办法缺少表单", "the scheme lacks the form");
  TRY(check_changes(*form, view(move.to.getTrack()), command.getForm(), move.application.form));
  Application moved = move.application;
  moved.track = string(move.to.getTrack());
  fill(moved.form, command.getForm());
  TRY(check_rules(context, move.round, apply, moved, nullptr));
  auto event = context.out.emit().initTrackTransferred();
  event.setApplication(command.getApplication());
  event.setRound(move.application.round);
  event.setFrom(move.application.track);
  event.setTo(command.getTrack());
  event.setReason(command.getReason());
  if (command.hasForm()) event.setForm(command.getForm());
  return {};
}

}  // namespace engine
