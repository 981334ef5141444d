// The words in which somebody is refused under the rules of a scheme. Pure, any thread.
#pragma once

#include <vector>

#include "engine/decision.h"
#include "engine/scheme.h"

namespace engine {

// The refusal that the unmet findings amount to, under the clause of the first.
std::unexpected<events::Error> refusal(const std::vector<Finding>& findings, const Scheme& scheme);

}  // namespace engine
