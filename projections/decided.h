// What an event decided about applications: the one place where the views know which events do.
// Pure; points into the record.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>
#include <vector>

#include "events/record.h"
#include "projections/projection.h"

namespace projections {

struct Outcome {
  std::string_view code;
  Name name;
};

struct Decided {
  std::string_view application;
  std::string_view step;  // Empty for a withdrawal and a transfer.
  Outcome outcome;
  boost::json::object more;  // The result, the rank, the award.
};

// In the order of the event's lists; empty for an event that decides on no application.
std::vector<Decided> decided(const events::Recorded& recorded);

// "step", "outcome", "outcomeName" and the more of it. A step that is not given stays as it is.
void set_decided(boost::json::object& row, const Decided& one);

}  // namespace projections
