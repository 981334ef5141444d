// The names of types, fields and enumerants for people, from the schema: Chinese from $zh, English
// from the identifier. Any thread.
#pragma once

#include <capnp/schema.h>

#include <string>
#include <string_view>

namespace events {

// The value of $zh, or else the identifier.
std::string zh_name(capnp::Schema type);
std::string zh_name(capnp::StructSchema::Field field);
std::string zh_name(capnp::EnumSchema::Enumerant enumerant);

// The identifier in lower-case words: scoreEntered gives "score entered".
std::string en_name(capnp::Schema type);
std::string en_name(capnp::StructSchema::Field field);
std::string en_name(capnp::EnumSchema::Enumerant enumerant);
std::string en_name(std::string_view identifier);

}  // namespace events
