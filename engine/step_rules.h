// What a step asks of one application besides its place in the order: its rules, and that nothing
// is still asked of the applicant or of a department. Pure; writer thread.
#pragma once

#include "engine/context.h"

namespace engine {

// `submitted`: what is being filled in at the step; null where nothing is.
events::Result<> check_rules(Context& context, const Round& round, const RoundStep& at,
                             const Application& application, const FormValues* submitted);

// Persons apply on tracks for persons, organisations on the others.
events::Result<> check_object(const RoundStep& at, std::string_view track,
                              const Applicant& applicant);

// No supplement and no answer is awaited here, and every department was asked that has to be.
events::Result<> need_answers(Context& context, const RoundStep& at,
                              const Application& application);

}  // namespace engine
