#include "events/keys.h"

#include "events/assert.h"

namespace events {
namespace {

void append_number(std::string& key, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) key.push_back(static_cast<char>(number >> shift));
}

std::uint64_t last_number(std::string_view key) {
  ASSERT(key.size() >= 8);
  std::uint64_t number = 0;
  for (char one : key.substr(key.size() - 8))
    number = number << 8 | static_cast<unsigned char>(one);
  return number;
}

}  // namespace

std::string event_key(Position position) {
  std::string key;
  append_number(key, position);
  return key;
}

Position position_of_event_key(std::string_view key) { return last_number(key); }

std::string index_prefix(std::string_view subject, bool folded) {
  std::string key;
  key.reserve(subject.size() + 10);
  key.push_back(folded ? 'f' : 'm');
  key.append(subject);
  key.push_back('\0');
  return key;
}

std::string index_key(std::string_view subject, bool folded, Position position) {
  std::string key = index_prefix(subject, folded);
  append_number(key, position);
  return key;
}

Position position_of_index_key(std::string_view key) { return last_number(key); }

std::string_view index_prefix_of(std::string_view key) {
  auto end = key.find('\0');
  return end == std::string_view::npos ? key : key.substr(0, end + 1);
}

std::string tile_key(std::uint8_t level, std::uint64_t number) {
  std::string key(1, static_cast<char>(level));
  append_number(key, number);
  return key;
}

std::string command_subject(std::string_view actor, std::string_view id) {
  std::string name = subject("command", actor);
  return name.append("/").append(id);
}

}  // namespace events
