#include "engine/group.h"

#include <algorithm>

#include "engine/recusal.h"
#include "events/texts.h"

namespace engine {

using events::Code;
using events::Result;
using events::StepKind;
using events::string;
using events::view;

Result<> check_group_size(const RoundStep& at, std::size_t size) {
  auto terms = at.step.getGroup();
  if (size >= terms.getSize() && !(terms.getOdd() && size % 2 == 0)) return {};
  std::string least = std::to_string(terms.getSize());
  return refuse(Code::conflict, at.clause(),
                "评审组至少 " + least + " 人" + (terms.getOdd() ? "，且须为单数" : "") + "；现为 " +
                    std::to_string(size) + " 人",
                "a review group has at least " + least + " members" +
                    (terms.getOdd() ? ", an odd number" : "") + "; this one would have " +
                    std::to_string(size));
}

Result<> check_group(const Context& context, const Round& round, const RoundStep& at,
                     const std::vector<std::string>& members) {
  TRY(check_group_size(at, members.size()));
  const auto& experts = context.memory.get<Pool>(round.scheme).experts;
  for (auto wanted : at.step.getGroup().getSpecialties()) {
    bool found = std::ranges::any_of(members, [&](const std::string& member) {
      auto expert = experts.find(member);
      return expert != experts.end() && expert->second.removed == 0 &&
             std::ranges::find(expert->second.specialties, view(wanted)) !=
                 expert->second.specialties.end();
    });
    if (found) continue;
    std::string name = string(wanted);
    return refuse(Code::conflict, at.clause(), "评审组缺少专业“" + name + "”的专家",
                  "the group has no expert of the specialty \"" + name + "\"");
  }
  return {};
}

Result<> need_reviewer(const Context& context, const Round& round, const RoundStep& at,
                       std::string_view person) {
  if (holds_role(context.memory.get<Person>(person), "reviewer", round)) return {};
  return refuse(Code::conflict, at.clause(), "不是本办法的评审员：" + std::string(person),
                "not a reviewer under this scheme: " + std::string(person));
}

Result<TrackDesk> new_group_desk(Context& context, std::string_view round, std::string_view step,
                                 std::string_view track) {
  auto desk = TRY(track_desk(context, round, step, track, {StepKind::DRAW}));
  TRY(need_unrecused_on(context, *desk.at.scheme, desk.round, track));
  return desk;
}

bool may_draw(const RoundStep& at) {
  return at.step.getGroup().getMethod() != events::GroupMethod::SELECTION;
}

bool may_select(const RoundStep& at) {
  return at.step.getGroup().getMethod() != events::GroupMethod::DRAW;
}

void emit_group(Context& context, const RoundStep& at, const NewGroup& group) {
  auto event = context.out.emit().initReviewGroupFormed();
  event.setGroup(group.group);
  event.setRound(group.round);
  event.setStep(at.id());
  event.setTrack(group.track);
  events::set_all(event.initReviewers(events::size_of(group.members)), group.members);
  event.setLeader(group.leader);
  event.setMethod(group.method);
}

}  // namespace engine
