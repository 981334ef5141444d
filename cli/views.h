// Opens the rows for reading at the position that --at or --as-of asks for, and prints them. One
// thread.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string>

#include "cli/folder.h"
#include "projections/projection.h"
#include "projections/store.h"

namespace cli {

struct ViewReader {
  ReadingFolder folder;
  std::unique_ptr<projections::Store> store;
  events::Position at = 0;
  std::string zone;
};

events::Result<ViewReader> open_views(const App& app);

// All rows under the prefix, as one page after the other gives them.
events::Result<std::vector<projections::Row>> read_rows(const ViewReader& reader,
                                                        const projections::View& view,
                                                        std::vector<std::string> prefix);

// A member of a row as people read it: words in their language, moments in the log's zone.
std::string cell(const App& app, const boost::json::object& row, std::string_view member,
                 bool moment, const std::string& zone);

}  // namespace cli
