#include "events/scalar.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <optional>

#include "events/assert.h"
#include "events/decode.h"
#include "events/faults.h"
#include "events/moment.h"
#include "events/nearest.h"
#include "events/utf8.h"

namespace events {

namespace {

using capnp::DynamicValue;
using Read = std::expected<DynamicValue::Reader, Words>;

std::unexpected<Words> refuse(std::string zh, std::string en) {
  return std::unexpected(Words{std::move(zh), std::move(en)});
}

Read read_flag(const Node& node) {
  if (node.kind == Node::Kind::flag) return node.flag;
  if (node.plain && node.text == "true") return true;
  if (node.plain && node.text == "false") return false;
  return std::unexpected(wrong_kind("true 或 false", "true or false", node));
}

bool is_integer(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return false;
  return text == "0" || text.front() != '0';
}

// Nothing if it does not fit. The text is an integer.
template <class Integer>
std::optional<Integer> number_of(std::string_view text) {
  Integer value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <class Integer>
bool survives_javascript(Integer value) {
  if (value < 0) return std::uint64_t{0} - static_cast<std::uint64_t>(value) <= json_integer_max;
  return static_cast<std::uint64_t>(value) <= json_integer_max;
}

template <class Integer>
Read read_integer(const Node& node) {
  constexpr bool wide = sizeof(Integer) == 8;
  const bool number = node.kind == Node::Kind::number;
  if (!number && !(node.kind == Node::Kind::text && (node.plain || wide))) {
    return std::unexpected(wrong_kind("整数", "an integer", node));
  }
  if (!is_integer(node.text) || node.text == "-0") {
    return refuse(fmt::format("须为整数，不能是“{}”", shown(node.text)),
                  fmt::format("needs an integer such as 12, not “{}”", shown(node.text)));
  }
  const auto value = number_of<Integer>(node.text);
  if (!value) {
    using Limits = std::numeric_limits<Integer>;
    const std::string range = fmt::format("{} … {}", Limits::min(), Limits::max());
    return refuse(fmt::format("{} 超出范围（{}）", shown(node.text), range),
                  fmt::format("{} is out of range ({})", shown(node.text), range));
  }
  if (wide && number && !survives_javascript(*value)) {
    return refuse(fmt::format("超过 2^53 的整数须写成文本：\"{}\"", *value),
                  fmt::format("an integer beyond 2^53 is written as a text: \"{}\"", *value));
  }
  return *value;
}

Read read_date(const Node& node) {
  if (node.kind != Node::Kind::text) return std::unexpected(wrong_kind("日期", "a date", node));
  const auto date = parse_date(node.text);
  if (!date) {
    return refuse(fmt::format("须为日期，如 2016-10-01，不能是“{}”", shown(node.text)),
                  fmt::format("needs a date such as 2016-10-01, not “{}”", shown(node.text)));
  }
  return static_cast<std::int32_t>(date->time_since_epoch().count());
}

Read read_moment(const Node& node) {
  if (node.kind != Node::Kind::text) return std::unexpected(wrong_kind("时刻", "a time", node));
  const auto moment = parse_moment(node.text);
  if (!moment) {
    constexpr std::string_view example = "2016-10-01T09:00:00+08:00";
    return refuse(fmt::format("须为带时区的时刻，如 {}，不能是“{}”", example, shown(node.text)),
                  fmt::format("needs a time with its offset such as {}, not “{}”", example,
                              shown(node.text)));
  }
  return static_cast<std::int64_t>(moment->time_since_epoch().count());
}

Read read_enum(capnp::EnumSchema schema, const Node& node) {
  if (node.kind != Node::Kind::text) return std::unexpected(wrong_kind("名称", "a name", node));
  std::vector<std::string_view> names;
  for (const auto enumerant : schema.getEnumerants()) {
    const kj::StringPtr name = enumerant.getProto().getName();
    if (node.text == name.cStr()) return capnp::DynamicEnum(enumerant);
    names.emplace_back(name.cStr(), name.size());
  }
  const std::string_view near = nearest(node.text, names);
  if (!near.empty()) {
    return refuse(fmt::format("没有“{}”，最接近的是“{}”", shown(node.text), near),
                  fmt::format("there is no “{}”; the nearest is “{}”", shown(node.text), near));
  }
  const std::string all = fmt::format("{}", fmt::join(names, ", "));
  return refuse(fmt::format("没有“{}”，可用的有：{}", shown(node.text), all),
                fmt::format("there is no “{}”; there are: {}", shown(node.text), all));
}

Read read_text(const FieldShape& field, const Node& node) {
  if (node.kind != Node::Kind::text) return std::unexpected(wrong_kind("文本", "a text", node));
  const std::size_t bytes_max = field.long_text ? long_text_bytes_max : text_bytes_max;
  const auto good = field.id ? check_id(node.text) : check_text(node.text, bytes_max);
  if (!good) return std::unexpected(good.error());
  return capnp::Text::Reader(node.text.c_str(), node.text.size());
}

int nibble_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

// Spaces and characters that nobody can see would make two ids look like one.
bool can_hide(char32_t character) {
  const auto within = [&](char32_t low, char32_t high) {
    return character >= low && character <= high;
  };
  return character <= 0x20 || within(0x7f, 0xa0) || character == 0xad || character == 0x1680 ||
         within(0x180e, 0x180e) || within(0x2000, 0x200f) || within(0x2028, 0x202f) ||
         within(0x205f, 0x206f) || character == 0x3000 || character == 0xfeff;
}

}  // namespace

std::expected<DynamicValue::Reader, Words> ScalarReader::read(const FieldShape& field,
                                                              capnp::Type type, const Node& node) {
  switch (type.which()) {
    case capnp::schema::Type::VOID:
      if (node.kind == Node::Kind::map && node.map.empty()) return capnp::VOID;
      return std::unexpected(wrong_kind("空对象 {}", "an empty object {}", node));
    case capnp::schema::Type::BOOL:
      return read_flag(node);
    case capnp::schema::Type::INT8:
      return read_integer<std::int8_t>(node);
    case capnp::schema::Type::INT16:
      return read_integer<std::int16_t>(node);
    case capnp::schema::Type::INT32:
      return field.date ? read_date(node) : read_integer<std::int32_t>(node);
    case capnp::schema::Type::INT64:
      return field.moment ? read_moment(node) : read_integer<std::int64_t>(node);
    case capnp::schema::Type::UINT8:
      return read_integer<std::uint8_t>(node);
    case capnp::schema::Type::UINT16:
      return read_integer<std::uint16_t>(node);
    case capnp::schema::Type::UINT32:
      return read_integer<std::uint32_t>(node);
    case capnp::schema::Type::UINT64:
      return read_integer<std::uint64_t>(node);
    case capnp::schema::Type::ENUM:
      return read_enum(type.asEnum(), node);
    case capnp::schema::Type::TEXT:
      return read_text(field, node);
    case capnp::schema::Type::DATA:
      return read_data(node);
    default:
      break;
  }
  ASSERT(!"a scalar type");  // shape_of refuses what has no spelling.
  return capnp::VOID;
}

std::expected<DynamicValue::Reader, Words> ScalarReader::read_data(const Node& node) {
  if (node.kind != Node::Kind::text) {
    return std::unexpected(wrong_kind("十六进制文本", "a text in hexadecimal", node));
  }
  if (node.text.size() > 2 * data_bytes_max) {
    return refuse(fmt::format("超过 {} 字节", data_bytes_max),
                  fmt::format("is longer than {} bytes", data_bytes_max));
  }
  data_.clear();
  bool good = node.text.size() % 2 == 0;
  for (std::size_t i = 0; good && i < node.text.size(); i += 2) {
    const int high = nibble_of(node.text[i]);
    const int low = nibble_of(node.text[i + 1]);
    good = high >= 0 && low >= 0;
    data_.push_back(static_cast<kj::byte>(high * 16 + low));
  }
  if (!good) {
    return refuse("须为成对的小写十六进制数字", "needs pairs of lower-case hexadecimal digits");
  }
  return capnp::Data::Reader(data_.data(), data_.size());
}

Words wrong_kind(std::string_view needed_zh, std::string_view needed_en, const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return {fmt::format("须为{}；空值不等于未填，未填请删去此项", needed_zh),
              fmt::format("needs {}; null is not absence, leave the field out instead", needed_en)};
    case Node::Kind::flag:
      return {fmt::format("须为{}，不能是 {}", needed_zh, node.flag),
              fmt::format("needs {}, not {}", needed_en, node.flag)};
    case Node::Kind::number:
      return {fmt::format("须为{}，不能是数字 {}", needed_zh, shown(node.text)),
              fmt::format("needs {}, not the number {}", needed_en, shown(node.text))};
    case Node::Kind::text:
      return {fmt::format("须为{}，不能是文本“{}”", needed_zh, shown(node.text)),
              fmt::format("needs {}, not the text “{}”", needed_en, shown(node.text))};
    case Node::Kind::list:
      return {fmt::format("须为{}，不能是列表", needed_zh),
              fmt::format("needs {}, not a list", needed_en)};
    case Node::Kind::map:
      return {fmt::format("须为{}，不能是对象", needed_zh),
              fmt::format("needs {}, not an object", needed_en)};
  }
  ASSERT(!"a kind of node");
  return {};
}

std::expected<void, Words> check_text(std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    return refuse(fmt::format("超过 {} 字节", bytes_max),
                  fmt::format("is longer than {} bytes", bytes_max));
  }
  for (std::size_t offset = 0; offset < text.size();) {
    const Character character = character_at(text, offset);
    if (character.bytes == 0) return refuse("不是有效的 UTF-8", "is not valid UTF-8");
    if (is_control(character.value) && character.value != '\n' && character.value != '\t') {
      const auto code = static_cast<unsigned>(character.value);
      return refuse(fmt::format("含有控制字符 U+{:04X}", code),
                    fmt::format("contains the control character U+{:04X}", code));
    }
    offset += character.bytes;
  }
  return {};
}

std::expected<void, Words> check_id(std::string_view id) {
  bool good = !id.empty() && id.size() <= id_bytes_max;
  for (std::size_t offset = 0; good && offset < id.size();) {
    const Character character = character_at(id, offset);
    good = character.bytes != 0 && character.value != '/' && !can_hide(character.value);
    offset += character.bytes;
  }
  if (good) return {};
  return refuse(
      fmt::format("“{}”不能作编号：须为 1 至 {} 字节，不含斜杠、空格和不可见字符", shown(id),
                  id_bytes_max),
      fmt::format("“{}” cannot be an id: it needs 1 to {} bytes without slash, space or invisible "
                  "characters",
                  shown(id), id_bytes_max));
}

}  // namespace events
