// What stands in the store under a row's key: the row itself, or the event that the view makes it
// of when somebody reads it. Most rows are never read, and making one costs ten times as much as
// keeping the event. Pure functions, any thread.
//
//   value = JSON                          the row
//         | 0x00 length:u32 JSON record   the row is what the view's render makes of the record
//                                         and of the members in the JSON, which it cannot tell
//         | nothing                       removed
#pragma once

#include <boost/json/memory_resource.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "events/error.h"
#include "events/record.h"
#include "projections/projection.h"

namespace projections {

// The key's parts become members of the row, ahead of the others.
std::string row_value(const View& view, KeyTexts key, const boost::json::object& row);
// A long record is made into its row at once: one that names a thousand applications would
// otherwise stand there a thousand times.
std::string row_value(const View& view, KeyTexts key, const events::Recorded& recorded,
                      const boost::json::object& rest);

// The row again; `key` and `position` are those of the value's key. Not for a row that was removed.
// It may be made in `memory`, which then has to outlive it; without, in a piece of its own.
events::Result<boost::json::object> read_row(const View& view, KeyTexts key,
                                             events::Position position, std::string_view value,
                                             boost::json::memory_resource* memory = nullptr);
events::Result<boost::json::object> read_json(std::string_view text,
                                              boost::json::memory_resource* memory = nullptr);

}  // namespace projections
