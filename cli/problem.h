// An error as programs get it: a problem object (RFC 9457), on stderr under -o json and over HTTP.
// Any thread.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "cli/terminal.h"
#include "events/error.h"

namespace cli {

// type, title, status, code, detail, clause, errors. Clients go by `type` and `code`; the words
// follow the language.
boost::json::object problem_of(const events::Error& error, Language language);

// What stands at the path that `type` is (/problems/too-early), in both languages, as HTML: what it
// means, and what to do. Nothing where there is no such type.
std::optional<std::string> problem_page(std::string_view type);

}  // namespace cli
