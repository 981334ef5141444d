#include "cli/descriptors.h"

#include <sys/resource.h>

#include <algorithm>

namespace cli {
namespace {

// RocksDB keeps its files open, some sixteen for each GB of log; keys of persons come and go.
constexpr rlim_t for_files = 1024;

}  // namespace

std::size_t connections_that_fit(std::size_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  rlim_t soft = limit.rlim_cur;
  limit.rlim_cur = std::clamp<rlim_t>(wanted + for_files, soft, limit.rlim_max);
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = soft;
  rlim_t files = std::min(for_files, limit.rlim_cur / 2);
  return std::min<std::size_t>(wanted, limit.rlim_cur - files);
}

}  // namespace cli
