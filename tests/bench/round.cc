// The sample round, decided command by command as people sent it, and its decisions explained.
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>

#include "cli/sample.h"
#include "cli/sender.h"
#include "engine/command_bus.h"
#include "events/assert.h"
#include "projections/all.h"
#include "tests/bench/bench.h"
#include "tests/bench/floor.h"

namespace bench {
namespace {

std::vector<cli::Line> read_round() {
  std::vector<cli::Line> lines;
  for (const std::string& text : cli::sample_lines()) {
    auto read = cli::read_line(text, cli::sample_file, lines.size() + 1);
    ASSERT(read.has_value());
    lines.push_back(*std::move(read));
  }
  return lines;
}

cli::Sender open_sender(const std::filesystem::path& data) {
  cli::App app;
  app.data = data;
  auto folder = cli::create_folder(app, cli::sample_log("bench.example/round"));
  ASSERT(folder.has_value());
  auto sender = cli::Sender::start(app, *std::move(folder));
  ASSERT(sender.has_value());
  return *std::move(sender);
}

// Lines of one moment, so many of them waiting for their answers at any time.
void send(engine::Writer& writer, std::vector<cli::Line>::iterator first,
          std::vector<cli::Line>::iterator last, std::size_t in_flight) {
  if (in_flight == 1) {
    for (; first != last; ++first) {
      ASSERT(cli::as_expected(*first, writer.write(first->command)));
    }
    return;
  }
  engine::CommandBus bus(writer, {.batch_commands_max = in_flight});
  std::mutex mutex;
  std::condition_variable done;
  std::size_t waiting = 0;
  for (; first != last; ++first) {
    {
      std::unique_lock lock(mutex);
      done.wait(lock, [&] { return waiting < in_flight; });
      ++waiting;
    }
    auto taken =
        bus.submit(std::move(first->command), [&, line = &*first](const engine::Reply& reply) {
          ASSERT(cli::as_expected(*line, reply));
          std::lock_guard lock(mutex);
          --waiting;
          done.notify_one();
        });
    ASSERT(taken.has_value());
  }
  std::unique_lock lock(mutex);
  done.wait(lock, [&] { return waiting == 0; });
}

struct Played {
  double seconds = 0;  // Of deciding and syncing the lines.
  std::vector<Entry> entries;
};

Played play(cli::Sender& sender, std::vector<cli::Line> lines, std::size_t in_flight) {
  Played played;
  for (auto first = lines.begin(); first != lines.end();) {
    auto at = first->command.reader().getAt();
    auto last = std::find_if(first, lines.end(),
                             [&](cli::Line& line) { return line.command.reader().getAt() != at; });
    // What has fallen due by then is sent first; that is not part of the figure.
    auto moved = sender.move_to(events::to_moment(at));
    ASSERT(moved.has_value());
    const auto& folder = sender.folder();
    events::Position before = folder.log->head();
    Stopwatch watch;
    send(*folder.writer, first, last, in_flight);
    played.seconds += watch.seconds();
    auto entries = entries_of(*folder.log, before, folder.log->head());
    std::ranges::move(entries, std::back_inserter(played.entries));
    first = last;
  }
  return played;
}

void bench_round_in_flight(const Options& options, std::size_t in_flight, double goal) {
  std::vector<double> floors;
  std::vector<double> ratios;
  for (int round = 0; round < options.rounds; ++round) {
    auto data = options.folder / ("round-" + std::to_string(in_flight) + std::to_string(round));
    auto sender = open_sender(data);
    auto lines = read_round();
    auto commands = static_cast<double>(lines.size());
    std::size_t count = lines.size();
    auto played = play(sender, std::move(lines), in_flight);
    // As many syncs as the round had, so many commands to each.
    std::size_t batch = std::max<std::size_t>(1, in_flight * played.entries.size() / count);
    Floor floor(data.string() + "-floor");
    Stopwatch watch;
    floor.write(played.entries, batch);
    floors.push_back(commands / watch.seconds());
    ratios.push_back(commands / played.seconds / floors.back());
  }
  report("sample round, durable commands/s, " + std::to_string(in_flight) + " in flight",
         median(ratios) * median(floors), median(floors), goal, "/s");
}

// Every decision on one application of the round, as of any position.
void bench_explain(const Options& options) {
  auto sender = open_sender(options.folder / "round-explained");
  play(sender, read_round(), 64);
  auto views = sender.views();
  ASSERT(views.has_value());
  const auto& explanation = *projections::find_view("explanation");
  std::mt19937_64 random(1);
  std::vector<double> times;
  for (int i = 0; i < 2000; ++i) {
    std::string number = std::to_string(1 + random() % 49);
    projections::Scan scan;
    scan.prefix = {"A-" + std::string(number.size() < 2 ? "0" : "") + number};
    scan.at = 1 + random() % sender.folder().log->head();
    Stopwatch look;
    auto rows = (*views)->scan(explanation, scan);
    ASSERT(rows.has_value());
    times.push_back(look.seconds() * 1000);
  }
  std::ranges::sort(times);
  report_limit("explain an application as of a position, p99", percentile(times, 0.99), 10, "ms");
}

}  // namespace

void bench_round(const Options& options) {
  bench_round_in_flight(options, 1, 0.8);
  bench_round_in_flight(options, 64, 0.6);
  bench_explain(options);
}

}  // namespace bench
