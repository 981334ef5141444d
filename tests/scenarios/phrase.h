// What makes scenarios short: one node laid over another, and $names replaced by values. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "events/error.h"
#include "events/node.h"

namespace tests {

// Null where the map has no such member.
const events::Node* member(const events::Node& map, std::string_view name);
// A copy of the map without these members.
events::Node without(const events::Node& map, const std::vector<std::string_view>& names);

// Maps are laid over each other member by member, a null takes a member away, and anything else is
// replaced.
events::Node laid_over(events::Node base, const events::Node& over);

using Values = std::function<events::Result<events::Node>(const std::string& name)>;

// Every $name in a text is replaced; a text that is nothing else becomes the value itself.
events::Result<events::Node> filled(events::Node node, const Values& values);

// {application, who: [li, wu]} gives the four pairs, the first name varying slowest.
std::vector<events::Node> combinations(const events::Node& lists);

}  // namespace tests
