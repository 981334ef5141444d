// Facts about one thing, a line each: a name, and what is to be said. Pure, any thread.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "cli/terminal.h"
#include "events/error.h"

namespace cli {

struct Field {
  events::Words name;
  std::string value;  // Anything: it is made harmless when printed.
};

// Fields without a value are left out; the values stand below one another.
void print_fields(std::ostream& out, const Terminal& terminal, const std::vector<Field>& fields);

}  // namespace cli
