// Whether what came of a command is what a scenario's `then` says. Pure.
#pragma once

#include <string>

#include "events/node.h"
#include "tests/scenarios/stage.h"

namespace tests {

// What differs, in words; empty if nothing does. Without a `then` the command has to pass.
std::string difference(const events::Node* then, const Outcome& outcome);

// What came of it, for whoever reads why a test failed.
std::string described(const Outcome& outcome);

}  // namespace tests
