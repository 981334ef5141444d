#include <algorithm>

#include "engine/decide_areas.h"
#include "engine/draw.h"
#include "engine/eligible.h"
#include "engine/group.h"
#include "engine/recusal.h"
#include "events/text_encoding.h"
#include "events/texts.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

constexpr std::size_t seed_bytes_min = 16;
constexpr std::size_t seed_bytes_max = 64;

using Bytes = std::vector<std::uint8_t>;

Result<Bytes> read_seed(capnp::Text::Reader text) {
  auto bytes = events::parse_hex(view(text));
  if (bytes && bytes->size() >= seed_bytes_min && bytes->size() <= seed_bytes_max) return *bytes;
  return fail(Code::invalid, "种子须为小写十六进制，16 到 64 字节",
              "a seed is 16 to 64 bytes in lower-case hex");
}

Result<events::Hash> read_digest(capnp::Text::Reader text) {
  events::Hash digest{};
  auto bytes = events::parse_hex(view(text));
  if (!bytes || bytes->size() != digest.size()) {
    return fail(Code::invalid, "摘要须为 SHA-256 的 64 位小写十六进制",
                "the digest is a SHA-256: 64 digits of lower-case hex");
  }
  std::ranges::copy(*bytes, digest.begin());
  return digest;
}

Result<> need_method(const RoundStep& at) {
  if (may_draw(at)) return {};
  return refuse(Code::conflict, at.clause(), "本办法的评审组不由抽取产生",
                "under this scheme the review group is not drawn");
}

Result<std::vector<Demand>> read_demands(const RoundStep& at, CommitDraw::Reader command) {
  std::vector<Demand> demands;
  for (auto one : command.getDemands()) {
    demands.push_back({string(one.getSpecialty()), one.getNumber()});
    if (one.getNumber() > 0 && one.getSpecialty().size() > 0) continue;
    return fail(Code::invalid, "抽取需求须写明专业和大于 0 的人数（任意专业写 any）",
                "a demand names a specialty, or any, and a number above 0");
  }
  for (auto wanted : at.step.getGroup().getSpecialties()) {
    if (std::ranges::find(demands, view(wanted), &Demand::specialty) != demands.end()) continue;
    return refuse(Code::conflict, at.clause(), "抽取需求缺少专业：" + string(wanted),
                  "the demands lack the specialty " + string(wanted));
  }
  TRY(check_group_size(at, places_in(demands)));
  return demands;
}

// A draw that the witness has seen could be dropped because of its result: not without a reason.
Result<const Draw*> earlier_draw(const Context& context, const TrackDesk& desk,
                                 CommitDraw::Reader command) {
  auto found = desk.round.draws.find(desk.key);
  if (found == desk.round.draws.end()) return nullptr;
  const Draw& earlier = context.memory.get<Draw>(found->second);
  if (!earlier.witness_seed.empty() && command.getReason().size() == 0) {
    return refuse(Code::conflict, desk.at.clause(),
                  "抽取 " + found->second + " 已有监督种子，须予揭示；确实不能揭示的，写明理由",
                  "draw " + found->second +
                      " has its witness's seed and is to be opened; if it cannot be, say why");
  }
  return &earlier;
}

Result<> need_enough(const RoundStep& at, const std::vector<Demand>& demands,
                     const Eligible& eligible) {
  unsigned filled = places_filled(demands, eligible.candidates);
  unsigned wanted = places_in(demands);
  if (filled == wanted) return {};
  std::string of = std::to_string(filled) + " / " + std::to_string(wanted);
  std::string pool = std::to_string(eligible.candidates.size());
  std::string out = std::to_string(eligible.excluded.size());
  return refuse(
      Code::conflict, at.clause(),
      "可抽取的专家不足：候选 " + pool + " 人（排除 " + out + " 人），只能满足需求的 " + of,
      "too few experts can be drawn: " + pool + " candidates (" + out + " excluded) fill " + of +
          " of the places");
}

void emit_commitment(Context& context, CommitDraw::Reader command, const Eligible& eligible,
                     const events::Hash& digest, const Draw* earlier, Position pool) {
  auto event = context.out.emit().initDrawCommitted();
  event.setDraw(command.getDraw());
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  event.setDemands(command.getDemands());
  auto candidates = event.initCandidates(static_cast<unsigned>(eligible.candidates.size()));
  for (unsigned i = 0; i < candidates.size(); ++i) {
    const Candidate& one = eligible.candidates[i];
    candidates[i].setPerson(one.person);
    auto specialties = candidates[i].initSpecialties(static_cast<unsigned>(one.specialties.size()));
    for (unsigned j = 0; j < specialties.size(); ++j) specialties.set(j, one.specialties[j]);
  }
  auto excluded = event.initExcluded(static_cast<unsigned>(eligible.excluded.size()));
  for (unsigned i = 0; i < excluded.size(); ++i) {
    const Excluded& one = eligible.excluded[i];
    excluded[i].setExpert(one.person);
    excluded[i].initReason().setZh(one.reason.zh);
    excluded[i].getReason().setEn(one.reason.en);
    excluded[i].setInput(one.input);
  }
  event.setDigest(capnp::Data::Reader(digest.data(), digest.size()));
  event.setPoolPosition(pool);
  if (!earlier) return;
  event.setReplaces(earlier->committed);
  if (command.getReason().size() > 0) event.setReason(command.getReason());
}

