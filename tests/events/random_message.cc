#include "tests/events/random_message.h"

#include <array>
#include <vector>

namespace tests {

using capnp::DynamicList;
using capnp::DynamicStruct;
using events::FieldShape;

namespace {

constexpr unsigned depth_max = 4;

}  // namespace

void RandomMessage::fill(DynamicStruct::Builder message, unsigned depth) {
  const events::Shape& shape = events::shape_of(message.getSchema());
  std::vector<const FieldShape*> members;
  for (const FieldShape& field : shape.fields) {
    if (field.unset) continue;
    if (field.in_union) {
      // Recursion ends with a member that holds no list or struct.
      const bool leaf = !field.type.isList() && !field.type.isStruct();
      if (leaf || depth < depth_max) members.push_back(&field);
    } else if (!field.optional || (depth < depth_max && chance(60))) {
      fill_field(field, message, depth);
    }
  }
  if (!members.empty()) fill_field(*members[random_() % members.size()], message, depth);
}

void RandomMessage::fill_field(const FieldShape& field, DynamicStruct::Builder message,
                               unsigned depth) {
  if (field.type.isStruct()) {
    fill(message.init(field.field).as<DynamicStruct>(), depth + 1);
  } else if (field.type.isList()) {
    const auto size = static_cast<unsigned>(random_() % 4);
    auto list = message.init(field.field, size).as<DynamicList>();
    fill_list(field, field.type.asList().getElementType(), list, depth + 1);
    if (!field.keyed.empty()) make_keys_differ(field, list);
  } else {
    scalar(field, field.type, [&](capnp::DynamicValue::Reader v) { message.set(field.field, v); });
  }
}

void RandomMessage::fill_list(const FieldShape& field, capnp::Type element,
                              DynamicList::Builder list, unsigned depth) {
  for (unsigned i = 0; i < list.size(); ++i) {
    if (element.isStruct()) {
      fill(list[i].as<DynamicStruct>(), depth + 1);
    } else if (element.isList()) {
      auto inner = list.init(i, static_cast<unsigned>(random_() % 3)).as<DynamicList>();
      fill_list(field, element.asList().getElementType(), inner, depth + 1);
    } else {
      scalar(field, element, [&](capnp::DynamicValue::Reader value) { list.set(i, value); });
    }
  }
}

void RandomMessage::make_keys_differ(const FieldShape& field, DynamicList::Builder list) {
  for (unsigned i = 0; i < list.size(); ++i) {
    auto element = list[i].as<DynamicStruct>();
    const auto key = element.getSchema().getFieldByName(field.keyed);
    if (key.getType().isText()) {
      element.set(key, (text() + std::to_string(i)).c_str());
    } else {
      element.set(key, i);
    }
  }
}

template <class Set>
void RandomMessage::scalar(const FieldShape& field, capnp::Type type, Set set) {
  using capnp::schema::Type;
  switch (type.which()) {
    case Type::VOID:
      return set(capnp::VOID);
    case Type::BOOL:
      return set(chance(50));
    case Type::INT8:
      return set(static_cast<std::int8_t>(number()));
    case Type::INT16:
      return set(static_cast<std::int16_t>(number()));
    case Type::INT32:
      return set(field.date ? static_cast<std::int32_t>(number() % 2'000'000) - 700'000
                            : static_cast<std::int32_t>(number()));
    case Type::INT64:
      return set(field.moment ? static_cast<std::int64_t>(number() % 4'000'000'000'000'000) -
                                    2'000'000'000'000'000
                              : static_cast<std::int64_t>(number()));
    case Type::UINT8:
      return set(static_cast<std::uint8_t>(number()));
    case Type::UINT16:
      return set(static_cast<std::uint16_t>(number()));
    case Type::UINT32:
      return set(static_cast<std::uint32_t>(number()));
    case Type::UINT64:
      return set(number());
    case Type::ENUM: {
      const auto all = type.asEnum().getEnumerants();
      return set(capnp::DynamicEnum(all[static_cast<unsigned>(random_() % all.size())]));
    }
    case Type::TEXT: {
      const std::string value = field.id ? "id-" + std::to_string(number()) : text();
      return set(capnp::Text::Reader(value.c_str(), value.size()));
    }
    default: {
      const std::string value = text();
      const auto* bytes = reinterpret_cast<const kj::byte*>(value.data());
      return set(capnp::Data::Reader(bytes, value.size()));
    }
  }
}

std::uint64_t RandomMessage::number() {
  switch (random_() % 4) {
    case 0:
      return random_() % 3;
    case 1:
      return UINT64_MAX - random_() % 3;
    case 2:
      return (std::uint64_t{1} << random_() % 64) - random_() % 2;
    default:
      return random_();
  }
}

std::string RandomMessage::text() {
  constexpr std::array pieces{"a",  "Z",  "0",  "-1", "true", "null", "中",     "明鉴", "😀", "\n",
                              "\t", "\"", "\\", "'",  "/",    ": ",   "# \n- ", "{}",   " ", "ÿ"};
  std::string text;
  for (auto i = random_() % 6; i > 0; --i) text += pieces[random_() % pieces.size()];
  return text;
}

}  // namespace tests
