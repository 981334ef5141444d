// Who of the pool may be drawn for one track, and why the others may not: found, never given. Pure;
// writer thread.
#pragma once

#include <string>
#include <vector>

#include "engine/context.h"
#include "engine/draw.h"

namespace engine {

struct Excluded {
  std::string person;
  events::Words reason;
  Position input = 0;  // Of the fact it rests on; 0 where it rests on the absence of one.
};

// Both by id.
struct Eligible {
  std::vector<Candidate> candidates;
  std::vector<Excluded> excluded;
};

Eligible find_eligible(const Context& context, const Round& round, const Scheme& scheme,
                       std::string_view track, const std::vector<Demand>& demands);

}  // namespace engine