// A draw that waits for its witness or its opening.
struct DrawDesk {
  const Draw& draw;
  const Round& round;
  RoundStep at;
};

Result<DrawDesk> draw_desk(Context& context, std::string_view id) {
  const Draw& draw = context.memory.get<Draw>(id);
  if (draw.committed == 0) {
    return fail(Code::not_found, "没有这次抽取：" + std::string(id),
                "there is no draw " + std::string(id));
  }
  const Round& round = *TRY(find_round(context, draw.round));
  auto at = TRY(find_step(context, round, draw.step, {StepKind::DRAW}));
  TRY(need_unrecused_on(context, *at.scheme, round, draw.track));
  if (draw.opened > 0) {
    return refuse(Code::conflict, at.clause(), "该抽取已揭示", "the draw has been opened already");
  }
  if (round.draws.at({draw.step, draw.track}) != id) {
    return refuse(Code::conflict, at.clause(), "该抽取已被后一次抽取取代",
                  "a later draw has taken the place of this one");
  }
  context.out.rest_on(draw.committed);
  return DrawDesk{draw, round, at};
}

}  // namespace

Result<> decide_commit_draw(Context& context, CommitDraw::Reader command) {
  auto desk = TRY(new_group_desk(context, view(command.getRound()), view(command.getStep()),
                                 view(command.getTrack())));
  const auto& [round, at, key] = desk;
  TRY(need_method(at));
  if (context.memory.get<Draw>(view(command.getDraw())).position > 0) {
    return fail(Code::conflict, "抽取标识已被使用：" + string(command.getDraw()),
                "the draw's id is in use: " + string(command.getDraw()));
  }
  const Draw* earlier = TRY(earlier_draw(context, desk, command));
  auto digest = TRY(read_digest(command.getDigest()));
  auto demands = TRY(read_demands(at, command));
  auto eligible = find_eligible(context, round, *at.scheme, key.second, demands);
  TRY(need_enough(at, demands, eligible));
  emit_commitment(context, command, eligible, digest, earlier,
                  context.memory.get<Pool>(round.scheme).position);
  return {};
}

Result<> decide_witness_draw(Context& context, WitnessDraw::Reader command) {
  auto desk = TRY(draw_desk(context, view(command.getDraw())));
  TRY(need_member(context, desk.round, desk.at, view(desk.at.step.getGroup().getWitness())));
  if (context.actor() == desk.draw.committed_by) {
    return refuse(Code::forbidden, desk.at.clause(), "监督人不能是提交抽取承诺的人",
                  "the witness is somebody else than who committed the draw");
  }
  if (!desk.draw.witness_seed.empty()) {
    return refuse(Code::conflict, desk.at.clause(), "监督种子已记录，不能更换",
                  "the witness's seed is on record and cannot be changed");
  }
  auto seed = TRY(read_seed(command.getSeed()));
  auto event = context.out.emit().initDrawWitnessed();
  event.setDraw(command.getDraw());
  event.setRound(desk.draw.round);
  event.setStep(desk.draw.step);
  event.setTrack(desk.draw.track);
  event.setWitness(context.command.getActor());
  event.setSeed(capnp::Data::Reader(seed.data(), seed.size()));
  return {};
}

Result<> decide_open_draw(Context& context, OpenDraw::Reader command) {
  auto desk = TRY(draw_desk(context, view(command.getDraw())));
  const Draw& draw = desk.draw;
  TRY(need_organ(context, desk.round, desk.at));
  if (draw.witness_seed.empty()) {
    return refuse(Code::too_early, desk.at.clause(), "监督人尚未给出种子，不能揭示",
                  "the witness has not given a seed yet, so the draw cannot be opened");
  }
  auto seed = TRY(read_seed(command.getSeed()));
  if (events::sha256(seed) != draw.digest) {
    return refuse(Code::conflict, desk.at.clause(), "种子与事先记录的摘要不符",
                  "the seed does not fit the digest that was put on record before");
  }
  Drawn drawn = draw_members({events::hex(seed), draw.witness_seed}, view(command.getDraw()),
                             draw.demands, draw.candidates);
  NewGroup group{string(command.getGroup()),  draw.round,           draw.track, drawn.members,
                 string(command.getLeader()), events::Method::DRAWN};
  if (group.leader.empty()) group.leader = drawn.members.front();
  if (std::ranges::find(drawn.members, group.leader) == drawn.members.end()) {
    return fail(Code::invalid, "组长须是抽中的组员；可不指定 leader，以首位抽中者为组长",
                "the leader must be one of those drawn; without one it is the first drawn");
  }
  auto event = context.out.emit().initDrawOpened();
  event.setDraw(command.getDraw());
  event.setRound(draw.round);
  event.setStep(draw.step);
  event.setTrack(draw.track);
  event.setSeed(capnp::Data::Reader(seed.data(), seed.size()));
  auto witness_seed = TRY(events::parse_hex(draw.witness_seed));
  event.setWitnessSeed(capnp::Data::Reader(witness_seed.data(), witness_seed.size()));
  events::set_all(event.initDrawn(events::size_of(drawn.members)), drawn.members);
  events::set_all(event.initReserves(events::size_of(drawn.reserves)), drawn.reserves);
  emit_group(context, desk.at, group);
  return {};
}

}  // namespace engine
