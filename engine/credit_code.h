// Unified social credit codes of organisations, GB 32100-2015. Pure, any thread.
#pragma once

#include <string_view>

#include "events/error.h"

namespace engine {

// invalid, with the reason, unless it has 18 characters of the code's alphabet and its check
// character.
events::Result<> check_credit_code(std::string_view code);

}  // namespace engine
