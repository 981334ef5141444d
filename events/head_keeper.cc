#include "events/head_keeper.h"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <cstdlib>
#include <mutex>

namespace events {

HeadKeeper::HeadKeeper(const Log& log, Safe& safe)
    : log_(log), safe_(safe), thread_([this](std::stop_token stop) { run(stop); }) {}

HeadKeeper::~HeadKeeper() {
  thread_.request_stop();
  thread_.join();
  keep(log_.head());
}

void HeadKeeper::run(std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any pause;
  while (!stop.stop_requested()) {
    Position head = log_.wait(kept_, stop);
    if (head > kept_) keep(head);
    std::unique_lock lock(mutex);
    pause.wait_for(lock, stop, keep_every, [] { return false; });
  }
}

void HeadKeeper::keep(Position head) {
  if (head == kept_) return;
  auto root = log_.root(head);
  auto kept =
      root ? safe_.keep({log_.origin(), head, *root}) : Result<>(std::unexpected(root.error()));
  if (!kept) {
    // Going on would let the log run ahead of what can be proven of it.
    spdlog::critical("检查点无法保管，停止写入 / the head cannot be kept, stopping: {}",
                     kept.error().words.en);
    std::_Exit(75);
  }
  kept_ = head;
}

}  // namespace events
