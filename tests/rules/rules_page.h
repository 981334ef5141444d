// docs/rules.md: each rule of an award's measures with its article, its place in the scheme file
// and the scenarios that show it. Made from the catalogue beside this file and from the scenarios,
// so that it cannot say what no test has shown. Values, one thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "events/error.h"

namespace tests {

struct RulesPage {
  std::string text;
  // What is missing: a rule without a scenario that is refused, a place that is not in the scheme.
  std::vector<std::string> gaps;
};

// `root` is the folder of the project; `scheme` names the catalogue and the scheme file.
events::Result<RulesPage> make_rules_page(const std::filesystem::path& root,
                                          const std::string& scheme);

}  // namespace tests
