// The views over HTTP: which there are, and the rows of one as of a position. Any thread.
#pragma once

#include "cli/call.h"

namespace cli {

events::Result<Response> list_views(const Call& call);
// /views/{view}/{first parts of the key}?at=&page_size=&page_token=
events::Result<Response> read_view(const Call& call);

}  // namespace cli
