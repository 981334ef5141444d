// What a struct of the log's schemas looks like in JSON, as JSON Schema 2020-12: the same facts
// that the decoder checks. Pure; any thread.
#pragma once

#include <capnp/schema.h>

#include <boost/json/object.hpp>

namespace cli {

// Complete in itself: the structs that it is made of stand under $defs.
boost::json::object json_schema(capnp::StructSchema schema);

}  // namespace cli
