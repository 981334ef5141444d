#include "engine/decide_areas.h"
#include "engine/expiry.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::string;
using events::to_date;
using events::view;

struct Published {
  Position position = 0;
  std::shared_ptr<const Scheme> scheme;
};

Result<Published> newest_version(const Context& context, std::string_view id) {
  const auto& versions = context.memory.get<SchemeVersions>(id).versions;
  if (versions.empty()) {
    return fail(Code::not_found, "办法尚未发布：" + std::string(id),
                "the scheme has not been published: " + std::string(id));
  }
  return Published{versions.rbegin()->first, versions.rbegin()->second};
}

Result<events::Step::Reader> call_step(const Scheme& scheme) {
  for (auto step : scheme.reader().getSteps()) {
    if (step.getKind() == events::StepKind::CALL) return step;
  }
  return fail(Code::invalid, "办法没有“发布通知”步骤", "the scheme has no step of kind call");
}

// Every step whose time the call sets has its last day, and no other step has.
Result<> check_days(const Scheme& scheme, PublishCall::Reader command, Date today) {
  std::vector<events::Fault> faults;
  auto fault = [&](std::string place, std::string zh, std::string en) {
    faults.push_back({"deadlines." + std::move(place), {std::move(zh), std::move(en)}});
  };
  for (auto step : scheme.reader().getSteps()) {
    bool wanted = step.hasCloses() && step.getCloses().isInCall();
    bool given = false;
    for (auto day : command.getDeadlines()) given |= day.getStep() == step.getStep();
    if (wanted && !given) {
      fault(string(step.getStep()), "通知须规定此步骤的截止日", "the call must set this last day");
    }
    if (!wanted && given) {
      fault(string(step.getStep()), "此步骤的期限不由通知规定", "the call does not set this one");
    }
  }
  for (auto day : command.getDeadlines()) {
    if (!scheme.step(view(day.getStep()))) {
      fault(string(day.getStep()), "办法没有此步骤", "the scheme has no such step");
    }
    if (to_date(day.getDay()) < today) {
      fault(string(day.getStep()), "截止日早于通知日", "the last day lies before the call");
    }
  }
  if (faults.empty()) return {};
  return std::unexpected(events::Error{
      Code::invalid, {"通知的期限有误", "the deadlines of the call are wrong"}, {}, faults});
}

}  // namespace

Result<> decide_publish_call(Context& context, PublishCall::Reader command) {
  if (context.memory.get<Round>(view(command.getRound())).position > 0) {
    return fail(Code::conflict, "轮次标识已被使用：" + string(command.getRound()),
                "the round's id is in use: " + string(command.getRound()));
  }
  auto version = TRY(newest_version(context, view(command.getScheme())));
  auto step = TRY(call_step(*version.scheme));
  Round opening;
  opening.scheme = string(command.getScheme());
  TRY(need_organ(context, opening, RoundStep{version.scheme, step}));
  const auto& versions = context.memory.get<SchemeVersions>(opening.scheme);
  TRY(need_in_force(*version.scheme, versions, string(step.getClause()), context.today));
  TRY(check_days(*version.scheme, command, context.today));
  TRY(need_text(command.getDocument(), "通知须写明文号", "a call names its document"));
  std::string calendar = string(version.scheme->reader().getCalendar());
  const auto& known = context.memory.get<CalendarState>(calendar);
  if (known.position == 0) {
    return fail(Code::not_found, "日历尚未发布：" + calendar + "。请先 publishCalendar",
                "the calendar has not been published: " + calendar + ". Publish it first");
  }
  auto event = context.out.emit().initCallPublished();
  event.setRound(command.getRound());
  event.setScheme(command.getScheme());
  event.setSchemePosition(version.position);
  event.setCalendar(calendar);
  event.setCalendarPosition(known.calendar.version(context.today));
  event.setYear(command.getYear());
  event.setDocument(command.getDocument());
  event.setCalledOn(events::to_days(context.today));
  std::string zone = string(version.scheme->reader().getZone());
  auto days = command.getDeadlines();
  auto deadlines = event.initDeadlines(days.size());
  for (unsigned i = 0; i < days.size(); ++i) {
    Date last = to_date(days[i].getDay());
    deadlines[i].setStep(days[i].getStep());
    deadlines[i].setLastDay(days[i].getDay());
    // Closing at 24:00: the first instant of the next day is too late.
    deadlines[i].setCloses(events::to_micros(events::start_of(last + std::chrono::days(1), zone)));
  }
  return {};
}

// Anybody may say that time has passed; the clock decides whether it has.
Result<> decide_pass_deadline(Context& context, PassDeadline::Reader command) {
  const Round& round = *TRY(find_round(context, view(command.getRound())));
  auto found = round.deadlines.find(view(command.getStep()));
  if (found == round.deadlines.end()) {
    return fail(Code::not_found, "该步骤没有由通知规定的期限：" + string(command.getStep()),
                "the call set no deadline for " + string(command.getStep()));
  }
  if (found->second.passed > 0) {
    return fail(Code::conflict, "该期限已确认届满", "this deadline is on record as passed");
  }
  if (context.now < found->second.closes) {
    return fail(Code::too_early, "期限尚未届满", "the deadline has not passed yet");
  }
  auto event = context.out.emit().initDeadlinePassed();
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setCloses(events::to_micros(found->second.closes));
  return {};
}

}  // namespace engine
