// How the server's own log looks on stderr: one line an entry, as text for people or as a JSON
// object with the names of the OpenTelemetry log data model. Nothing in an entry can make a second
// line or steer a terminal. Any thread, once it is set.
#pragma once

#include <spdlog/common.h>
#include <spdlog/formatter.h>

#include <boost/json/object.hpp>
#include <memory>
#include <string>

namespace cli {

enum class LogFormat { text, json };

std::unique_ptr<spdlog::formatter> log_lines(LogFormat format);

// An entry with attributes beside its body. Never names, scores, tokens or what somebody wrote.
void log_with(spdlog::level::level_enum level, const std::string& body,
              const boost::json::object& attributes);

}  // namespace cli
