// The sample round: its scenes, in their order. Each writes its commands, and beside each that is
// refused the clause under which. One thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/sample/cast.h"
#include "tests/sample/script.h"

namespace sample {

class SampleRound {
 public:
  // What cli/demo/round.ndjson holds.
  std::string write();

 private:
  // foundation.cc: calendar, scheme, people, roles by two persons each, the pool of experts.
  void foundation();
  // admission.cc: from the call to the acceptance.
  void call();
  void applications();
  void recommendations();
  void examination();
  // review.cc: drawn groups, declarations, scores, and what goes wrong with them.
  void draws();
  void declarations();
  void scores();
  void late_tie();
  // ranking.cc: ranks, shortlists, the first notice.
  void rankings();
  void shortlists();
  void first_notice();
  // decision.cc: visits, proposals, the second notice, ballots, approval, awards.
  void visits();
  void proposals();
  void second_notice();
  void ballots();
  void awards();

  // Those of a track who came through the acceptance.
  std::vector<Entrant> admitted(const std::string& track) const;
  Entrant& entrant(const std::string& application);

  Script script_;
  std::vector<Entrant> entrants_ = entrants();
  std::map<std::string, Script::Drawn> groups_;                  // By track.
  std::map<std::string, std::vector<std::string>> shortlisted_;  // By track, the best first.
  std::map<std::string, std::vector<std::string>> recommended_;
};

}  // namespace sample
