// The one place where an error's code becomes an HTTP status and an exit code, and where it is
// printed. Any thread.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "cli/terminal.h"
#include "events/error.h"

namespace cli {

// Exit codes that come from no error: 0 done, 1 failed, 2 usage.
inline constexpr int exit_unverified = 6;  // Verification failed: the log is not what was signed.
inline constexpr int exit_incomplete = 8;  // Could not verify: something needed is missing.
inline constexpr int exit_interrupted = 130;

int http_status(events::Code code);
int exit_code(events::Code code);

// The clause, then the words; once, where the words begin with it.
std::string cited(std::string_view clause, std::string_view separator, std::string_view words);

// One line that says what is wrong and what to do, then each fault on its own line.
void print_error(std::ostream& out, const Terminal& terminal, const events::Error& error);

}  // namespace cli
