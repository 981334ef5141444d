#include "events/shape.h"

#include <algorithm>
#include <unordered_map>

#include "events/annotations.h"
#include "events/assert.h"

namespace events {

namespace {

using Field = capnp::StructSchema::Field;

capnp::Type innermost(capnp::Type type) {
  while (type.isList()) type = type.asList().getElementType();
  return type;
}

// Floating point has no one spelling, and the others have none at all.
bool can_be_written(capnp::Type type) {
  const capnp::Type inner = innermost(type);
  return !inner.isFloat32() && !inner.isFloat64() && !inner.isAnyPointer() && !inner.isInterface();
}

FieldShape shape_of_field(Field field) {
  const auto proto = field.getProto();
  const auto has = [&](std::uint64_t id) { return annotation::text_of(field, id).has_value(); };
  FieldShape shape;
  shape.field = field;
  shape.type = field.getType();
  shape.name = proto.getName().cStr();
  shape.keyed = annotation::text_of(field, annotation::keyed).value_or("");
  shape.optional = has(annotation::optional);
  shape.date = has(annotation::date);
  shape.moment = has(annotation::moment);
  shape.id = has(annotation::subject) || has(annotation::mentions);
  shape.long_text = has(annotation::long_text);
  shape.in_union = proto.getDiscriminantValue() != capnp::schema::Field::NO_DISCRIMINANT;
  shape.unset = shape.in_union && shape.type.isVoid() && shape.name == "unset";

  ASSERT(can_be_written(shape.type));
  ASSERT(!(shape.optional && proto.isGroup()));  // A group has no null.
  ASSERT(!shape.date || innermost(shape.type).isInt32());
  ASSERT(!shape.moment || innermost(shape.type).isInt64());
  return shape;
}

Shape make_shape(capnp::StructSchema schema) {
  Shape shape;
  shape.shorthand = annotation::text_of(schema, annotation::shorthand).value_or("");
  for (const auto field : schema.getFields()) shape.fields.push_back(shape_of_field(field));
  const auto order = [](const FieldShape& one) { return one.field.getProto().getCodeOrder(); };
  std::ranges::sort(shape.fields, std::less<>(), order);
  for (std::size_t i = 0; i < shape.fields.size(); ++i) shape.fields[i].index = i;
  shape.has_union = std::ranges::any_of(shape.fields, &FieldShape::in_union);
  ASSERT(shape.shorthand.empty() || shape.find(shape.shorthand) != nullptr);
  return shape;
}

struct Identity {
  std::size_t operator()(const capnp::Schema& schema) const { return schema.hashCode(); }
};

}  // namespace

const FieldShape* Shape::find(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &FieldShape::name);
  return found == fields.end() ? nullptr : &*found;
}

const Shape& shape_of(capnp::StructSchema schema) {
  thread_local std::unordered_map<capnp::Schema, Shape, Identity> shapes;
  const auto found = shapes.find(schema);
  if (found != shapes.end()) return found->second;
  return shapes.emplace(schema, make_shape(schema)).first->second;
}

}  // namespace events
