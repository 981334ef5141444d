// Figures as ratios to a floor that is measured in the same run, since these machines are shared
// and noisy. One thread, unless a figure says otherwise.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

struct Options {
  std::filesystem::path folder;  // On a real disk; its own, emptied first.
  std::uint64_t events = 200'000;
  int rounds = 9;    // A figure and its floor take turns so often; the median of the ratios counts.
  std::string only;  // Figures whose name contains this; all if empty.

  bool wants(std::string_view what) const { return what.find(only) != std::string_view::npos; }
};

// One line: what, the figure, its floor, the ratio, and the goal.
void report(const std::string& what, double figure, double floor, double goal,
            const std::string& unit);
// A figure without a floor: how it stands to a limit that it must stay under.
void report_limit(const std::string& what, double figure, double limit, const std::string& unit);

std::string credit_code(std::uint64_t number);  // A valid one of its own for each number.

double median(std::vector<double> values);
double percentile(const std::vector<double>& sorted, double part);  // 0 of nothing.

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

void bench_writing(const Options& options);  // writing.cc
void bench_round(const Options& options);    // round.cc
void bench_reading(const Options& options);  // reading.cc
void bench_serving(const Options& options);  // serving.cc

}  // namespace bench
