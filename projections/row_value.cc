#include "projections/row_value.h"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "events/assert.h"
#include "events/stored_record.h"
#include "projections/disk.h"
#include "projections/json.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::Result;

constexpr char event_mark = '\0';
constexpr std::size_t head_bytes = 1 + sizeof(std::uint32_t);
constexpr std::size_t kept_bytes_max = 2048;

json::object key_members(const View& view, KeyTexts key) {
  ASSERT(key.size() == view.key.size());
  json::object members;
  for (std::size_t i = 0; i < key.size(); ++i) {
    members.emplace(view.key[i].member, json_text(key[i]));
  }
  return members;
}

std::unexpected<events::Error> corrupt(const std::string& why) {
  return std::unexpected(disk_error(rocksdb::Status::Corruption(why)));
}

}  // namespace

std::string row_value(const View& view, KeyTexts key, const json::object& row) {
  // A row that was read and changed has its key ahead already.
  if (row.contains(view.key.front().member)) return json::serialize(row);
  std::string text = json::serialize(key_members(view, key));
  if (row.empty()) return text;
  text.back() = ',';
  return text.append(json::serialize(row), 1);
}

std::string row_value(const View& view, KeyTexts key, const events::Recorded& recorded,
                      const json::object& rest) {
  ASSERT(view.render != nullptr);
  if (recorded.bytes.size() > kept_bytes_max) {
    return row_value(view, key, view.render(recorded, key, rest));
  }
  std::string members = rest.empty() ? std::string() : json::serialize(rest);
  std::string value(1, event_mark);
  value.reserve(head_bytes + members.size() + recorded.bytes.size());
  for (int shift = 24; shift >= 0; shift -= 8) {
    value.push_back(static_cast<char>(members.size() >> shift));
  }
  value.append(members);
  value.append(reinterpret_cast<const char*>(recorded.bytes.data()), recorded.bytes.size());
  return value;
}

Result<json::object> read_row(const View& view, KeyTexts key, events::Position position,
                              std::string_view value, json::memory_resource* memory) {
  if (!value.starts_with(event_mark)) return read_json(value, memory);
  if (!view.render || value.size() < head_bytes) return corrupt("a row is no event");
  std::size_t length = 0;
  for (char one : value.substr(1, sizeof(std::uint32_t))) {
    length = length << 8 | static_cast<unsigned char>(one);
  }
  value.remove_prefix(head_bytes);
  if (value.size() < length) return corrupt("a row is cut off");
  json::object rest;
  if (length > 0) rest = TRY(read_json(value.substr(0, length)));
  value.remove_prefix(length);
  events::Bytes bytes(reinterpret_cast<const std::uint8_t*>(value.data()), value.size());
  json::object row;
  events::StoredRecord stored;
  auto wrong = stored.read(value, [&](events::Record::Reader record) {
    row = key_members(view, key);
    json::object members = view.render({position, record, bytes}, key, rest);
    for (auto& member : members) row.emplace(member.key(), std::move(member.value()));
  });
  if (wrong) return corrupt("a row's event cannot be read: " + *wrong);
  return row;
}

Result<json::object> read_json(std::string_view text, json::memory_resource* memory) {
  json::error_code error;
  // One piece of memory for all of it: a row is read, changed a little, and dropped.
  auto piece =
      memory ? json::storage_ptr(memory) : json::make_shared_resource<json::monotonic_resource>();
  json::value value = json::parse({text.data(), text.size()}, error, piece);
  if (error || !value.is_object()) return corrupt("a row is not JSON");
  return std::move(value.get_object());
}

}  // namespace projections
