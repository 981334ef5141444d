#include "engine/decide_areas.h"
#include "engine/recusal.h"
#include "engine/track_desk.h"
#include "events/texts.h"

namespace engine {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

namespace {

// Places that may stay vacant are filled, or said to be vacant, before the list goes on.
Result<> need_places_settled(const TrackDesk& desk, const std::string& list) {
  if (!desk.at.scheme->step(list)->getList().getQuota()) return {};
  for (auto quota : desk.at.scheme->reader().getQuotas()) {
    if (!in_quota(quota, desk.key.second) || !quota.getMayStayVacant()) continue;
    Places used = used_places(desk.round, list, quota);
    if (used.listed + used.vacant >= quota.getPlaces()) continue;
    std::string left = std::to_string(quota.getPlaces() - used.listed - used.vacant);
    std::string places = std::to_string(quota.getPlaces());
    return refuse(Code::too_early, string(quota.getClause()),
                  "名额 " + places + " 个，还有 " + left +
                      " 个既未列入名单，也未写明理由宣布空缺（leaveVacant）",
                  "of " + places + " places " + left +
                      " are neither listed nor left vacant with a reason (leaveVacant)");
  }
  return {};
}

}  // namespace

Result<> decide_approve_list(Context& context, ApproveList::Reader command) {
  auto desk = TRY(track_desk(context, view(command.getRound()), view(command.getStep()),
                             view(command.getTrack()), {StepKind::APPROVE}));
  // The list that is approved is the newest one that the step comes after.
  const FixedList* list = nullptr;
  std::string made_by;
  for (auto one : desk.at.step.getAfter()) {
    auto found = desk.round.lists.find({string(one), desk.key.second});
    if (found == desk.round.lists.end()) continue;
    list = &found->second;
    made_by = string(one);
  }
  if (!list) {
    return fail(Code::conflict, "没有待批准的名单", "there is no list to approve");
  }
  TRY(need_places_settled(desk, made_by));
  TRY(need_unrecused(context, *desk.at.scheme, desk.round, list->listed));
  TRY(need_unrecused(context, *desk.at.scheme, desk.round, list->others));
  TRY(need_text(command.getDocument(), "批准须写明文号", "an approval names its document"));
  context.out.rest_on(list->position);
  auto event = context.out.emit().initListApproved();
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  event.setList(list->position);
  event.setDocument(command.getDocument());
  auto standing_now = standing(desk.round, list->listed);
  events::set_all(event.initListed(events::size_of(standing_now)), standing_now);
  return {};
}

Result<> decide_confer_award(Context& context, ConferAward::Reader command) {
  const Application& application = *TRY(find_application(context, view(command.getApplication())));
  const Round& round = *TRY(find_round(context, application.round));
  auto at = TRY(find_step(context, round, view(command.getStep()), {StepKind::CONFER}));
  TRY(need_track(at, application.track));
  TRY(need_part(context, round, at, application));
  // An approved list stands in each application it names; another one has no such outcome.
  for (auto one : at.step.getAfter()) {
    if (application.outcomes.contains(view(one))) continue;
    return refuse(Code::conflict, at.clause(), "该申报不在已批准的名单上",
                  "this application is not on an approved list");
  }
  TRY(need_before(round, at, application));
  if (application.outcomes.contains(at.id())) {
    return refuse(Code::conflict, at.clause(), "已授奖", "the award has been conferred already");
  }
  TRY(need_text(command.getCertificate(), "授奖须写明证书编号", "an award names its certificate"));
  auto event = context.out.emit().initAwardConferred();
  event.setApplication(command.getApplication());
  event.setApplicant(application.applicant);
  event.setRound(application.round);
  event.setStep(command.getStep());
  event.setTrack(application.track);
  event.setScheme(round.scheme);
  event.setAward(at.scheme->award_of(application.track));
  event.setConferredOn(events::to_days(context.today));
  event.setCertificate(command.getCertificate());
  return {};
}

}  // namespace engine
