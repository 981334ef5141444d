// Finds the name that somebody probably meant. Any thread.
#pragma once

#include <span>
#include <string_view>

namespace events {

// The name that takes the fewest changes (a letter added, removed, replaced, or two swapped;
// capitals cost nothing), or an empty one if none is near. Of equally near ones the first.
std::string_view nearest(std::string_view written, std::span<const std::string_view> names);

}  // namespace events
