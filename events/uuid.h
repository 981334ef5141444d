// A name that nobody has given before: UUID version 7 (RFC 9562, 5.7), milliseconds first, so that
// names sort by time. Any thread.
#pragma once

#include <string>

#include "events/moment.h"

namespace events {

std::string new_uuid(Moment now);

}  // namespace events
