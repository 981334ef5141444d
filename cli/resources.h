// The files that the program carries with it: the schemes and calendars of the project and the
// sample round, so that a demonstration needs nothing but the program. Immutable; any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace cli {

// By the path in the project: "engine/schemes/shanghai-2016.yaml".
std::optional<std::string_view> resource(std::string_view path);
std::vector<std::string_view> resource_paths();

}  // namespace cli
