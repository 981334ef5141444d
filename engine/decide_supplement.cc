// What is asked back before an application is decided on: supplements (补正) of the applicant, and
// written answers (书面征询) of departments.
#include "engine/decide_areas.h"
#include "engine/evolve.h"
#include "engine/form.h"
#include "engine/step_rules.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

// An application at a step that somebody works on now.
struct OpenStep {
  const Application& application;
  const Round& round;
  RoundStep at;
};

Result<OpenStep> open_step(Context& context, std::string_view application_id, std::string_view step,
                           std::initializer_list<StepKind> kinds) {
  const Application& application = *TRY(find_application(context, application_id));
  const Round& round = *TRY(find_round(context, application.round));
  auto at = TRY(find_step(context, round, step, kinds));
  TRY(need_track(at, application.track));
  TRY(need_undone(at, application));
  return OpenStep{application, round, at};
}

// The moment at which the time for an answer is over; none where no last day is set.
Result<Moment> end_of_answer(const Context& context, std::int32_t last_day) {
  if (last_day == 0) return Moment();
  if (events::to_date(last_day) < context.today) {
    return fail(Code::invalid, "期限不能早于今天", "the last day cannot lie before today");
  }
  return end_of(events::to_date(last_day), context);
}

template <class Event>
void set_end(Event event, std::int32_t last_day, Moment closes) {
  if (last_day == 0) return;
  event.setLastDay(last_day);
  event.setCloses(events::to_micros(closes));
}

// The application as the supplement makes it, judged once more as if it were applied for now.
Result<> check_supplemented(Context& context, const OpenStep& desk,
                            FileSupplement::Reader command) {
  const Application& application = desk.application;
  RoundStep apply{desk.at.scheme, *desk.at.scheme->step(application.step)};
  auto form = desk.at.scheme->form(view(apply.step.getForm()));
  if (!form) return fail(Code::corrupt, "办法缺少表单", "the scheme lacks the form");
  TRY(check_changes(*form, application.track, command.getForm(), application.form));
  Application supplemented = application;
  fill(supplemented.form, command.getForm());
  return check_rules(context, desk.round, apply, supplemented, nullptr);
}

Result<const Consultation*> find_consultation(const Context& context, std::string_view id) {
  const auto& consultation = context.memory.get<Consultation>(id);
  if (consultation.position == 0) {
    return fail(Code::not_found, "没有这项征询：" + std::string(id),
                "there is no consultation " + std::string(id));
  }
  return &consultation;
}

}  // namespace

Result<> decide_request_supplement(Context& context, RequestSupplement::Reader command) {
  auto desk = TRY(open_step(context, view(command.getApplication()), view(command.getStep()),
                            {StepKind::EXAMINE}));
  TRY(need_part(context, desk.round, desk.at, desk.application));
  TRY(need_before(desk.round, desk.at, desk.application));
  auto known = desk.application.supplements.find(desk.at.id());
  if (known != desk.application.supplements.end() && known->second.open()) {
    return refuse(Code::conflict, desk.at.clause(), "上一次补正尚未提交，须一次告知全部内容",
                  "the last supplement has not been filed: ask for everything at once");
  }
  TRY(need_text(command.getWanted(), "须写明要补正的内容", "what is missing must be named"));
  Moment closes = TRY(end_of_answer(context, command.getLastDay()));
  auto event = context.out.emit().initSupplementRequested();
  event.setApplication(command.getApplication());
  event.setStep(command.getStep());
  event.setWanted(command.getWanted());
  set_end(event, command.getLastDay(), closes);
  return {};
}

