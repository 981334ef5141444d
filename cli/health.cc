#include "cli/health.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/office.h"
#include "projections/all.h"

namespace cli {

using events::Result;

Result<Health> health_of(Office& office, const std::filesystem::path& data) {
  Health health;
  // The kept head first: what is asked later can only be further on.
  auto kept = TRY(office.safe().kept());
  if (!kept) {
    return events::fail(events::Code::corrupt, "还没有签名的检查点",
                        "no checkpoint was signed yet");
  }
  health.head = office.log().head();
  for (const auto& view : projections::all) {
    auto reached = TRY(office.store().reached(view)).position;
    health.lags.push_back({view.name, health.head - std::min(health.head, reached)});
  }
  if (auto cursor = office.log().read(kept->size); cursor.next()) {
    auto waited = office.now() - cursor.recorded().at();
    health.checkpoint_behind = std::max(waited, events::Moment::duration::zero());
  }
  std::error_code error;
  auto space = std::filesystem::space(data, error);
  if (!error) health.disk_free_bytes = space.available;
  return health;
}

std::vector<Check> checks_of(const Health& health, const HealthLimits& limits) {
  std::uint64_t lag = 0;
  for (const auto& one : health.lags) lag = std::max(lag, one.events);
  double behind = health.checkpoint_behind.count();
  double behind_max = std::chrono::duration<double>(limits.checkpoint_behind_max).count();
  auto check = [](bool good, const char* zh, const char* en, auto value, auto limit) {
    return Check{
        {fmt::format(fmt::runtime(zh), value, limit), fmt::format(fmt::runtime(en), value, limit)},
        good};
  };
  return {
      check(health.head > 0, "日志已打开，末位 {}", "the log is open, its head {}", health.head, 0),
      check(lag <= limits.lag_events_max, "视图落后 {} 个事件，至多 {}",
            "views are {} events behind, at most {}", lag, limits.lag_events_max),
      check(health.disk_free_bytes >= limits.disk_free_bytes_min, "磁盘可用 {} 字节，至少 {}",
            "{} bytes of disk are free, at least {}", health.disk_free_bytes,
            limits.disk_free_bytes_min),
      check(behind <= behind_max, "检查点落后 {:.1f} 秒，至多 {:.1f}",
            "the checkpoint is {:.1f} s behind, at most {:.1f}", behind, behind_max)};
}

}  // namespace cli
