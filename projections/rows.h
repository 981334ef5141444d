// What a view's apply may do: read and write that view's own rows. What was put is read back at
// once, and becomes durable with the follower's checkpoint. One thread.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

#include "events/keys.h"
#include "projections/projection.h"

namespace projections {

class Store;

class Rows {
 public:
  // As many parts as the view's key has. They sort by length first and then by bytes: numbers
  // written in decimal sort by value, and A-2 stands before A-10.
  using Key = std::initializer_list<std::string_view>;

  // Both must outlive it.
  Rows(const View& view, const Store& store);

  // The key's parts become members of the row, ahead of the others.
  void put(Key key, const boost::json::object& row);
  // The row is what the view's render makes of the event and of the rest, when somebody reads it.
  void put_event(Key key, const events::Recorded& recorded, const boost::json::object& rest = {});
  std::optional<boost::json::object> get(Key key) const;
  void remove(Key key);

  // Beside the rows, and never among what is scanned: what apply needs to find a row again, such as
  // the round of an application. Only the latest is kept; the keys have any number of parts.
  void keep(Key key, const boost::json::object& fact);
  std::optional<boost::json::object> kept(Key key) const;

  // For the follower: the event that the next changes belong to, and the changes so far by their
  // full key. A removed row is empty.
  using Changes = std::pmr::map<std::pmr::string, std::pmr::string, std::less<>>;
  void begin(events::Position position) { position_ = position; }
  const Changes& changes() const { return changes_; }
  void clear();
  const View& view() const { return view_; }

 private:
  std::string row_key(Key key) const;
  std::string fact_key(Key key) const;
  void change(std::string_view key, std::string_view value);

  const View& view_;
  const Store& store_;
  events::Position position_ = 0;
  // The changes of one batch, let go all at once; kept from batch to batch, since fresh memory
  // costs more than what is put there.
  std::unique_ptr<std::byte[]> buffer_;
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_;
  Changes changes_;  // Sorts as the store does: of one key the newest comes first.
};

}  // namespace projections
