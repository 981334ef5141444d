// Opens the personal texts in JSON that is about to be shown, as far as the safe has their keys. It
// is never done to what is stored. Any thread.
#pragma once

#include <boost/json/value.hpp>

#include "cli/terminal.h"
#include "events/safe.h"

namespace cli {

// Each {"sealed": {person, keyCommitment, box}} becomes the text that was sealed, or a word in
// brackets that says that it stays closed. Without a safe all of them do.
void open_sealed(boost::json::value& value, const events::Safe* safe, Language language);

}  // namespace cli
