// Reading what tells of ties between persons, or their sealed texts, is itself an event, on disk
// before the answer goes out. Any thread but the network's.
#pragma once

#include "cli/call.h"
#include "events/event.capnp.h"
#include "projections/projection.h"

namespace cli {

struct ReadingOf {
  std::string view;  // Or events, export, stream.
  std::vector<std::string> key;
  events::Position at = 0;
  bool opened = false;
};

events::Result<> put_on_record(const Call& call, const ReadingOf& reading);

// The register of ties, and events that the schema says are guarded, by themselves and by the name
// of their type in a row.
bool guarded(const projections::View& view);
bool guarded(events::Event::Reader event);
bool guarded(const boost::json::object& row);

// ?open=true: the sealed texts too, for inspectors and auditors.
events::Result<bool> wants_open(const Call& call);

}  // namespace cli
