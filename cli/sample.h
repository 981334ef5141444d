// The sample round that the program carries with it: a file of commands, one a line, written by
// tests/sample. A line that begins with "## " is the title of a scene, "标题 | title". Immutable;
// any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/folder.h"

namespace cli {

inline constexpr const char* sample_file = "cli/demo/round.ndjson";
inline constexpr std::string_view scene_mark = "## ";

// The log that the lines are sent to: its zone, its administrator and its first moment.
NewFolder sample_log(std::string origin);

std::string_view sample_text();
// Its commands alone.
std::vector<std::string> sample_lines();

}  // namespace cli
