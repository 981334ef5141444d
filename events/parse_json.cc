#include "events/parse_json.h"

#include <fmt/format.h>

#include <boost/json/basic_parser_impl.hpp>

#include "events/faults.h"
#include "events/node_builder.h"
#include "events/utf8.h"

namespace events {

namespace {

namespace json = boost::json;

// Boost announces values without saying where they stand. It has checked each token when it
// announces it, so that walking over the same text token by token stays in step with it.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  // The first byte of the next token; moves behind that token.
  std::size_t next() {
    skip_any_of(" \t\r\n,:");
    const std::size_t begin = offset_;
    if (begin == text_.size()) return begin;
    const char first = text_[offset_++];
    if (first == '"') {
      skip_string();
    } else if (first != '{' && first != '}' && first != '[' && first != ']') {
      skip_any_of("0123456789+-.eEaflnrstu");  // A number, true, false or null.
    }
    return begin;
  }

 private:
  void skip_any_of(std::string_view characters) {
    offset_ = std::min(text_.find_first_not_of(characters, offset_), text_.size());
  }

  void skip_string() {
    for (; offset_ < text_.size() && text_[offset_] != '"'; ++offset_) {
      if (text_[offset_] == '\\') ++offset_;
    }
    ++offset_;
  }

  std::string_view text_;
  std::size_t offset_ = 0;
};

// What Boost's parser calls. It may hand over a name, text or number in parts.
class Handler {
 public:
  static constexpr std::size_t max_object_size = json_bytes_max;
  static constexpr std::size_t max_array_size = json_bytes_max;
  static constexpr std::size_t max_key_size = json_bytes_max;
  static constexpr std::size_t max_string_size = json_bytes_max;

  Handler(std::string_view text, Places& places, Faults& faults)
      : tokens_(text), places_(places), builder_(faults, json_depth_max) {}

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code& error) { return open(Node::Kind::map, error); }
  bool on_object_end(std::size_t, json::error_code&) { return close(); }
  bool on_array_begin(json::error_code& error) { return open(Node::Kind::list, error); }
  bool on_array_end(std::size_t, json::error_code&) { return close(); }

  bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return keep(part); }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    keep(part);
    const Place place = next();
    builder_.name(std::move(parts_), place);
    parts_.clear();
    return true;
  }

  bool on_string_part(json::string_view part, std::size_t, json::error_code&) { return keep(part); }
  bool on_string(json::string_view part, std::size_t, json::error_code& error) {
    return written(Node::Kind::text, part, error);
  }

  bool on_number_part(json::string_view part, json::error_code&) { return keep(part); }
  bool on_int64(std::int64_t, json::string_view part, json::error_code& error) {
    return written(Node::Kind::number, part, error);
  }
  bool on_uint64(std::uint64_t, json::string_view part, json::error_code& error) {
    return written(Node::Kind::number, part, error);
  }
  bool on_double(double, json::string_view part, json::error_code& error) {
    return written(Node::Kind::number, part, error);
  }

  bool on_bool(bool value, json::error_code& error) {
    Node node;
    node.kind = Node::Kind::flag;
    node.flag = value;
    return add(std::move(node), error);
  }
  bool on_null(json::error_code& error) { return add({}, error); }

  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

  NodeBuilder& builder() { return builder_; }

 private:
  bool open(Node::Kind kind, json::error_code& error) {
    return go_on(builder_.open(kind, next()), error);
  }

  // Boost stops with an error; this one says that the builder has reported the fault.
  static bool go_on(bool good, json::error_code& error) {
    if (!good) error = json::error::too_deep;
    return good;
  }

  bool close() {
    tokens_.next();
    builder_.close();
    return true;
  }

  bool keep(json::string_view part) {
    parts_.append(part.data(), part.size());
    return true;
  }

  bool written(Node::Kind kind, json::string_view part, json::error_code& error) {
    keep(part);
    Node node;
    node.kind = kind;
    node.text = std::move(parts_);
    parts_.clear();
    return add(std::move(node), error);
  }

  bool add(Node node, json::error_code& error) {
    node.place = next();
    return go_on(builder_.add(std::move(node)), error);
  }

  Place next() { return places_.at(tokens_.next()); }

  Tokens tokens_;
  Places& places_;
  NodeBuilder builder_;
  std::string parts_;
};

Words words_of(json::error_code error) {
  switch (static_cast<json::error>(error.value())) {
    case json::error::incomplete:
      return {"JSON 不完整", "the JSON is incomplete"};
    case json::error::extra_data:
      return {"JSON 之后还有内容", "something stands after the JSON"};
    case json::error::illegal_leading_surrogate:
    case json::error::illegal_trailing_surrogate:
    case json::error::expected_utf16_escape:
      return {"\\u 转义不成对", "a \\u escape is half of a pair"};
    case json::error::expected_hex_digit:
      return {"\\u 后须有四位十六进制数字", "\\u needs four hexadecimal digits"};
    case json::error::exponent_overflow:
      return {"数字的指数过大", "the exponent of a number is too large"};
    default:
      return {"JSON 写法有误", "this is not JSON: " + error.message()};
  }
}

}  // namespace

Result<Node> parse_json(std::string_view text, std::string_view source, std::size_t first_line) {
  Faults faults(source);
  Places places(text, first_line);
  if (text.size() > json_bytes_max) {
    faults.add(places.at(0), "",
               {fmt::format("JSON 超过 {} 字节", json_bytes_max),
                fmt::format("the JSON is longer than {} bytes", json_bytes_max)});
    return faults.refuse();
  }
  if (const std::size_t at = invalid_utf8_at(text); at != std::string_view::npos) {
    faults.add(places.at(at), "", {"不是有效的 UTF-8", "this is not valid UTF-8"});
    return faults.refuse();
  }

  json::parse_options options;
  options.max_depth = json_depth_max + 1;  // The builder notices first, and knows the place.
  json::basic_parser<Handler> parser(options, text, places, faults);
  json::error_code error;
  const std::size_t end = parser.write_some(false, text.data(), text.size(), error);
  if (!error && end < text.size()) error = json::error::extra_data;
  NodeBuilder& builder = parser.handler().builder();
  if (error && error != json::error::too_deep) {
    faults.add(places.at(end), builder.path(), words_of(error));
  }
  if (!faults.empty()) return faults.refuse();
  return builder.take();
}

}  // namespace events
