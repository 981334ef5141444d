// Where a subcommand reads: in a folder, or from a server, which shows what its caller may see. All
// of it as of one position. One thread.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/app.h"
#include "cli/event_walk.h"
#include "projections/projection.h"

namespace cli {

class Records {
 public:
  struct Listed {
    events::Position last = 0;  // The last that was taken, or what was begun behind.
    bool more = false;
  };

  virtual ~Records() = default;

  events::Position at() const { return at_; }
  events::Position head() const { return head_; }
  const std::string& zone() const { return zone_; }  // The log's.

  // All rows of the view whose key begins with these parts; sealed texts opened where that is
  // possible and was asked for.
  virtual events::Result<std::vector<boost::json::object>> rows(
      const projections::View& view, const std::vector<std::string>& prefix) = 0;
  // Those that the filter lets through, in order, at most so many; 0: all.
  virtual events::Result<Listed> events(const EventFilter& filter, std::size_t limit,
                                        const std::function<void(boost::json::object)>& take) = 0;
  // One with all that is stored of it.
  virtual events::Result<boost::json::object> event(events::Position position) = 0;
  // Waits until the log is longer than that; its new length.
  virtual events::Result<events::Position> grown(events::Position seen) = 0;

 protected:
  events::Position at_ = 0;
  events::Position head_ = 0;
  std::string zone_;
};

// Of --server if there is one, else of the folder; as of --at or --as-of.
events::Result<std::unique_ptr<Records>> open_records(const App& app);
events::Result<std::unique_ptr<Records>> open_folder_records(const App& app);
events::Result<std::unique_ptr<Records>> open_server_records(const App& app);

}  // namespace cli
