// The proof that a record is in the log (C2SP tlog-proof), as a file and as a receipt. Any thread.
#pragma once

#include <string>

#include "events/log.h"
#include "events/safe.h"

namespace cli {

struct ProofOf {
  std::string text;
  std::string leaf;  // The record's bytes.
};

// not_found for a position that is not there, too_early for one that no checkpoint covers yet.
events::Result<ProofOf> proof_of(const events::Log& log, const events::Safe& safe,
                                 events::Position position);

}  // namespace cli
