#include "engine/decide_areas.h"
#include "engine/evolve.h"
#include "engine/form.h"
#include "engine/separation.h"
#include "engine/step_rules.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

// The application as it would be, so that its rules can be asked before it exists.
Application preview(SubmitApplication::Reader command) {
  Application application;
  application.id = string(command.getApplication());
  application.round = string(command.getRound());
  application.applicant = string(command.getApplicant());
  application.step = string(command.getStep());
  application.track = string(command.getTrack());
  fill(application.form, command.getForm());
  return application;
}

// Whoever applies here for somebody holds no role that the scheme keeps apart from that.
Result<> need_no_organ(const Context& context, const Round& round, const RoundStep& at) {
  const auto& person = context.memory.get<Person>(context.actor());
  auto clash = find_clash(*at.scheme, person, "applicant", round.id);
  if (!clash) return {};
  return refuse_clash(*at.scheme, *clash, "applicant");
}

// A recommendation names its channel, and whoever makes it is of that channel.
Result<> need_channel(const Context& context, const Round& round, const RoundStep& at,
                      capnp::List<events::Entry>::Reader form) {
  if (!at.step.hasChannel()) return {};
  std::string channel;
  for (auto entry : form) {
    if (entry.getField() == at.step.getChannel() && entry.isValue()) {
      channel = string(entry.getValue());
    }
  }
  std::string clause = at.clause();
  std::string zh = channel;
  std::string en = channel;
  for (auto one : at.scheme->reader().getRecommenders()) {
    if (view(one.getRecommender()) != channel) continue;
    clause = string(one.getClause());
    zh = string(one.getName().getZh());
    if (one.getName().hasEn()) en = string(one.getName().getEn());
  }
  const auto& person = context.memory.get<Person>(context.actor());
  for (const RoleHeld& held : person.roles) {
    bool here = held.role == context.role() && held.counts_in(round.scheme, round.id);
    if (here && held.body == channel) return {};
  }
  return refuse(Code::forbidden, clause,
                "您未登记为“" + zh + "”这一渠道的推荐机构（授权时 body: " + channel + "）",
                "you are not registered for a recommending body of the channel \"" + en +
                    "\" (a role with body: " + channel + ")");
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
  TRY(need_no_organ(context, round, at));
  TRY(need_before(round, at, view(command.getTrack())));
  TRY(need_time(context, round, at, nullptr));
  TRY(check_object(at, view(command.getTrack()), applicant));
  TRY(check_step_form(at, view(command.getTrack()), command.getForm()));
  TRY(check_rules(context, round, at, application, nullptr));
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
  const Round& round = *TRY(find_round(context, application.round));
  const auto& applicant = context.memory.get<Applicant>(application.applicant);
  if (applicant.representative != context.actor()) {
    return fail(Code::forbidden, "只有申报主体的代表可以撤回申报",
                "only the applicant's representative can withdraw an application");
  }
  auto at = TRY(find_step(context, round, application.step, {StepKind::APPLY}));
  if (application.conferred > 0) {
    return refuse(Code::too_late, at.clause(), "已授奖，申报不能再撤回",
                  "the award has been conferred: the application can no longer be withdrawn");
  }
  TRY(need_text(command.getReason(), "撤回须写明理由", "a withdrawal gives its reason"));
  auto closing = round.deadlines.find(application.step);
  bool late = closing != round.deadlines.end() && context.now >= closing->second.closes;
  auto event = context.out.emit().initApplicationWithdrawn();
  event.setApplication(command.getApplication());
  event.setRound(application.round);
  event.setReason(command.getReason());
  event.setApplicant(application.applicant);
  event.setCountsForYear(late);
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
  TRY(need_channel(context, round, at, command.getForm()));
  TRY(need_answers(context, at, application));
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
  FormValues submitted;
  fill(submitted, command.getForm());
  if (passed) TRY(check_rules(context, round, at, application, &submitted));
  auto event = context.out.emit().initActed();
  event.setApplication(command.getApplication());
  event.setStep(command.getStep());
  event.setOutcome(command.getOutcome());
  if (command.hasForm()) event.setForm(command.getForm());
  if (opinion) event.setOpinion(command.getOpinion());
  if (command.hasDocuments()) event.setDocuments(command.getDocuments());
  if (!passed) event.setRound(application.round);
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
  TRY(check_rules(context, round, at, application, nullptr));
  auto event = context.out.emit().initApplicationAccepted();
  event.setApplication(command.getApplication());
  event.setRound(application.round);
  event.setStep(command.getStep());
  event.setTrack(application.track);
  if (command.getOpinion().size() > 0) event.setOpinion(command.getOpinion());
  return {};
}

}  // namespace engine
