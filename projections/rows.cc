#include "projections/rows.h"

#include <boost/json/serialize.hpp>

#include "events/assert.h"
#include "projections/row_key.h"
#include "projections/row_value.h"
#include "projections/store.h"

namespace projections {

namespace json = boost::json;

namespace {

constexpr std::size_t buffer_bytes = std::size_t{2} << 20;

KeyTexts texts(Rows::Key key) { return {key.begin(), key.size()}; }

}  // namespace

Rows::Rows(const View& view, const Store& store)
    : view_(view),
      store_(store),
      buffer_(std::make_unique_for_overwrite<std::byte[]>(buffer_bytes)),
      memory_(std::make_unique<std::pmr::monotonic_buffer_resource>(buffer_.get(), buffer_bytes)),
      changes_(memory_.get()) {}

void Rows::clear() {
  changes_.clear();
  memory_->release();
}

void Rows::change(std::string_view key, std::string_view value) {
  auto [found, added] = changes_.try_emplace(Changes::key_type(key, memory_.get()), value);
  if (!added) found->second = value;
}

void Rows::put(Key key, const json::object& row) {
  change(with_position(row_key(key), position_), row_value(view_, texts(key), row));
}

void Rows::put_event(Key key, const events::Recorded& recorded, const json::object& rest) {
  ASSERT(recorded.position == position_);
  change(with_position(row_key(key), position_), row_value(view_, texts(key), recorded, rest));
}

std::optional<json::object> Rows::get(Key key) const {
  std::string prefix = row_key(key);
  auto found = changes_.lower_bound(std::string_view(prefix));
  if (found != changes_.end() && is_version_of(found->first, prefix)) {
    if (found->second.empty()) return std::nullopt;
    auto row = read_row(view_, texts(key), position_in(found->first), found->second);
    ASSERT(row.has_value());
    return *std::move(row);
  }
  return store_.newest(view_, texts(key), prefix);
}

void Rows::remove(Key key) { change(with_position(row_key(key), position_), {}); }

void Rows::keep(Key key, const json::object& fact) { change(fact_key(key), json::serialize(fact)); }

std::optional<json::object> Rows::kept(Key key) const {
  std::string whole = fact_key(key);
  if (auto found = changes_.find(std::string_view(whole)); found != changes_.end()) {
    auto fact = read_json(found->second);
    ASSERT(fact.has_value());
    return *std::move(fact);
  }
  return store_.fact(whole);
}

std::string Rows::row_key(Key key) const {
  ASSERT(position_ > 0);
  ASSERT(key.size() == view_.key.size());
  std::string whole = row_prefix(view_.name, view_.version);
  for (std::string_view part : key) append_part(whole, part);
  return whole;
}

std::string Rows::fact_key(Key key) const {
  std::string whole = fact_prefix(view_.name, view_.version);
  for (std::string_view part : key) append_part(whole, part);
  return with_position(std::move(whole), 0);
}

}  // namespace projections
