#include "engine/decide_areas.h"
#include "engine/form.h"
#include "engine/refusal.h"
#include "engine/rules.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

Result<> check_step_form(const RoundStep& at, std::string_view track,
                         capnp::List<events::Entry>::Reader entries) {
  if (!at.step.hasForm()) {
    if (entries.size() == 0) return {};
    return fail(Code::invalid, "“" + name_zh(at) + "”没有表单", "this step has no form");
  }
  auto form = at.scheme->form(view(at.step.getForm()));
  if (!form) return fail(Code::corrupt, "办法缺少表单", "the scheme lacks the form");
  return check_form(*form, track, entries);
}

Result<> check_rules(Context& context, const Round& round, const RoundStep& at,
                     const Application& application) {
  const auto& applicant = context.memory.get<Applicant>(application.applicant);
  Facts facts{*at.scheme, round, application, applicant, context.today, context.now};
  if (judge(at.step, facts, context.out.findings)) return {};
  return refusal(context.out.findings, *at.scheme);
}

Result<> check_object(const RoundStep& at, std::string_view track, const Applicant& applicant) {
  bool individual = at.scheme->track(track)->getObject() == events::Object::INDIVIDUAL;
  if (individual == applicant.individual) return {};
  std::string clause = string(at.scheme->track(track)->getClause());
  return refuse(Code::conflict, clause,
                individual ? "该类别只受理个人申报" : "该类别不受理个人申报",
                individual ? "this track is for individuals" : "this track is not for individuals");
}

// The application as it would be, so that its rules can be asked before it exists.
Application preview(SubmitApplication::Reader command) {
  Application application;
  application.id = string(command.getApplication());
  application.round = string(command.getRound());
  application.applicant = string(command.getApplicant());
  application.track = string(command.getTrack());
  for (auto entry : command.getForm()) {
    application.form[string(entry.getField())] = entry.isValue() ? string(entry.getValue()) : "";
  }
  return application;
}

Result<> need_undone(const RoundStep& at, const Application& application) {
  if (!application.outcomes.contains(at.id())) return {};
  return refuse(Code::conflict, at.clause(), "“" + name_zh(at) + "”已办理过",
                "\"" + name_en(at) + "\" has been done already");
}

}  // namespace

Result<> decide_submit_application(Context& context, SubmitApplication::Reader command) {
  const Round& round = *TRY(find_round(context, view(command.getRound())));
  if (context.memory.get<Application>(view(command.getApplication())).position > 0) {
    return fail(Code::conflict, "申报标识已被使用：" + string(command.getApplication()),
                "the application's id is in use: " + string(command.getApplication()));
  }
  const auto& applicant = context.memory.get<Applicant>(view(command.getApplicant()));
  if (applicant.position == 0) {
    return fail(Code::not_found, "申报主体尚未登记：" + string(command.getApplicant()),
                "the applicant is not registered: " + string(command.getApplicant()));
  }
  auto at = TRY(find_step(context, round, view(command.getStep()), {StepKind::APPLY}));
  TRY(need_track(at, view(command.getTrack())));
  Application application = preview(command);
  TRY(need_part(context, round, at, application));
  TRY(need_before(round, at, view(command.getTrack())));
  TRY(need_time(context, round, at, nullptr));
  TRY(check_object(at, view(command.getTrack()), applicant));
  TRY(check_step_form(at, view(command.getTrack()), command.getForm()));
  TRY(check_rules(context, round, at, application));
  auto event = context.out.emit().initApplicationSubmitted();
  event.setApplication(command.getApplication());
  event.setRound(command.getRound());
  event.setApplicant(command.getApplicant());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  event.setScheme(round.scheme);
  event.setYear(static_cast<std::uint16_t>(round.year));
  event.setForm(command.getForm());
  if (command.hasDocuments()) event.setDocuments(command.getDocuments());
  return {};
}

Result<> decide_withdraw_application(Context& context, WithdrawApplication::Reader command) {
  const Application& application = *TRY(find_application(context, view(command.getApplication())));
  const auto& applicant = context.memory.get<Applicant>(application.applicant);
  if (applicant.representative != context.actor()) {
    return fail(Code::forbidden, "只有申报主体的代表可以撤回申报",
                "only the applicant's representative can withdraw an application");
  }
  TRY(need_text(command.getReason(), "撤回须写明理由", "a withdrawal gives its reason"));
  auto event = context.out.emit().initApplicationWithdrawn();
  event.setApplication(command.getApplication());
  event.setRound(application.round);
  event.setReason(command.getReason());
  return {};
}

Result<> decide_act(Context& context, Act::Reader command) {
  const Application& application = *TRY(find_application(context, view(command.getApplication())));
  const Round& round = *TRY(find_round(context, application.round));
  auto at = TRY(find_step(context, round, view(command.getStep()),
                          {StepKind::RECOMMEND, StepKind::EXAMINE, StepKind::VISIT, StepKind::HEAR,
                           StepKind::DEFEND, StepKind::EVALUATE, StepKind::CONSULT,
                           StepKind::NOTIFY, StepKind::PAY, StepKind::REPORT, StepKind::RECORD}));
  TRY(need_track(at, application.track));
  TRY(need_part(context, round, at, application));
  TRY(need_before(round, at, application));
  TRY(need_undone(at, application));
  TRY(need_time(context, round, at, &application));
  TRY(check_step_form(at, application.track, command.getForm()));
  bool passed = command.getOutcome() == events::Outcome::PASSED;
  if (!passed && !at.step.getFailing()) {
    return fail(Code::invalid, "“" + name_zh(at) + "”没有“未通过”的结果",
                "\"" + name_en(at) + "\" cannot be failed");
  }
  bool opinion = command.getOpinion().size() > 0;
  if (!opinion && (at.step.getOpinion() || !passed)) {
    return refuse(Code::conflict, at.clause(), "须有书面意见", "a written opinion is required");
  }
  // Whoever fails is failed with a written reason; nobody passes against a rule.
  if (passed) TRY(check_rules(context, round, at, application));
  auto event = context.out.emit().initActed();
  event.setApplication(command.getApplication());
  event.setStep(command.getStep());
  event.setOutcome(command.getOutcome());
  if (command.hasForm()) event.setForm(command.getForm());
  if (opinion) event.setOpinion(command.getOpinion());
  if (command.hasDocuments()) event.setDocuments(command.getDocuments());
  return {};
}

Result<> decide_accept_application(Context& context, AcceptApplication::Reader command) {
  const Application& application = *TRY(find_application(context, view(command.getApplication())));
  const Round& round = *TRY(find_round(context, application.round));
  auto at = TRY(find_step(context, round, view(command.getStep()), {StepKind::ACCEPT}));
  TRY(need_track(at, application.track));
  TRY(need_part(context, round, at, application));
  TRY(need_before(round, at, application));
  TRY(need_undone(at, application));
  TRY(need_time(context, round, at, &application));
  TRY(check_rules(context, round, at, application));
  auto event = context.out.emit().initApplicationAccepted();
  event.setApplication(command.getApplication());
  event.setRound(application.round);
  event.setStep(command.getStep());
  event.setTrack(application.track);
  if (command.getOpinion().size() > 0) event.setOpinion(command.getOpinion());
  return {};
}

}  // namespace engine
