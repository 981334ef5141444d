#include "cli/on_record.h"

#include <capnp/dynamic.h>

#include "cli/query.h"
#include "events/annotations.h"
#include "events/new_key.h"
#include "events/text_encoding.h"
#include "events/texts.h"
#include "projections/json.h"
#include "projections/ties.h"

namespace cli {
namespace {

using events::Result;

bool guarded_type(std::string_view type) {
  auto schema = capnp::Schema::from<events::Event>();
  KJ_IF_MAYBE (field, schema.findFieldByName(std::string(type))) {
    return events::annotation::text_of(*field, events::annotation::guarded).has_value();
  }
  return false;
}

}  // namespace

Result<> put_on_record(const Call& call, const ReadingOf& reading) {
  return call.office.say(call.rights.person(), [&](engine::Command::Builder command) {
    command.setId("read-" + events::hex(events::new_key()));
    auto read = command.initReadRecord();
    read.setView(reading.view);
    events::set_all(read.initKey(events::size_of(reading.key)), reading.key);
    read.setAt(reading.at);
    read.setOpened(reading.opened);
  });
}

bool guarded(events::Event::Reader event) {
  KJ_IF_MAYBE (field, capnp::toDynamic(event).which()) {
    return events::annotation::text_of(*field, events::annotation::guarded).has_value();
  }
  return false;
}

bool guarded(const projections::View& view) { return view.name == projections::Ties::name; }

bool guarded(const boost::json::object& row) {
  return guarded_type(projections::text_in(row, "type"));
}

Result<bool> wants_open(const Call& call) {
  if (!TRY(flag_of(call, "open"))) return false;
  if (call.rights.inspector() || call.rights.auditor()) return true;
  return events::fail(events::Code::forbidden, "封存的内容只供纪检和审计查看",
                      "sealed texts are opened for inspectors and auditors only");
}

}  // namespace cli
