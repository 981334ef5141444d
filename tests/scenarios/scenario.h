// A scenario as it stands in its file, with preludes, phrases and repetitions put in: what is left
// is one act after the other. README.md beside this file gives the format. Values, one thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "events/error.h"
#include "events/moment.h"
#include "events/node.h"

namespace tests {

// A command with what is expected of it, or only the passing of time.
struct Act {
  std::string place;  // "tests/scenarios/demo/recusal.yaml:12"
  std::optional<events::Moment> at;
  std::optional<events::Node> command;
  std::optional<events::Node> then;  // Absent: it has to pass.
  bool session = false;              // The server says it, for somebody whom it has let in.
};

struct Scenario {
  std::string place;
  std::string fact;
  std::vector<std::string> rules;
  bool simulated = true;  // What the log says of its clock.
  std::vector<Act> acts;  // The last one is what the scenario is about.
};

// The files of all scenarios under the folder, in the order of their names.
std::vector<std::filesystem::path> scenario_files(const std::filesystem::path& folder);

// `root` is the folder of the project; schemes and calendars are read from there.
events::Result<Scenario> read_scenario(const std::filesystem::path& root,
                                       const std::filesystem::path& file);

// "publishCall" of an act's command.
std::string command_type(const Act& act);
bool says_refused(const Act& act);

}  // namespace tests
