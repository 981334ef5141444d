#include <algorithm>
#include <set>

#include "engine/decide_areas.h"
#include "engine/draw.h"
#include "engine/group.h"
#include "engine/recusal.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

bool contains(const std::vector<std::string>& list, std::string_view one) {
  return std::ranges::find(list, one) != list.end();
}

struct GroupDesk {
  const Round& round;
  RoundStep at;
  const ReviewGroup& group;
};

Result<GroupDesk> group_desk(Context& context, ReplaceMember::Reader command) {
  const Round& round = *TRY(find_round(context, view(command.getRound())));
  auto at = TRY(find_step(context, round, view(command.getStep()), {StepKind::DRAW}));
  TRY(need_track(at, view(command.getTrack())));
  TRY(need_organ(context, round, at));
  TRY(need_unrecused_on(context, *at.scheme, round, view(command.getTrack())));
  auto group = round.groups.find({at.id(), string(command.getTrack())});
  if (group == round.groups.end()) {
    return refuse(Code::too_early, at.clause(), "该类别尚未组成评审组",
                  "this track has no review group yet");
  }
  return GroupDesk{round, at, group->second};
}

// Null for a group whose members were selected.
const Draw* draw_of(const Context& context, const GroupDesk& desk, std::string_view track) {
  auto found = desk.round.draws.find({desk.at.id(), std::string(track)});
  if (!may_draw(desk.at) || found == desk.round.draws.end()) return nullptr;
  return &context.memory.get<Draw>(found->second);
}

Candidate candidate_of(const Draw& draw, const std::string& person) {
  auto found = std::ranges::find(draw.candidates, person, &Candidate::person);
  return found == draw.candidates.end() ? Candidate{person, {}} : *found;
}

// The first in the drawn order who is free and with whom the draw's demands can be met as well as
// before; empty if there is none.
std::string next_reserve(const GroupDesk& desk, const Draw& draw,
                         const std::vector<std::string>& staying) {
  std::vector<Candidate> stay;
  for (const std::string& member : staying) stay.push_back(candidate_of(draw, member));
  for (const std::string& reserve : draw.reserves) {
    if (contains(staying, reserve) || desk.group.gone.contains(reserve)) continue;
    auto with = stay;
    with.push_back(candidate_of(draw, reserve));
    unsigned wanted = std::min(places_in(draw.demands), static_cast<unsigned>(with.size()));
    if (places_filled(draw.demands, with) == wanted) return reserve;
  }
  return {};
}

Result<> check_joining(const Context& context, const GroupDesk& desk, const Draw* draw,
                       const std::vector<std::string>& staying, const std::string& joins) {
  TRY(need_reviewer(context, desk.round, desk.at, joins));
  if (contains(staying, joins) || desk.group.gone.contains(joins)) {
    return fail(Code::conflict, "此人已在组内，或已退出该组：" + joins,
                "this person is in the group, or has left it: " + joins);
  }
  if (!draw) return {};
  std::string next = next_reserve(desk, *draw, staying);
  if (next == joins) return {};
  return refuse(Code::conflict, desk.at.clause(),
                next.empty() ? "没有可递补的候补人选"
                             : "候补按抽取的次序递补，下一位是 " + next +
                                   "；其不能参加的，先以其为 leaves 登记并写明理由",
                next.empty() ? "no reserve is left who could step in"
                             : "reserves step in as they were drawn, and the next is " + next +
                                   "; if he cannot, strike him first: name him as leaves, with the "
                                   "reason");
}

// Members are not named after a draw was begun, or the draw would be made until it pleases.
Result<> need_selection(const TrackDesk& desk) {
  if (!may_select(desk.at)) {
    return refuse(Code::conflict, desk.at.clause(), "本办法规定评审组由抽取产生，不能直接指定成员",
                  "under this scheme the group is drawn; its members cannot be named");
  }
  auto begun = desk.round.draws.find(desk.key);
  if (begun == desk.round.draws.end()) return {};
  return refuse(Code::conflict, desk.at.clause(),
                "已承诺抽取 " + begun->second + "，不能改为直接指定成员；请揭示抽取",
                "the draw " + begun->second +
                    " has been committed to: open it; members cannot be named any more");
}

}  // namespace

Result<> decide_form_review_group(Context& context, FormReviewGroup::Reader command) {
  auto desk = TRY(new_group_desk(context, view(command.getRound()), view(command.getStep()),
                                 view(command.getTrack())));
  const auto& [round, at, key] = desk;
  TRY(need_selection(desk));
  std::set<std::string> members;
  for (auto reviewer : command.getReviewers()) {
    TRY(need_reviewer(context, round, at, view(reviewer)));
    members.insert(string(reviewer));
  }
  NewGroup group{string(command.getGroup()),
                 string(command.getRound()),
                 string(command.getTrack()),
                 {members.begin(), members.end()},
                 string(command.getLeader())};
  TRY(check_group(context, round, at, group.members));
  if (!members.contains(group.leader)) {
    return fail(Code::invalid, "组长须是组员", "the leader must be a member");
  }
  emit_group(context, at, group);
  return {};
}

Result<> decide_replace_member(Context& context, ReplaceMember::Reader command) {
  auto desk = TRY(group_desk(context, command));
  const Draw* draw = draw_of(context, desk, view(command.getTrack()));
  std::string leaves = string(command.getLeaves());
  std::string joins = string(command.getJoins());
  bool member = contains(desk.group.reviewers, leaves);
  bool reserve = draw && contains(draw->reserves, leaves) && !desk.group.gone.contains(leaves);
  if (!member && !reserve) {
    return fail(Code::conflict, "此人不是组员，也不是候补：" + leaves,
                "this person is neither a member nor a reserve: " + leaves);
  }
  TRY(need_text(command.getReason(), "更换须写明理由", "a replacement gives its reason"));
  auto staying = desk.group.reviewers;
  std::erase(staying, leaves);
  if (!member && !joins.empty()) {
    return fail(Code::invalid, "划去候补时不能同时增补组员",
                "when a reserve is struck, nobody joins by that");
  }
  if (!joins.empty()) {
    TRY(check_joining(context, desk, draw, staying, joins));
    staying.push_back(joins);
  }
  if (member) TRY(check_group(context, desk.round, desk.at, staying));
  std::string leader = desk.group.leader;
  if (command.getLeader().size() > 0) leader = string(command.getLeader());
  if (!contains(staying, leader)) {
    return fail(Code::invalid, "组长离组或不是组员，须指定新的组长（leader）",
                "the leader leaves or is no member: name a new one (leader)");
  }
  context.out.rest_on(desk.group.position);
  auto event = context.out.emit().initMemberReplaced();
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  event.setGroup(desk.group.group);
  event.setLeaves(leaves);
  if (!joins.empty()) event.setJoins(joins);
  event.setLeader(leader);
  event.setReason(command.getReason());
  return {};
}

}  // namespace engine
