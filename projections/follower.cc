#include "projections/follower.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "events/assert.h"

namespace projections {
namespace {

using events::Position;
using events::Result;

constexpr std::size_t batch_events_max = 1000;
constexpr std::size_t batch_bytes_max = std::size_t{2} << 20;  // Of records.
constexpr auto flush_every = std::chrono::seconds(1);
constexpr auto look_every = std::chrono::milliseconds(200);

Result<> wait_for_all(Store& store, std::span<const View> views, Position position) {
  for (const View& view : views) TRY(store.wait_for(view, position, look_every));
  return {};
}

}  // namespace

Follower::Follower(events::Log& log, Store& store, std::span<const View> views)
    : log_(log), store_(store), views_(views), positions_(views.size()) {
  ASSERT(store_.writes());
  for (const View& view : views_) rows_.emplace_back(view, store_);
}

Result<> Follower::catch_up(Position until, const Progress& progress, std::stop_token stop) {
  if (!started_) TRY(start());
  Position done = least();
  events::Cursor cursor = log_.read(std::min(done, log_.head()));
  std::size_t events = 0;
  std::size_t bytes = 0;
  while (done < until && !stop.stop_requested()) {
    bool more = cursor.next();
    ASSERT(more);
    ASSERT(cursor.recorded().position == done + 1);
    apply(cursor.recorded());
    ++done;
    ++events;
    bytes += cursor.recorded().bytes.size();
    if (done < until && events < batch_events_max && bytes < batch_bytes_max) continue;
    TRY(commit(done));
    if (progress) progress(done, until);
    events = bytes = 0;
  }
  if (events > 0) TRY(commit(done));
  if (done >= until && !dropped_) {
    TRY(store_.drop_all_but(views_));
    dropped_ = true;
  }
  return {};
}

// Goes on where each view was left, if that is a place in this log's history.
Result<> Follower::start() {
  for (Rows& rows : rows_) rows.clear();
  for (std::size_t i = 0; i < views_.size(); ++i) {
    Reached reached = TRY(store_.reached(views_[i]));
    // A process with a newer look at the log may have followed before this one.
    if (reached.position > log_.head()) TRY(log_.catch_up());
    bool same_history = reached.position == 0 || (reached.position <= log_.head() &&
                                                  TRY(log_.root(reached.position)) == reached.root);
    if (!same_history) {
      TRY(store_.empty());
      std::ranges::fill(positions_, 0);
      break;
    }
    positions_[i] = reached.position;
  }
  started_ = true;
  return {};
}

void Follower::apply(const events::Recorded& recorded) {
  for (std::size_t i = 0; i < views_.size(); ++i) {
    if (positions_[i] >= recorded.position) continue;  // A view that is ahead of a new one.
    ASSERT(positions_[i] + 1 == recorded.position);
    rows_[i].begin(recorded.position);
    views_[i].apply(recorded, rows_[i]);
    positions_[i] = recorded.position;
  }
}

Result<> Follower::commit(Position position) {
  std::vector<const Rows*> changed;
  for (std::size_t i = 0; i < views_.size(); ++i) {
    if (positions_[i] == position) changed.push_back(&rows_[i]);
  }
  started_ = false;  // Should this fail, the next attempt begins at what the store holds.
  Reached reached{position, TRY(log_.root(position))};
  TRY(store_.commit(changed, reached));
  started_ = true;
  for (Rows& rows : rows_) rows.clear();
  ++commits_;
  return {};
}

Position Follower::least() const { return positions_.empty() ? 0 : std::ranges::min(positions_); }

Result<> Follower::run(std::stop_token stop) {
  std::stop_source ended;  // By the caller, or by a flush that failed.
  std::stop_callback forward(stop, [&] { ended.request_stop(); });
  Result<> flushed;
  std::jthread flusher([&](std::stop_token own) {
    flushed = flush_now_and_then(own);
    if (!flushed) ended.request_stop();
  });
  auto followed = follow(ended.get_token());
  flusher.request_stop();
  flusher.join();
  if (!followed) return followed;
  return flushed;
}

Result<> Follower::follow(std::stop_token stop) {
  Position done = 0;
  while (!stop.stop_requested()) {
    Position head = log_.wait(done, stop);
    TRY(catch_up(head, {}, stop));
    done = head;
  }
  return {};
}

// Without a write-ahead log, only what is flushed is seen beside this process.
Result<> Follower::flush_now_and_then(std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  std::uint64_t flushed = 0;
  for (;;) {
    wake.wait_for(lock, stop, flush_every, [] { return false; });
    std::uint64_t commits = commits_.load();
    if (commits != flushed) TRY(store_.flush());
    flushed = commits;
    if (stop.stop_requested()) return {};
  }
}

Result<std::unique_ptr<Store>> open_at(const StoreOptions& options, events::Log& log,
                                       std::span<const View> views, Position position,
                                       const Follower::Progress& progress,
                                       std::chrono::milliseconds patience) {
  auto give_up = std::chrono::steady_clock::now() + patience;
  for (;;) {
    // The process that holds the lock may give it back without having come so far: ask each time.
    auto store = Store::open(options);
    if (store && (*store)->writes()) {
      Follower follower(log, **store, views);
      TRY(follower.catch_up(position, progress));
      TRY((*store)->flush());
      return store;
    }
    if (!store && store.error().code != events::Code::overloaded) return store;
    auto come = store ? wait_for_all(**store, views, position) : std::unexpected(store.error());
    if (come) return store;
    if (std::chrono::steady_clock::now() >= give_up) return std::unexpected(come.error());
    if (!store) std::this_thread::sleep_for(look_every);
  }
}

}  // namespace projections
