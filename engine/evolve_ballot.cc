// Ballots, and the organs whose members vote in them.
#include "engine/evolve.h"

namespace engine {

using events::string;

namespace {

Organ::Member member_of(events::Role::Reader role) {
  return {string(role.getPerson()), string(role.getBody()), string(role.getRound())};
}

}  // namespace

void evolve(Organ& organ, const Recorded& recorded) {
  organ.position = recorded.position;
  auto event = recorded.event();
  if (event.isRoleGranted()) {
    organ.held.insert(member_of(event.getRoleGranted().getRole()));
  } else if (event.isRoleEnded()) {
    organ.held.erase(member_of(event.getRoleEnded().getRole()));
  }
}

void evolve(Ballot& ballot, const Recorded& recorded) {
  ballot.position = recorded.position;
  auto event = recorded.event();
  if (event.isBallotOpened()) {
    auto opened = event.getBallotOpened();
    ballot.round = string(opened.getRound());
    ballot.step = string(opened.getStep());
    ballot.track = string(opened.getTrack());
    for (auto one : opened.getCandidates()) ballot.candidates.push_back(string(one));
    for (auto one : opened.getPresent()) ballot.present.push_back(string(one));
  } else if (event.isVoteCast()) {
    auto cast = event.getVoteCast();
    for (auto choice : cast.getChoices()) {
      ballot.votes.emplace(std::pair(string(choice.getApplication()), string(cast.getMember())),
                           choice.getVote());
    }
  } else if (event.isBallotClosed()) {
    ballot.closed = true;
  }
}

}  // namespace engine
