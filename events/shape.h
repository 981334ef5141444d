// What a struct's schema says about how it is written: its names, and per field what the
// annotations add. Worked out once per thread and schema; the schemas are compiled in, so they live
// for ever.
#pragma once

#include <capnp/schema.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace events {

struct FieldShape {
  capnp::StructSchema::Field field;
  capnp::Type type;
  std::size_t index = 0;  // In Shape::fields.
  std::string name;
  std::string keyed;  // The field of each element that the name fills; empty for any other list.
  bool optional = false;
  bool date = false;
  bool moment = false;
  bool id = false;  // $subject or $mentions.
  bool long_text = false;
  bool in_union = false;
  bool unset = false;  // Member 0 of a union, which stands for "none".
};

struct Shape {
  std::vector<FieldShape> fields;  // In the order of the schema's text.
  std::string shorthand;           // The field that a bare scalar fills; empty if none does.
  bool has_union = false;

  const FieldShape* find(std::string_view name) const;
};

const Shape& shape_of(capnp::StructSchema schema);

}  // namespace events
