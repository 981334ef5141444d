// The events over HTTP, as CloudEvents 1.0: one, a page, all of them in a file, and as they come
// (server-sent events, WHATWG HTML §9.2). Personal texts stay sealed. Any thread.
#pragma once

#include "cli/call.h"

namespace cli {

// /events?after=&type=&subject=&mentions=&actor=&at=&page_size=
events::Result<Response> list_events(const Call& call);
events::Result<Response> read_event(const Call& call);
// One event a line, then a manifest: without it the file was cut short.
events::Result<Response> export_events(const Call& call);
// /stream?after=&type=; Last-Event-ID goes before `after`.
events::Result<Response> stream_events(const Call& call);

}  // namespace cli
