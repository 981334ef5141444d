// Ballots, and the organs whose members vote in them.
#include "engine/evolve.h"

namespace engine {

using events::string;

void evolve(Organ& organ, const Recorded& recorded) {
  organ.position = recorded.position;
  auto event = recorded.event();
  if (event.isRoleGranted()) {
    auto role = event.getRoleGranted().getRole();
    organ.held.emplace(string(role.getPerson()), string(role.getBody()));
  } else if (event.isRoleEnded()) {
    auto role = event.getRoleEnded().getRole();
    organ.held.erase({string(role.getPerson()), string(role.getBody())});
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
