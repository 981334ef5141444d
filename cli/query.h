// What stands behind the question mark of a target. What is misspelt there must not be taken for
// not said: whoever means ?at=5 would read the present. Any thread.
#pragma once

#include <span>
#include <string_view>

#include "cli/call.h"

namespace cli {

// Each parameter is one that the path knows, stands there once, and has a value.
events::Result<> check_query(const Request& request, std::span<const std::string_view> known);

// ?at= or ?asOf=, at most the head; the head when neither is given.
events::Result<events::Position> asked_position(const Call& call);
// ?page_size=, 1 to 1000; a larger one is lowered.
events::Result<std::size_t> page_size(const Call& call, std::size_t otherwise);
// A decimal number under that name, or the other one when it is not given.
events::Result<std::uint64_t> number_of(const Call& call, std::string_view name,
                                        std::uint64_t otherwise);
// true or false; false when it is not given.
events::Result<bool> flag_of(const Call& call, std::string_view name);

}  // namespace cli
