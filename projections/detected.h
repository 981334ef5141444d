// Who works on an application to whose applicant he has a registered relation: a hint, joined from
// facts that come in any order. What is needed to find them again is kept beside the view's rows.
// One thread.
#pragma once

#include <string>
#include <vector>

#include "projections/projection.h"

namespace projections {

struct Detected {
  std::string application;
  std::string person;
  events::TieGround ground = events::TieGround::OTHER;
  std::string relation;  // The position at which it was registered.
};

// What this event brings to light, at once or because of what was known before it.
std::vector<Detected> detected(const events::Recorded& recorded, Rows& rows);

}  // namespace projections
