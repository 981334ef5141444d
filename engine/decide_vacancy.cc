#include <algorithm>

#include "engine/decide_areas.h"
#include "engine/recusal.h"
#include "engine/track_desk.h"
#include "events/texts.h"

namespace engine {
namespace {

using events::Code;
using events::StepKind;
using events::string;
using events::view;

// Where nobody can come this far any more, there is nothing to wait for.
Result<> need_turn(const TrackDesk& desk) {
  if (in_the_running(desk).empty()) return {};
  return need_before(desk.round, desk.at, desk.key.second);
}

Result<events::Quota::Reader> quota_of(const TrackDesk& desk) {
  for (auto quota : desk.at.scheme->reader().getQuotas()) {
    if (desk.at.step.getList().getQuota() && in_quota(quota, desk.key.second)) return quota;
  }
  return refuse(Code::conflict, desk.at.clause(),
                "“" + name_zh(desk.at) + "”不决定名额，不能宣布空缺",
                "\"" + name_en(desk.at) + "\" decides on no places and can leave none vacant");
}

// Those who could have had a place and are on no list of this step.
std::vector<std::string> left_out(const TrackDesk& desk, events::Quota::Reader quota) {
  std::vector<std::string> out;
  for (auto track : quota.getTracks()) {
    StepTrack key{desk.key.first, string(track)};
    auto list = desk.round.lists.find(key);
    for (const RankedEntry& one : candidates(desk, view(track))) {
      bool listed =
          list != desk.round.lists.end() &&
          std::ranges::find(list->second.listed, one.application) != list->second.listed.end();
      if (!listed) out.push_back(one.application);
    }
  }
  return out;
}

}  // namespace

Result<> decide_leave_vacant(Context& context, LeaveVacant::Reader command) {
  const Round& round = *TRY(find_round(context, view(command.getRound())));
  auto at = TRY(
      find_step(context, round, view(command.getStep()), {StepKind::SELECT, StepKind::DELIBERATE}));
  TRY(need_track(at, view(command.getTrack())));
  TRY(need_organ(context, round, at, view(command.getTrack())));
  TrackDesk desk{round, at, {at.id(), string(command.getTrack())}};
  auto quota = TRY(quota_of(desk));
  std::string clause = string(quota.getClause());
  TRY(need_turn(desk));
  if (!quota.getMayStayVacant()) {
    return refuse(Code::conflict, clause, "办法未规定该名额可以空缺",
                  "the scheme does not say that these places may stay vacant");
  }
  Places used = used_places(round, at.id(), quota);
  std::size_t taken = used.listed + used.vacant;
  std::size_t left = quota.getPlaces() > taken ? quota.getPlaces() - taken : 0;
  if (command.getPlaces() == 0 || command.getPlaces() > left) {
    return refuse(Code::conflict, clause,
                  "还有 " + std::to_string(left) + " 个名额可以空缺，写了 " +
                      std::to_string(command.getPlaces()) + " 个",
                  std::to_string(left) + " places are left, and " +
                      std::to_string(command.getPlaces()) + " would be left vacant");
  }
  if (command.getReason().size() == 0) {
    return refuse(Code::conflict, clause, "空缺须写明理由", "leaving places vacant needs a reason");
  }
  auto others = left_out(desk, quota);
  TRY(need_unrecused(context, *at.scheme, round, others));
  auto event = context.out.emit().initAwardLeftVacant();
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTracks(quota.getTracks());
  event.setPlaces(command.getPlaces());
  event.setReason(command.getReason());
  events::set_all(event.initOthers(events::size_of(others)), others);
  return {};
}

}  // namespace engine
