#include "cli/attempts.h"

#include <algorithm>

namespace cli {
namespace {

constexpr unsigned free_failures = 5;
constexpr std::chrono::seconds wait_max{60};
constexpr std::size_t counts_max = 10'000;  // Whoever tries more names than that is none of them.
constexpr std::chrono::minutes forgotten_after{15};

}  // namespace

events::Result<> Attempts::may_try(const std::string& person, Clock::time_point now) {
  std::lock_guard lock(mutex_);
  auto found = counts_.find(person);
  if (found == counts_.end() || now >= found->second.until) return {};
  auto seconds = std::chrono::ceil<std::chrono::seconds>(found->second.until - now).count();
  return events::fail(
      events::Code::too_many, "口令多次有误，请 " + std::to_string(seconds) + " 秒后再试",
      "too many wrong passphrases: try again in " + std::to_string(seconds) + " seconds");
}

void Attempts::failed(const std::string& person, Clock::time_point now) {
  std::lock_guard lock(mutex_);
  if (counts_.size() >= counts_max) {
    std::erase_if(counts_,
                  [&](const auto& one) { return now >= one.second.until + forgotten_after; });
  }
  if (counts_.size() >= counts_max) return;
  Count& count = counts_[person];
  ++count.failures;
  if (count.failures < free_failures) return;
  unsigned doublings = std::min(count.failures - free_failures, 6U);
  count.until = now + std::min(std::chrono::seconds(1U << doublings), wait_max);
}

void Attempts::succeeded(const std::string& person) {
  std::lock_guard lock(mutex_);
  counts_.erase(person);
}

}  // namespace cli
