// Which events of a log: the answer to a question that people and programs ask alike. One thread.
#pragma once

#include <string>
#include <vector>

#include "events/log.h"

namespace cli {

struct EventFilter {
  std::string subject;    // kind/id; empty: of any.
  bool mentions = false;  // Also those that only mention the subject.
  events::Position after = 0;
  std::string type;
  std::string actor;
};

// That the subject is written as one, and the type is one that there is.
events::Result<> check(const EventFilter& filter);

// The events in the order of the log: one cursor, or two side by side.
class EventWalk {
 public:
  enum class Found { event, end, tired };

  EventWalk(const events::Log& log, EventFilter filter, events::Position until);

  bool next();
  // Looks at so many events at most, and says how many are left. Tired, it stands at one that does
  // not fit, and goes on from there.
  Found next(std::size_t& looks);
  const events::Recorded& recorded() const { return cursors_[at_].recorded(); }
  events::Bytes bytes() const { return cursors_[at_].bytes(); }

 private:
  void add(events::Cursor cursor);
  void drop(std::size_t at) { cursors_.erase(cursors_.begin() + static_cast<std::ptrdiff_t>(at)); }
  std::size_t first() const;
  bool fits() const;

  EventFilter filter_;
  events::Position until_;
  std::vector<events::Cursor> cursors_;  // Each stands at an event.
  // The one at which the walk stands; before the first step none.
  std::size_t at_ = static_cast<std::size_t>(-1);
};

}  // namespace cli
