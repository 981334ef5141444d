// What the sample round takes from the project: the calendar and the scheme, as its commands send
// them. Any thread.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace sample {

boost::json::value calendar_notices();
std::string scheme_text();

}  // namespace sample
