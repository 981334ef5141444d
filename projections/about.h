// What any event says about itself, read off the schema: its type and the usual fields. Nothing
// here knows an event by name. Any thread.
#pragma once

#include <capnp/dynamic.h>

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "events/record.h"

namespace projections {

// The member of the union that happened.
struct Happened {
  capnp::StructSchema::Field type;
  capnp::DynamicStruct::Reader body;
};

Happened happened(const events::Recorded& recorded);

// A field that is a text; empty where there is no such field.
std::string_view text_field(capnp::DynamicStruct::Reader body, std::string_view name);

// "type" and "typeName", "at", "effectiveOn", "actor" and "role": the head of a row about one
// event.
void set_head(boost::json::object& row, const events::Recorded& recorded);

// A value of an enum: its name in the schema, and in words.
boost::json::value code_of(capnp::DynamicEnum value);
boost::json::object words_of(capnp::DynamicEnum value);

// What an attempt was about: "application:A-01" gives application/A-01.
std::string subject_of_attempt(std::string_view attempt);

}  // namespace projections
