// Moving a time limit: only later, with a reason, and by whoever may.
#include "engine/decide_areas.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

Result<RoundStep> call_of(const RoundStep& at) {
  for (auto step : at.scheme->reader().getSteps()) {
    if (step.getKind() == StepKind::CALL) return RoundStep{at.scheme, step};
  }
  return fail(Code::corrupt, "办法没有“发布通知”步骤", "the scheme has no step of kind call");
}

const Calendar& calendar_of(const Context& context, const Round& round) {
  return context.memory.get<CalendarState>(round.calendar).calendar;
}

std::unexpected<events::Error> over(const RoundStep& at) {
  return refuse(Code::too_late, at.clause(), "期限已届满，不能再延后",
                "the time is over and can no longer be moved");
}

// Without a day: the next working day, where the calendar has made the last one a day off.
Result<Date> in_call(const Context& context, const Round& round, const RoundStep& at,
                     MoveDeadline::Reader command) {
  const DeadlineSet& set = round.deadlines.at(at.id());
  if (context.now >= set.closes) return over(at);
  if (command.getLastDay() != 0) return events::to_date(command.getLastDay());
  Period day{1, events::Unit::CALENDAR, true, true};
  return calendar_of(context, round).last_day(set.last_day, day, context.today);
}

// Of a period that each application has for itself: no earlier than that day, for all of them.
Result<Date> within(MoveDeadline::Reader command) {
  if (command.getLastDay() != 0) return events::to_date(command.getLastDay());
  return fail(Code::invalid, "此期限按各申报分别计算，且总按现行日历；请写明 lastDay",
              "this period is counted for each application, by the calendar as it stands: "
              "give a lastDay");
}

// Without a day: its length once more, by the calendar as it now stands.
Result<Date> of_notice(const Context& context, const Round& round, const RoundStep& at,
                       const PublicNotice& notice, MoveDeadline::Reader command) {
  bool other = notice.step != at.id() || notice.round != view(command.getRound());
  if (notice.position == 0 || other) {
    return fail(Code::not_found, "此步骤没有这份公示：" + string(command.getNotice()),
                "the step has no notice " + string(command.getNotice()));
  }
  if (notice.ended > 0 || notice.interrupted > 0 || context.now >= notice.closes) return over(at);
  if (command.getLastDay() != 0) return events::to_date(command.getLastDay());
  return calendar_of(context, round)
      .last_day(notice.opens_on, read_period(at.step.getNotice().getLasting()), context.today);
}

Result<> record_move(Context& context, const Round& round, const RoundStep& at, Date from, Date to,
                     MoveDeadline::Reader command) {
  if (to <= from) {
    std::string day = events::text(from);
    return refuse(Code::conflict, at.clause(), "期限只能延后：现为 " + day,
                  "a time limit only moves later: it is " + day);
  }
  std::string zone = string(at.scheme->reader().getZone());
  auto event = context.out.emit().initDeadlineMoved();
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setLastDay(events::to_days(to));
  event.setCloses(events::to_micros(events::start_of(to + std::chrono::days(1), zone)));
  event.setCalendarPosition(calendar_of(context, round).version(context.today));
  event.setReason(command.getReason());
  if (command.getNotice().size() > 0) event.setNotice(command.getNotice());
  return {};
}

Result<> move_notice(Context& context, const Round& round, const RoundStep& at,
                     MoveDeadline::Reader command) {
  TRY(need_organ(context, round, at));
  if (command.getNotice().size() == 0) {
    return fail(Code::invalid, "须写明哪一份公示（notice）", "name the notice whose end moves");
  }
  const auto& notice = context.memory.get<PublicNotice>(view(command.getNotice()));
  Date to = TRY(of_notice(context, round, at, notice, command));
  return record_move(context, round, at, notice.last_day, to, command);
}

}  // namespace

Result<> decide_move_deadline(Context& context, MoveDeadline::Reader command) {
  const Round& round = *TRY(find_round(context, view(command.getRound())));
  auto at = TRY(find_step(
      context, round, view(command.getStep()),
      {StepKind::APPLY, StepKind::RECOMMEND, StepKind::EXAMINE, StepKind::ACCEPT, StepKind::REVIEW,
       StepKind::VISIT, StepKind::HEAR, StepKind::DEFEND, StepKind::EVALUATE, StepKind::CONSULT,
       StepKind::NOTIFY, StepKind::PAY, StepKind::REPORT, StepKind::RECORD, StepKind::NOTICE}));
  TRY(need_text(command.getReason(), "变更期限须写明理由", "moving a time limit gives its reason"));
  if (at.step.getKind() == StepKind::NOTICE) return move_notice(context, round, at, command);
  if (command.getNotice().size() > 0) {
    return fail(Code::invalid, "此步骤不是公示", "this step is no notice");
  }
  if (!at.step.hasCloses()) {
    return fail(Code::invalid, "“" + name_zh(at) + "”没有期限",
                "\"" + name_en(at) + "\" has no time limit");
  }
  auto call = TRY(call_of(at));
  auto closing = at.step.getCloses();
  bool extended = closing.isWithin() && closing.getWithin().hasExtendedBy();
  std::string organ = string(extended ? closing.getWithin().getExtendedBy() : call.step.getWho());
  TRY(need_member(context, round, at, organ));
  auto set = round.deadlines.find(at.id());
  Date from = set == round.deadlines.end() ? Date() : set->second.last_day;
  Date to = closing.isInCall() ? TRY(in_call(context, round, at, command)) : TRY(within(command));
  return record_move(context, round, at, from, to, command);
}

}  // namespace engine
