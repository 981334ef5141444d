// The queue before the writer: any thread submits, one thread writes. Whatever waits when the
// writer is free becomes one batch with one sync; there is no timer. Full is an answer, not a wait.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/writer.h"

namespace engine {

struct CommandBusOptions {
  std::size_t queue_commands_max = 4096;
  std::size_t queue_bytes_max = std::size_t{64} << 20;
  std::size_t batch_commands_max = 512;
};

class CommandBus {
 public:
  using Done = std::function<void(Reply)>;  // Called on the writer's thread; must not wait.

  CommandBus(Writer& writer, CommandBusOptions options);  // The writer must outlive it.
  ~CommandBus();                                          // What was accepted is written first.

  // overloaded when the queue is full: nothing was taken.
  events::Result<> submit(events::Message<Command> command, Done done,
                          events::Authentication authentication = events::Authentication::ASSERTED);

 private:
  void run();

  Writer& writer_;
  CommandBusOptions options_;
  std::mutex mutex_;
  std::condition_variable waiting_;
  std::vector<Asked> commands_;
  std::vector<Done> dones_;
  std::size_t bytes_ = 0;  // Of the commands that wait.
  bool stopping_ = false;
  std::jthread thread_;
};

}  // namespace engine
