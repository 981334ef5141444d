// The codes of errors by name, as they stand in records, in JSON and on the command line. Any
// thread.
#pragma once

#include <optional>
#include <string_view>

#include "events/error.h"

namespace events {

std::string_view code_name(Code code);  // tooLate
std::optional<Code> parse_code(std::string_view name);

}  // namespace events
