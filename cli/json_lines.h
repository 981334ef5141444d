// JSON as people read it: a line each member, indented. It stays JSON. Pure, any thread.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <vector>

namespace cli {

// Texts may hold anything: each line goes through printable() before it is shown.
std::vector<std::string> json_lines(const boost::json::value& value);

}  // namespace cli
