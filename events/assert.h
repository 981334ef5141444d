// ASSERT states what must hold. It is on in every build: a broken invariant stops the process
// before it can reach the log. Never reachable by user input.
#pragma once

namespace events {

[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

}  // namespace events

#define ASSERT(expression) \
  ((expression) ? void(0) : ::events::assertion_failed(#expression, __FILE__, __LINE__))
