// A small round under the Shanghai 2016 measures, command by command, with everything in it
// invented: six applicants, one class, from the call to the award, and the attempts that the rules
// refuse. What each command should lead to is written beside it. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "events/error.h"

namespace cli {

struct Scene {
  events::Words title;
  std::vector<std::string> lines;  // As `probity send` reads them.
};

inline constexpr const char* sample_start = "2017-01-03T09:00:00+08:00";
inline constexpr const char* sample_administrator = "admin-1";

std::vector<Scene> sample_round();

}  // namespace cli
