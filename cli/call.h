// One request with who makes it, as each route gets it. Any thread.
#pragma once

#include <boost/json/value.hpp>

#include "cli/http.h"
#include "cli/office.h"
#include "cli/rights.h"
#include "cli/terminal.h"

namespace cli {

struct Call {
  Office& office;
  const Request& request;
  Rights& rights;
  Language language;
  std::string token;  // Of a stream, which has to ask again whether it still lets in.
};

// Whose the token is, with what he may see now; unauthenticated where it lets nobody in.
events::Result<Rights> caller_of(Office& office, const std::string& token);

Response json_response(const boost::json::value& value);

// ?at= or ?asOf=, at most the head; the head when neither is given.
events::Result<events::Position> asked_position(const Call& call);
// ?page_size=, 1 to 1000; a larger one is lowered.
events::Result<std::size_t> page_size(const Call& call, std::size_t otherwise);
// A decimal number under that name, or the other one when it is not given.
events::Result<std::uint64_t> number_of(const Call& call, std::string_view name,
                                        std::uint64_t otherwise);

}  // namespace cli