Result<> decide_file_supplement(Context& context, FileSupplement::Reader command) {
  auto desk = TRY(open_step(context, view(command.getApplication()), view(command.getStep()),
                            {StepKind::EXAMINE}));
  const Application& application = desk.application;
  const auto& applicant = context.memory.get<Applicant>(application.applicant);
  if (applicant.representative != context.actor() || context.role() != "applicant") {
    return refuse(Code::forbidden, desk.at.clause(), "补正只能由该申报主体登记的代表提交",
                  "a supplement is filed by the applicant's registered representative only");
  }
  auto wanted = application.supplements.find(desk.at.id());
  if (wanted == application.supplements.end() || !wanted->second.open()) {
    return refuse(Code::conflict, desk.at.clause(), "没有待提交的补正；材料提交后不能自行修改",
                  "no supplement is asked for: what was filed is not changed of one's own accord");
  }
  if (wanted->second.has_end() && context.now >= wanted->second.closes) {
    std::string when = events::local_text(wanted->second.closes, context.zone);
    return refuse(Code::too_late, desk.at.clause(), "补正期限已于 " + when + " 届满",
                  "the time for the supplement was over at " + when);
  }
  TRY(need_text(command.getExplanation(), "补正须有说明", "a supplement comes with a word on it"));
  TRY(check_supplemented(context, desk, command));
  context.out.rest_on(wanted->second.asked);
  auto event = context.out.emit().initSupplementFiled();
  event.setApplication(command.getApplication());
  event.setStep(command.getStep());
  event.setAnswers(wanted->second.asked);
  if (command.hasForm()) event.setForm(command.getForm());
  if (command.hasDocuments()) event.setDocuments(command.getDocuments());
  event.setExplanation(command.getExplanation());
  return {};
}

Result<> decide_ask_department(Context& context, AskDepartment::Reader command) {
  auto desk = TRY(open_step(context, view(command.getApplication()), view(command.getStep()),
                            {StepKind::EXAMINE, StepKind::CONSULT}));
  TRY(need_part(context, desk.round, desk.at, desk.application));
  TRY(need_before(desk.round, desk.at, desk.application));
  if (!desk.at.step.hasConsult()) {
    return fail(Code::invalid, "“" + name_zh(desk.at) + "”不征询部门（办法未写 consult）",
                "no department is asked at \"" + name_en(desk.at) +
                    "\": the scheme has no \"consult\" there");
  }
  if (context.memory.get<Consultation>(view(command.getConsultation())).position > 0) {
    return fail(Code::conflict, "征询标识已被使用：" + string(command.getConsultation()),
                "the consultation's id is in use: " + string(command.getConsultation()));
  }
  TRY(need_text(command.getBody(), "须写明征询的部门", "the department must be named"));
  TRY(need_text(command.getQuestion(), "须写明征询的内容", "the question must be named"));
  Moment closes = TRY(end_of_answer(context, command.getLastDay()));
  auto event = context.out.emit().initDepartmentAsked();
  event.setConsultation(command.getConsultation());
  event.setApplication(command.getApplication());
  event.setStep(command.getStep());
  event.setBody(command.getBody());
  event.setQuestion(command.getQuestion());
  set_end(event, command.getLastDay(), closes);
  return {};
}

Result<> decide_answer_department(Context& context, AnswerDepartment::Reader command) {
  const Consultation& asked = *TRY(find_consultation(context, view(command.getConsultation())));
  auto desk = TRY(
      open_step(context, asked.application, asked.step, {StepKind::EXAMINE, StepKind::CONSULT}));
  TRY(need_part(context, desk.round, desk.at, desk.application));
  if (asked.answered > 0) {
    return fail(Code::conflict, asked.body + " 已答复", asked.body + " has answered already");
  }
  TRY(need_text(command.getAnswer(), "须写明答复的内容", "the answer must be named"));
  context.out.rest_on(asked.position);
  auto event = context.out.emit().initDepartmentAnswered();
  event.setConsultation(command.getConsultation());
  event.setApplication(asked.application);
  event.setStep(asked.step);
  event.setBody(asked.body);
  event.setObjects(command.getObjects());
  event.setAnswer(command.getAnswer());
  if (command.getDocument().size() > 0) event.setDocument(command.getDocument());
  if (!command.getObjects() || !desk.at.step.getConsult().getVeto()) return {};
  auto excluded = context.out.emit().initApplicationExcluded();
  excluded.setApplication(asked.application);
  excluded.setRound(desk.application.round);
  excluded.setStep(asked.step);
  excluded.setReason(asked.body + "：" + string(command.getAnswer()));
  excluded.setClause(desk.at.clause());
  return {};
}

}  // namespace engine
