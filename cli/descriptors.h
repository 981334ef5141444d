// File descriptors. Each connection takes one, and so does each file of the log and of its views:
// connections that anybody may open must never take those that the log needs.
#pragma once

#include <cstddef>

namespace cli {

// How many of the connections may be open at once, when the process is allowed as many descriptors
// as it can be (setrlimit). Once, at the start.
std::size_t connections_that_fit(std::size_t wanted);

}  // namespace cli
