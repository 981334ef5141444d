#include "cli/json_lines.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace cli {
namespace {

namespace json = boost::json;

class Writer {
 public:
  // `begin` stands in front of the value on its first line, `end` behind it on its last.
  void write(const json::value& value, std::string begin, std::string_view end) {
    const auto* object = value.if_object();
    const auto* array = value.if_array();
    if (object != nullptr && !object->empty()) {
      open(std::move(begin), '{');
      std::size_t left = object->size();
      for (const auto& member : *object) {
        write(member.value(), indent() + json::serialize(json::value(member.key())) + ": ",
              --left > 0 ? "," : "");
      }
      close('}', end);
    } else if (array != nullptr && !array->empty()) {
      open(std::move(begin), '[');
      std::size_t left = array->size();
      for (const auto& element : *array) write(element, indent(), --left > 0 ? "," : "");
      close(']', end);
    } else {
      lines_.push_back(std::move(begin.append(json::serialize(value)).append(end)));
    }
  }

  std::vector<std::string> take() { return std::move(lines_); }

 private:
  std::string indent() const { return std::string(depth_ * 2, ' '); }

  void open(std::string begin, char bracket) {
    begin.push_back(bracket);
    lines_.push_back(std::move(begin));
    ++depth_;
  }

  void close(char bracket, std::string_view end) {
    --depth_;
    std::string line = indent();
    line.push_back(bracket);
    lines_.push_back(std::move(line.append(end)));
  }

  std::size_t depth_ = 0;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> json_lines(const json::value& value) {
  Writer writer;
  writer.write(value, "", "");
  return writer.take();
}

}  // namespace cli
