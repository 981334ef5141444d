#include "projections/row_key.h"

#include "events/assert.h"

namespace projections {
namespace {

constexpr std::size_t position_bytes = 8;

void append_number(std::string& key, std::uint64_t number, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>(number >> shift));
  }
}

std::uint64_t number_in(std::string_view bytes) {
  std::uint64_t number = 0;
  for (char one : bytes) number = number << 8 | static_cast<unsigned char>(one);
  return number;
}

std::string view_key(char kind, std::string_view name, std::uint32_t version) {
  ASSERT(name.size() <= 0xff);
  std::string key(1, kind);
  append_number(key, name.size(), 1);
  key.append(name);
  append_number(key, version, 4);
  return key;
}

}  // namespace

std::string reached_key(const View& view) { return view_key('c', view.name, view.version); }

std::string reached_prefix() { return "c"; }

std::optional<std::pair<std::string, std::uint32_t>> view_of_reached_key(std::string_view key) {
  if (key.size() < 6) return std::nullopt;
  std::size_t length = number_in(key.substr(1, 1));
  if (key.size() != 6 + length) return std::nullopt;
  auto version = static_cast<std::uint32_t>(number_in(key.substr(2 + length)));
  return std::pair(std::string(key.substr(2, length)), version);
}

std::string row_prefix(std::string_view view, std::uint32_t version) {
  return view_key('r', view, version);
}

std::string fact_prefix(std::string_view view, std::uint32_t version) {
  return view_key('k', view, version);
}

void append_part(std::string& key, std::string_view part) {
  ASSERT(part.size() <= part_bytes_max);
  append_number(key, part.size(), 2);
  key.append(part);
}

std::string with_position(std::string prefix, events::Position position) {
  append_number(prefix, ~position, position_bytes);
  return prefix;
}

std::string without_position(std::string_view key) {
  ASSERT(key.size() >= position_bytes);
  return std::string(key.substr(0, key.size() - position_bytes));
}

events::Position position_in(std::string_view key) {
  ASSERT(key.size() >= position_bytes);
  return ~number_in(key.substr(key.size() - position_bytes));
}

bool is_version_of(std::string_view key, std::string_view prefix) {
  return key.size() == prefix.size() + position_bytes && key.starts_with(prefix);
}

std::optional<std::vector<std::string>> parts_in(std::string_view key, std::size_t view_bytes) {
  if (key.size() < view_bytes + position_bytes) return std::nullopt;
  std::vector<std::string> parts;
  auto rest = key.substr(view_bytes, key.size() - view_bytes - position_bytes);
  while (!rest.empty()) {
    if (rest.size() < 2) return std::nullopt;
    std::size_t length = number_in(rest.substr(0, 2));
    if (rest.size() < 2 + length) return std::nullopt;
    parts.emplace_back(rest.substr(2, length));
    rest.remove_prefix(2 + length);
  }
  return parts;
}

std::string after_prefix(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  ASSERT(!prefix.empty());
  prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

}  // namespace projections
