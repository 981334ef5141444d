// The only place that knows what a rule of a scheme means. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/decision.h"
#include "engine/state.h"
#include "events/scheme.capnp.h"

namespace engine {

// What rules may look at.
struct Facts {
  const Scheme& scheme;
  const Round& round;
  const Application& application;  // Before it is submitted: as it would be.
  const Applicant& applicant;
  Date today;
  Moment now;
  const FormValues* submitted = nullptr;  // What is being filled in at the step itself.
};

// Judges the step's rules for the application, all of them, so that whoever is refused learns
// everything at once. The findings hold each rule that was looked at. A field is looked for in what
// is being filled in now, then in the forms of the steps before, the newest first, then in the
// application's own.
bool judge(events::Step::Reader step, const Facts& facts, std::vector<Finding>& findings);

}  // namespace engine
