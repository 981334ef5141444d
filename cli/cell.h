// A member of a row or of an event's JSON as people read it. Pure, any thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "cli/app.h"

namespace cli {

// Words in their language, moments in the log's zone; empty where there is nothing.
std::string cell(const App& app, const boost::json::object& row, std::string_view member,
                 bool moment, const std::string& zone);

}  // namespace cli
