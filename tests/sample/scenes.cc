#include "tests/sample/scenes.h"

#include <algorithm>

namespace sample {

Entrant& SampleRound::entrant(const std::string& application) {
  return *std::ranges::find(entrants_, application, &Entrant::application);
}

std::string SampleRound::write() {
  foundation();
  call();
  applications();
  recommendations();
  examination();
  draws();
  declarations();
  scores();
  late_tie();
  rankings();
  shortlists();
  first_notice();
  visits();
  proposals();
  second_notice();
  ballots();
  awards();
  return script_.text();
}

}  // namespace sample
