// Whether a step's time is over: by the day that the call set, or by a period from the step before.
#include <algorithm>

#include "engine/context.h"

namespace engine {
namespace {

using events::Code;
using events::Result;

std::unexpected<events::Error> over(const Context& context, const RoundStep& at, Moment closed) {
  std::string when = events::local_text(closed, context.zone);
  return refuse(Code::too_late, at.clause(), "“" + name_zh(at) + "”已于 " + when + " 截止",
                "\"" + name_en(at) + "\" closed at " + when);
}

}  // namespace

Result<> need_time(const Context& context, const Round& round, const RoundStep& at,
                   const Application* application) {
  if (!at.step.hasCloses()) return {};
  auto closing = at.step.getCloses();
  if (closing.isInCall()) {
    auto set = round.deadlines.find(at.id());
    if (set == round.deadlines.end() || context.now < set->second.closes) return {};
    return over(context, at, set->second.closes);
  }
  auto within = closing.getWithin();
  if (!application) return {};
  auto from = application->outcomes.find(events::view(within.getFrom()));
  if (from == application->outcomes.end()) return {};
  const Calendar& calendar = context.memory.get<CalendarState>(round.calendar).calendar;
  auto deadline = TRY(calendar.deadline(from->second.on, read_period(within.getPeriod()),
                                        context.today, context.zone));
  // It may have been moved for the whole round, and never to an earlier day.
  auto moved = round.deadlines.find(at.id());
  Moment closes = deadline.closes;
  if (moved != round.deadlines.end()) closes = std::max(closes, moved->second.closes);
  if (context.now < closes) return {};
  if (within.getLimit() != events::Limit::SOFT) return over(context, at, closes);
  // A soft limit refuses nobody; that it was missed is on record.
  context.out.findings.push_back({at.clause(),
                                  "steps." + at.id() + ".closes",
                                  events::Verdict::UNMET,
                                  "< " + events::local_text(closes, context.zone),
                                  events::local_text(context.now, context.zone),
                                  {from->second.position}});
  return {};
}

}  // namespace engine
