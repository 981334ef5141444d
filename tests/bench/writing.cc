// Commands, decided and durable, against bare synced batches of the same bytes under the same keys.
#include <future>

#include "engine/command_bus.h"
#include "events/assert.h"
#include "events/clock.h"
#include "events/head_keeper.h"
#include "tests/bench/bench.h"
#include "tests/bench/floor.h"

namespace bench {
namespace {

using Commands = std::vector<events::Message<engine::Command>>;

// Registering an organisation: one event, a new subject and a new command id each time.
Commands make_commands(std::uint64_t first, std::size_t count) {
  Commands commands;
  commands.reserve(count);
  for (std::uint64_t i = first; i < first + count; ++i) {
    capnp::MallocMessageBuilder builder;
    auto command = builder.initRoot<engine::Command>();
    std::string number = std::to_string(i);
    command.setId("bench-" + number);
    command.setActor("admin-1");
    auto applicant = command.initRegisterApplicant();
    applicant.setApplicant("org-" + number);
    applicant.setRepresentative("admin-1");
    auto organisation = applicant.initOrganisation();
    organisation.setName("Invented Manufacturing Company No. " + number);
    organisation.setCreditCode(credit_code(i));
    commands.emplace_back(builder);
  }
  return commands;
}

// So many commands wait for their answers at any time, and each answer sends the next.
void send_in_flight(engine::CommandBus& bus, Commands commands, std::size_t in_flight) {
  std::mutex mutex;
  std::condition_variable done;
  std::size_t waiting = 0;
  for (auto& command : commands) {
    {
      std::unique_lock lock(mutex);
      done.wait(lock, [&] { return waiting < in_flight; });
      ++waiting;
    }
    auto taken = bus.submit(std::move(command), [&](engine::Reply reply) {
      ASSERT(!reply.refusal);
      std::lock_guard lock(mutex);
      --waiting;
      done.notify_one();
    });
    ASSERT(taken.has_value());
  }
  std::unique_lock lock(mutex);
  done.wait(lock, [&] { return waiting == 0; });
}

struct Bench {
  std::unique_ptr<events::Log> log;
  std::unique_ptr<events::Safe> safe;
  events::RealClock clock;
  std::unique_ptr<engine::Writer> writer;
  std::uint64_t next = 1;
};

std::unique_ptr<Bench> open_bench(const Options& options) {
  auto bench = std::make_unique<Bench>();
  events::LogOptions log;
  log.folder = options.folder / "writing";
  auto made = events::Log::create(log);
  auto safe = events::Safe::create(options.folder / "writing.safe", "bench.example/log");
  ASSERT(made.has_value());
  ASSERT(safe.has_value());
  bench->log = *std::move(made);
  bench->safe = std::make_unique<events::Safe>(*std::move(safe));
  bench->writer = std::make_unique<engine::Writer>(*bench->log, *bench->safe, bench->clock,
                                                   engine::WriterOptions{});
  auto opened = bench->writer->open_log("bench.example/log", "Asia/Shanghai", false, "admin-1");
  ASSERT(!opened.refusal);
  return bench;
}

void bench_in_flight(Bench& bench, Floor& floor, const Options& options, std::size_t in_flight,
                     std::size_t count, double goal) {
  std::vector<double> figures;
  std::vector<double> floors;
  std::vector<double> ratios;
  for (int round = 0; round < options.rounds; ++round) {
    auto commands = make_commands(bench.next, count);
    bench.next += count;
    events::Position before = bench.log->head();
    Stopwatch watch;
    if (in_flight == 1) {
      for (const auto& command : commands) {
        auto reply = bench.writer->write(command);
        ASSERT(!reply.refusal);
      }
    } else {
      engine::CommandBus bus(
          *bench.writer, {.queue_commands_max = in_flight * 2, .batch_commands_max = in_flight});
      send_in_flight(bus, std::move(commands), in_flight);
    }
    figures.push_back(static_cast<double>(count) / watch.seconds());
    auto entries = entries_of(*bench.log, before, bench.log->head());
    Stopwatch floor_watch;
    floor.write(entries, in_flight);
    floors.push_back(static_cast<double>(count) / floor_watch.seconds());
    ratios.push_back(figures.back() / floors.back());
  }
  double floor_figure = median(floors);
  report("durable commands/s, " + std::to_string(in_flight) + " in flight",
         median(ratios) * floor_figure, floor_figure, goal, "/s");
}

}  // namespace

void bench_writing(const Options& options) {
  auto bench = open_bench(options);
  Floor floor((options.folder / "floor").string());
  events::HeadKeeper keeper(*bench->log, *bench->safe);
  bench_in_flight(*bench, floor, options, 1, 500, 0.8);
  bench_in_flight(*bench, floor, options, 64, 6'400, 0.6);
  bench_in_flight(*bench, floor, options, 512, 25'600, 0.5);
}

}  // namespace bench
