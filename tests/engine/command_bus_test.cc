#include "engine/command_bus.h"

#include <catch2/catch.hpp>
#include <latch>
#include <map>

#include "tests/given.h"

using namespace engine;
using tests::command;
using tests::Given;

namespace {

std::string register_person(int number, const std::string& name = "Name") {
  std::string id = "p" + std::to_string(number);
  return R"({"id": ")" + id + R"(", "actor": "admin", "registerPerson": {"person": ")" + id +
         R"(", "name": ")" + name + R"("}})";
}

// The writer's thread, held until it is let go.
struct Held {
  std::latch reached{1};
  std::latch let_go{1};

  CommandBus::Done done() {
    return [this](const Reply&) {
      reached.count_down();
      let_go.wait();
    };
  }
};

}  // namespace

TEST_CASE("commands of many threads are each answered once, after they are recorded", "[engine]") {
  constexpr int threads = 4;
  constexpr int each = 25;
  Given given;
  given.opened();
  std::mutex mutex;
  std::map<Position, int> answered;
  {
    CommandBus bus(given.writer(), {});
    std::vector<std::jthread> senders;
    for (int i = 0; i < threads; ++i) {
      senders.emplace_back([&, i] {
        for (int j = 0; j < each; ++j) {
          auto taken = bus.submit(command(register_person(i * each + j)), [&](const Reply& reply) {
            std::lock_guard lock(mutex);
            if (reply.last <= given.log().head()) ++answered[reply.first];
          });
          if (!taken) return;
        }
      });
    }
  }

  CHECK(answered.size() == threads * each);
  CHECK(std::ranges::all_of(answered, [](const auto& one) { return one.second == 1; }));
  CHECK(given.log().head() == 1 + threads * each);
}

TEST_CASE("a full queue takes nothing more, by number and by bytes", "[engine]") {
  Given given;
  given.opened();
  Held held;
  int answered = 0;
  auto count = [&](const Reply&) { ++answered; };
  auto options =
      GENERATE(CommandBusOptions{.queue_commands_max = 2},
               CommandBusOptions{.queue_commands_max = 100, .queue_bytes_max = 2 * 10'000 + 2'000});
  {
    CommandBus bus(given.writer(), options);
    REQUIRE(bus.submit(command(register_person(1)), held.done()));
    held.reached.wait();
    const std::string name(10'000, 'x');

    CHECK(bus.submit(command(register_person(2, name)), count));
    CHECK(bus.submit(command(register_person(3, name)), count));
    auto full = bus.submit(command(register_person(4, name)), count);
    REQUIRE_FALSE(full);
    CHECK(full.error().code == events::Code::overloaded);

    held.let_go.count_down();
  }
  // What was taken is written before the bus is gone.
  CHECK(answered == 2);
  CHECK(given.log().head() == 4);
}
