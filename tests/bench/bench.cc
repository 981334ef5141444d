#include "tests/bench/bench.h"

#include <fmt/core.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>

#include "engine/credit_code.h"
#include "tests/built.h"

namespace bench {

std::string credit_code(std::uint64_t number) {
  std::string body = "91310000" + std::to_string(100'000'000 + number % 900'000'000);
  for (char check : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
    if (engine::check_credit_code(body + check)) return body + check;
  }
  return body;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

double percentile(const std::vector<double>& sorted, double part) {
  if (sorted.empty()) return 0;
  auto index = static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1));
  return sorted[index];
}

void report(const std::string& what, double figure, double floor, double goal,
            const std::string& unit) {
  double ratio = floor > 0 ? figure / floor : 0;
  fmt::print("{:<58} {:>11.0f} {:<10} floor {:>11.0f}  ratio {:.2f}  goal {:.2f}  {}\n", what,
             figure, unit, floor, ratio, goal, ratio >= goal ? "met" : "MISSED");
}

void report_limit(const std::string& what, double figure, double limit, const std::string& unit) {
  fmt::print("{:<58} {:>11.3f} {:<10} limit {:>11.3f}  {}\n", what, figure, unit, limit,
             figure < limit ? "met" : "MISSED");
}

namespace {

double peak_memory_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

int run(int argc, char** argv) {
  Options options;
  // Beside what is built: a bench that was ended leaves nothing in the project's folder.
  auto place = std::filesystem::path(tests::built_program).parent_path();
  CLI::App program(
      "性能测量：各项与同一次运行中的下限或同类之比（docs/measuring.md） / figures as ratios to a "
      "floor or a peer in the same run (docs/measuring.md)");
  program.add_option("--events", options.events, "日志的事件数 / events in the log")
      ->capture_default_str();
  program
      .add_option("--rounds", options.rounds, "轮换测量的次数 / turns of a figure and its floor")
      ->capture_default_str();
  program.add_option("--folder", place, "在此处建 bench-data / where bench-data is made")
      ->check(CLI::ExistingDirectory);
  program.add_option(
      "--only", options.only,
      "只测名称含此文字的，如 \"server: live\" / only those whose name has this in it");
  CLI11_PARSE(program, argc, argv);
  options.folder = place / "bench-data";
  std::filesystem::remove_all(options.folder);
  std::filesystem::create_directories(options.folder);
  fmt::print("{} events, {} rounds, median of the ratios\n", options.events, options.rounds);
  if (options.wants("durable commands")) bench_writing(options);
  if (options.wants("sample round")) bench_round(options);
  if (!options.only.starts_with("server")) bench_reading(options);
  if (options.only.starts_with("server") || options.only.empty()) bench_serving(options);
  report_limit("peak memory of this whole process", peak_memory_mib(), 1024, "MiB");
  std::filesystem::remove_all(options.folder);
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) { return bench::run(argc, argv); }
