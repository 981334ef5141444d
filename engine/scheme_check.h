// Whether a scheme file means something: every name leads somewhere, every step has what its kind
// needs, and a round can be run through to its end. Pure; any thread.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "engine/scheme.h"
#include "events/error.h"

namespace engine {

// Reads the file and reports all its faults at once, each as "source:line:column path" with words.
events::Result<std::shared_ptr<const Scheme>> read_checked_scheme(std::string_view yaml,
                                                                  std::string_view source);

// What the file says, but no command enforces yet, a few words for each; for whoever checks a file.
std::vector<events::Words> recorded_only(const Scheme& scheme);

}  // namespace engine
