// Results that are no sheets of scores: of the public evaluation, of a hearing, of the defence.
#include "engine/decide_areas.h"
#include "engine/track_desk.h"

namespace engine {

using events::Code;
using events::fail;
using events::StepKind;
using events::view;

Result<> decide_enter_result(Context& context, EnterResult::Reader command) {
  constexpr unsigned out_of_max = 10'000;
  const Application& application = *TRY(find_application(context, view(command.getApplication())));
  const Round& round = *TRY(find_round(context, application.round));
  auto at = TRY(find_step(context, round, view(command.getStep()),
                          {StepKind::EVALUATE, StepKind::DEFEND, StepKind::HEAR}));
  TRY(need_track(at, application.track));
  TRY(need_part(context, round, at, application));
  TRY(need_before(round, at, application));
  TRY(need_time(context, round, at, &application));
  TRY(need_uncounted(round, at, at.id(), application.track));
  std::uint32_t out_of = command.getOutOf() == 0 ? 1 : command.getOutOf();
  if (out_of > out_of_max) {
    return fail(Code::invalid, "outOf 不能超过 10000", "outOf is at most 10000");
  }
  if (command.getHundredths() > std::uint64_t{100 * 100} * out_of) {
    return fail(Code::invalid, "结果以百分制计：不能超过 100 分",
                "a result is given out of 100 points, and cannot be more");
  }
  TRY(need_text(command.getBasis(), "须写明结果的依据，如问卷份数或评委评分表",
                "the basis of the result must be named, such as the questionnaires counted"));
  const StepResult* old = result_of(round, at.id(), application.track, application.id);
  if (old && command.getReason().size() == 0) {
    return refuse(Code::conflict, at.clause(), "结果已登记；更正须写明理由",
                  "a result was entered already; to correct it, give a reason");
  }
  auto event = context.out.emit().initResultEntered();
  event.setApplication(command.getApplication());
  event.setRound(application.round);
  event.setStep(command.getStep());
  event.setTrack(application.track);
  event.setNumerator(command.getHundredths());
  event.setDenominator(out_of);
  event.setBasis(command.getBasis());
  if (!old) return {};
  event.setReplaces(old->position);
  event.setReason(command.getReason());
  return {};
}

}  // namespace engine
