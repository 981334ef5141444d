// An error as programs get it: a problem object (RFC 9457), on stderr under -o json and over HTTP.
// Any thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "cli/terminal.h"
#include "events/error.h"

namespace cli {

// type, title, status, code, detail, clause, errors. Clients go by `type` and `code`; the words
// follow the language.
boost::json::object problem_of(const events::Error& error, Language language);

}  // namespace cli
