// Reads one scalar of a parsed text as a value of the type that the schema asks for. Any thread.
#pragma once

#include <capnp/dynamic.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string_view>
#include <vector>

#include "events/error.h"
#include "events/node.h"
#include "events/shape.h"

namespace events {

// Beyond it JavaScript, and many JSON libraries, change the number.
inline constexpr std::uint64_t json_integer_max = (std::uint64_t{1} << 53) - 1;

class ScalarReader {
 public:
  // The type is that of the field, or of an element if the field is a list. The value refers to the
  // node, or to this reader until its next call. What is wrong comes back in words.
  std::expected<capnp::DynamicValue::Reader, Words> read(const FieldShape& field, capnp::Type type,
                                                         const Node& node);

 private:
  std::expected<capnp::DynamicValue::Reader, Words> read_data(const Node& node);

  std::vector<kj::byte> data_;
};

// "needs a date, not a list", in both languages.
Words wrong_kind(std::string_view needed_zh, std::string_view needed_en, const Node& node);

// What is wrong with a text or an id, or nothing.
std::expected<void, Words> check_text(std::string_view text, std::size_t bytes_max);
std::expected<void, Words> check_id(std::string_view id);

}  // namespace events
