#include <algorithm>
#include <set>

#include "engine/decide_areas.h"
#include "engine/recusal.h"
#include "engine/track_desk.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

// How the organ of a step decides by ballot, and under which clause.
struct BallotTerms {
  events::Committee::Reader committee;
  std::string clause;
};

Result<BallotTerms> ballot_terms(const RoundStep& at) {
  auto organ = at.scheme->organ(view(at.step.getWho()));
  if (!at.step.getBallot() || !organ || !organ->hasCommittee()) {
    return refuse(Code::conflict, at.clause(), "办法未规定此步骤须表决：直接确定名单",
                  "the scheme asks for no ballot here: fix the list itself");
  }
  auto committee = organ->getCommittee();
  return BallotTerms{committee,
                     committee.hasClause() ? string(committee.getClause()) : at.clause()};
}

std::string of_all(std::size_t part, std::size_t all) {
  return std::to_string(part) + "/" + std::to_string(all);
}

// More than so many of a hundred.
bool exceeds(std::size_t part, std::size_t all, unsigned percent) {
  return part * 100 > all * percent;
}

void note(Context& context, const BallotTerms& terms, std::string rule, unsigned percent,
          std::size_t part, std::size_t all, const std::string& of = "") {
  bool met = exceeds(part, all, percent);
  context.out.findings.push_back({terms.clause,
                                  std::move(rule),
                                  met ? events::Verdict::MET : events::Verdict::UNMET,
                                  "> " + std::to_string(percent) + "%",
                                  of + of_all(part, all),
                                  {}});
}

Result<> need_quorum(Context& context, const TrackDesk& desk, const BallotTerms& terms,
                     const std::set<std::string>& present) {
  std::string organ = organ_id(desk.round.scheme, view(desk.at.step.getWho()));
  auto members = context.memory.get<Organ>(organ).members(desk.round.id);
  for (const std::string& one : present) {
    if (members.contains(one)) continue;
    return refuse(Code::conflict, terms.clause, "不是该机构的成员：" + one,
                  "not a member of the organ: " + one);
  }
  if (members.size() < terms.committee.getMembersAtLeast()) {
    std::string least = std::to_string(terms.committee.getMembersAtLeast());
    return refuse(
        Code::conflict, terms.clause,
        "成员不足 " + least + " 人，现有 " + std::to_string(members.size()) + " 人",
        "the organ has fewer than " + least + " members: " + std::to_string(members.size()));
  }
  unsigned quorum = terms.committee.getQuorumPercent();
  note(context, terms, "organs.committee.quorumPercent", quorum, present.size(), members.size());
  if (exceeds(present.size(), members.size(), quorum)) return {};
  return refuse(Code::conflict, terms.clause,
                "到会 " + of_all(present.size(), members.size()) + " 人，须超过成员的 " +
                    std::to_string(quorum) + "%，不能表决",
                of_all(present.size(), members.size()) +
                    " of the members are present; a ballot needs more than " +
                    std::to_string(quorum) + "%");
}

Result<> check_candidates(Context& context, const TrackDesk& desk,
                          const std::set<std::string>& wanted) {
  if (wanted.empty()) return fail(Code::invalid, "没有候选", "there is no candidate");
  auto from = candidates(desk, desk.key.second);
  for (const std::string& id : wanted) {
    if (std::ranges::find(from, id, &RankedEntry::application) == from.end()) {
      return refuse(Code::conflict, desk.at.clause(), "不在可选范围内：" + id,
                    "not among those to choose from: " + id);
    }
    const auto& application = context.memory.get<Application>(id);
    TRY(need_before(desk.round, desk.at, application));
    TRY(need_unrecused(context, *desk.at.scheme, application));
    auto balloted = desk.round.balloted.find(desk.key);
    if (balloted == desk.round.balloted.end() || !balloted->second.contains(id)) continue;
    // Or it would be voted on until the result pleases.
    return refuse(Code::conflict, desk.at.clause(), "已交付表决，不能再次表决：" + id,
                  "it has been put to the vote and is not voted on again: " + id);
  }
  return {};
}

// A ballot that is open, and the step that it belongs to.
struct BallotDesk {
  const Ballot& ballot;
  const Round& round;
  RoundStep at;
  BallotTerms terms;
};

// Once the results were taken back on which its candidates stood, a ballot says nothing any more.
Result<> need_standing(const Round& round, const Ballot& ballot, std::string_view id,
                       const std::string& clause) {
  auto newest = round.balloted.find({ballot.step, ballot.track});
  if (newest != round.balloted.end()) {
    auto one = newest->second.find(ballot.candidates.front());
    if (one != newest->second.end() && one->second.ballot == id) return {};
  }
  return refuse(Code::conflict, clause, "候选所依据的结果已被撤回，此次表决随之作废，须重新表决",
                "the results behind its candidates were taken back, and the ballot with them: "
                "open a new one");
}

Result<BallotDesk> ballot_desk(Context& context, std::string_view id) {
  const auto& ballot = context.memory.get<Ballot>(id);
  if (ballot.position == 0) {
    return fail(Code::not_found, "没有这次表决：" + std::string(id),
                "there is no ballot " + std::string(id));
  }
  const Round& round = *TRY(find_round(context, ballot.round));
  auto at = TRY(find_step(context, round, ballot.step, {StepKind::SELECT, StepKind::DELIBERATE}));
  auto terms = TRY(ballot_terms(at));
  TRY(need_organ(context, round, at));
  if (ballot.closed) {
    return refuse(Code::too_late, terms.clause, "表决已结束", "the ballot is closed");
  }
  TRY(need_standing(round, ballot, id, terms.clause));
  return BallotDesk{ballot, round, at, terms};
}

