// Brings the rows up to the log: every event in order, to every view. Live is catching up that has
// caught up; a rebuild is catching up from nothing. One thread, in one process at a time.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "events/error.h"
#include "events/log.h"
#include "projections/projection.h"
#include "projections/rows.h"
#include "projections/store.h"

namespace projections {

class Follower {
 public:
  // All three must outlive it; the store must be one that writes.
  Follower(events::Log& log, Store& store, std::span<const View> views);

  using Progress = std::function<void(events::Position done, events::Position until)>;

  // Afterwards every view has come to `until`, unless it was told to stop. Rows of views that are
  // no longer there are dropped then. Rows of another history than the log's are thrown away first.
  events::Result<> catch_up(events::Position until, const Progress& progress = {},
                            std::stop_token stop = {});

  // Follows the log until it is told to stop. Other processes see the rows about a second later.
  events::Result<> run(std::stop_token stop);

 private:
  events::Result<> start();
  events::Result<> follow(std::stop_token stop);
  events::Result<> flush_now_and_then(std::stop_token stop);
  void apply(const events::Recorded& recorded);
  events::Result<> commit(events::Position position);
  events::Position least() const;

  events::Log& log_;
  Store& store_;
  std::span<const View> views_;
  std::vector<Rows> rows_;                   // Of each view.
  std::vector<events::Position> positions_;  // Of each view: the last event that it has taken in.
  bool started_ = false;
  bool dropped_ = false;                   // What is left of views that are no longer there.
  std::atomic<std::uint64_t> commits_{0};  // So that what nobody changed is not flushed.
};

// For a program that looks once: a store in which every view has come to the position. Follows the
// log itself if no other process does, and otherwise waits for that one; overloaded when that takes
// too long.
events::Result<std::unique_ptr<Store>> open_at(
    const StoreOptions& options, events::Log& log, std::span<const View> views,
    events::Position position, const Follower::Progress& progress = {},
    std::chrono::milliseconds patience = std::chrono::seconds(10));

}  // namespace projections
