#include "engine/command_bus.h"

#include <iterator>

namespace engine {
namespace {

// Moves the first `count` elements out.
template <class T>
std::vector<T> take(std::vector<T>& from, std::size_t count) {
  auto end = from.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<T> out(std::make_move_iterator(from.begin()), std::make_move_iterator(end));
  from.erase(from.begin(), end);
  return out;
}

}  // namespace

CommandBus::CommandBus(Writer& writer, CommandBusOptions options)
    : writer_(writer), options_(options), thread_([this] { run(); }) {}

CommandBus::~CommandBus() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  waiting_.notify_all();
  thread_.join();
}

events::Result<> CommandBus::submit(events::Message<Command> command, Done done,
                                    events::Authentication authentication) {
  {
    std::lock_guard lock(mutex_);
    std::size_t bytes = command.bytes().size();
    if (commands_.size() >= options_.queue_commands_max ||
        bytes_ + bytes > options_.queue_bytes_max) {
      return events::fail(events::Code::overloaded, "系统繁忙，指令未被接收；请稍后重试",
                          "too busy: the command was not taken; try again shortly");
    }
    bytes_ += bytes;
    commands_.push_back({std::move(command), authentication});
    dones_.push_back(std::move(done));
  }
  waiting_.notify_one();
  return {};
}

void CommandBus::run() {
  for (;;) {
    std::unique_lock lock(mutex_);
    waiting_.wait(lock, [&] { return stopping_ || !commands_.empty(); });
    if (commands_.empty()) return;
    std::size_t count = std::min(commands_.size(), options_.batch_commands_max);
    auto commands = take(commands_, count);
    auto dones = take(dones_, count);
    for (const auto& asked : commands) bytes_ -= asked.command.bytes().size();
    lock.unlock();
    auto replies = writer_.write(commands);
    for (std::size_t i = 0; i < count; ++i) dones[i](std::move(replies[i]));
  }
}

}  // namespace engine