Result<> check_choices(Context& context, const BallotDesk& desk, CastVote::Reader command) {
  const auto& ballot = desk.ballot;
  if (command.getChoices().size() == 0) return fail(Code::invalid, "没有选择", "there is no vote");
  for (auto choice : command.getChoices()) {
    std::string id = string(choice.getApplication());
    if (std::ranges::find(ballot.candidates, id) == ballot.candidates.end()) {
      return fail(Code::invalid, "不是此次表决的候选：" + id,
                  "not a candidate of this ballot: " + id);
    }
    TRY(need_unrecused(context, *desk.at.scheme, context.memory.get<Application>(id)));
    if (!ballot.votes.contains({id, std::string(context.actor())})) continue;
    return refuse(Code::conflict, desk.terms.clause, "对此申报已投过票，每人一票：" + id,
                  "you have voted on this one, and each member has one vote: " + id);
  }
  return {};
}

struct Tally {
  std::size_t favour = 0;
  std::size_t against = 0;
  std::size_t abstain = 0;
  std::size_t recused = 0;

  std::size_t voters() const { return favour + against + abstain; }
};

// Of those present; whoever is recused from the application is not counted, whatever he did before.
Result<Tally> tally(Context& context, const BallotDesk& desk, const std::string& id) {
  const auto& application = context.memory.get<Application>(id);
  Tally counts;
  for (const std::string& member : desk.ballot.present) {
    if (application.recused.contains(member)) {
      ++counts.recused;
      continue;
    }
    auto vote = desk.ballot.votes.find({id, member});
    if (vote == desk.ballot.votes.end()) {
      return refuse(Code::too_early, desk.terms.clause,
                    member + " 尚未对 " + id + " 投票；弃权也须投票写明",
                    member + " has not voted on " + id + "; abstaining is a vote too");
    }
    if (vote->second == events::Vote::FAVOUR) ++counts.favour;
    if (vote->second == events::Vote::AGAINST) ++counts.against;
    if (vote->second == events::Vote::ABSTAIN) ++counts.abstain;
  }
  return counts;
}

}  // namespace

Result<> decide_open_ballot(Context& context, OpenBallot::Reader command) {
  auto desk = TRY(track_desk(context, view(command.getRound()), view(command.getStep()),
                             view(command.getTrack()), {StepKind::SELECT, StepKind::DELIBERATE}));
  auto terms = TRY(ballot_terms(desk.at));
  if (context.memory.get<Ballot>(view(command.getBallot())).position > 0) {
    return fail(Code::conflict, "标识已被使用：" + string(command.getBallot()),
                "the id is in use already: " + string(command.getBallot()));
  }
  std::set<std::string> wanted;
  for (auto one : command.getCandidates()) wanted.insert(string(one));
  TRY(check_candidates(context, desk, wanted));
  std::set<std::string> present;
  for (auto one : command.getPresent()) present.insert(string(one));
  TRY(need_quorum(context, desk, terms, present));
  auto event = context.out.emit().initBallotOpened();
  event.setBallot(command.getBallot());
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  auto set_all = [](auto list, const std::set<std::string>& ids) {
    unsigned i = 0;
    for (const std::string& id : ids) list.set(i++, id);
  };
  set_all(event.initCandidates(static_cast<unsigned>(wanted.size())), wanted);
  set_all(event.initPresent(static_cast<unsigned>(present.size())), present);
  auto members = context.memory.get<Organ>(organ_id(desk.round.scheme, view(desk.at.step.getWho())))
                     .members(desk.round.id);
  auto all = event.initMembers(static_cast<unsigned>(members.size()));
  unsigned i = 0;
  for (const std::string& id : members) all.set(i++, id);
  event.setSecret(terms.committee.getSecretBallot());
  return {};
}

Result<> decide_cast_vote(Context& context, CastVote::Reader command) {
  auto desk = TRY(ballot_desk(context, view(command.getBallot())));
  const auto& present = desk.ballot.present;
  if (std::ranges::find(present, context.actor()) == present.end()) {
    return refuse(Code::forbidden, desk.terms.clause, "未到会的成员不能投票",
                  "only members who are present vote");
  }
  TRY(check_choices(context, desk, command));
  auto event = context.out.emit().initVoteCast();
  event.setBallot(command.getBallot());
  event.setMember(context.command.getActor());
  event.setChoices(command.getChoices());
  return {};
}

Result<> decide_close_ballot(Context& context, CloseBallot::Reader command) {
  auto desk = TRY(ballot_desk(context, view(command.getBallot())));
  const auto& candidates = desk.ballot.candidates;
  auto event = context.out.emit().initBallotClosed();
  event.setBallot(command.getBallot());
  event.setRound(desk.ballot.round);
  event.setStep(desk.ballot.step);
  event.setTrack(desk.ballot.track);
  auto all = event.initCounts(static_cast<unsigned>(candidates.size()));
  unsigned majority = desk.terms.committee.getMajorityPercent();
  for (unsigned i = 0; i < candidates.size(); ++i) {
    const std::string& id = candidates[i];
    TRY(need_unrecused(context, *desk.at.scheme, context.memory.get<Application>(id)));
    Tally counts = TRY(tally(context, desk, id));
    note(context, desk.terms, "organs.committee.majorityPercent", majority, counts.favour,
         counts.voters(), id + ": ");
    all[i].setApplication(id);
    all[i].setFavour(static_cast<std::uint16_t>(counts.favour));
    all[i].setAgainst(static_cast<std::uint16_t>(counts.against));
    all[i].setAbstain(static_cast<std::uint16_t>(counts.abstain));
    all[i].setRecused(static_cast<std::uint16_t>(counts.recused));
    all[i].setPassed(exceeds(counts.favour, counts.voters(), majority));
  }
  return {};
}

}  // namespace engine
