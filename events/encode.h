// Writes a message as JSON, in the shapes that decode reads: what it writes decodes to the same
// message. Any thread.
//
// 64-bit integers are texts, dates 2016-10-01, moments UTC with six digits, Data lower-case hex,
// keyed lists objects, a struct with $shorthand its scalar where only that field is written, a Void
// member {}. An $optional field is left out when it is null or at its default, a union while it is
// `unset`.
#pragma once

#include <capnp/dynamic.h>

#include <boost/json/value.hpp>

namespace events {

boost::json::value encode(capnp::DynamicStruct::Reader message);

}  // namespace events
