// Who may see what: the one place where it is decided. What is shown is as of the position that was
// asked for; who may see it, as of the log's head. Any thread.
#pragma once

#include <string>

#include "events/error.h"
#include "events/log.h"
#include "projections/projection.h"

namespace cli {

struct Rights {
  std::string person;
  bool registered = false;
  bool inspector = false;  // Roles of the log itself, not of one scheme.
  bool auditor = false;
};

Rights rights_of(const events::Log& log, const std::string& person);

// Staff have a view named for them, but rows that a recusal hides from one of them are not told
// apart yet: so until then only inspectors and auditors read.
events::Result<> may_read(const Rights& rights, const projections::View& view);
events::Result<> may_read_events(const Rights& rights);

}  // namespace cli
