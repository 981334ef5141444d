#include "projections/rows.h"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include "events/assert.h"
#include "projections/row_key.h"
#include "projections/store.h"

namespace projections {

namespace json = boost::json;

Rows::Rows(const View& view, const Store& store) : view_(view), store_(store) {}

void Rows::put(Key key, json::object row) {
  json::object whole;
  whole.reserve(view_.key.size() + row.size());
  auto part = key.begin();
  for (const KeyPart& named : view_.key) whole[named.member] = *part++;
  for (auto& member : row) whole[member.key()] = std::move(member.value());
  changes_.insert_or_assign(with_position(row_key(key), position_), json::serialize(whole));
}

std::optional<json::object> Rows::get(Key key) const {
  std::string prefix = row_key(key);
  auto found = changes_.lower_bound(prefix);
  if (found != changes_.end() && is_version_of(found->first, prefix)) {
    return stored_row(found->second);
  }
  return store_.newest(prefix);
}

void Rows::remove(Key key) {
  changes_.insert_or_assign(with_position(row_key(key), position_), std::string());
}

void Rows::keep(Key key, json::object fact) {
  changes_.insert_or_assign(fact_key(key), json::serialize(fact));
}

std::optional<json::object> Rows::kept(Key key) const {
  std::string whole = fact_key(key);
  if (auto found = changes_.find(whole); found != changes_.end()) {
    return stored_row(found->second);
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
