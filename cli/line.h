// One line of what `probity send` reads: a command in JSON, and optionally what is expected of it.
//   {"id": …, "actor": …, "acceptApplication": {…}, "expect": {"refused": "第十八条"}}
// Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/command.capnp.h"
#include "engine/writer.h"
#include "events/error.h"
#include "events/message.h"

namespace cli {

struct Expectation {
  bool refused = false;
  std::string clause;  // Empty: any.
  std::string code;    // Empty: any.
};

struct Line {
  std::size_t number = 0;
  events::Message<engine::Command> command;
  std::optional<Expectation> expect;
};

events::Result<Line> read_line(std::string_view text, std::string_view source, std::size_t number);

// Without an expectation a refusal is what nobody expected.
bool as_expected(const Line& line, const engine::Reply& reply);

}  // namespace cli
