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
  std::string credential;  // Its id: a stream has to ask again whether it still lets in.
};

struct Caller {
  std::string credential;
  Rights rights;
};

inline constexpr std::string_view session_cookie = "probity_session";

// Who asks: by a bearer token, or by the cookie of a session. Unauthenticated for whoever brings
// neither. By a cookie nothing is changed for a page of another origin.
events::Result<Caller> caller_of(Office& office, const Request& request);
// The same, some time later.
events::Result<Caller> caller_of(Office& office, const std::string& credential);
// Forbidden where a browser says that a page of another origin asks (Fetch, Origin header).
events::Result<> need_same_origin(const Request& request);

Response json_response(const boost::json::object& object);

}  // namespace cli
