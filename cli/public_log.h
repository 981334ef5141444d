// The log for those who check it from outside: hash tiles to anybody, bundles of entries to
// inspectors and auditors (C2SP tlog-tiles), receipts (C2SP tlog-proof) to whoever acted. Any
// thread.
#pragma once

#include "cli/call.h"

namespace cli {

events::Result<Response> read_tile(const Call& call);     // GET /tile/…
events::Result<Response> read_entries(const Call& call);  // GET /tile/entries/…
// GET /api/v1/receipts/{position}
events::Result<Response> read_receipt(const Call& call);

}  // namespace cli
