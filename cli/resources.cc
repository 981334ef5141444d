#include "cli/resources.h"

#include <cstdint>

// Made by CMake in resources.S: for each file its path, zero-terminated, and where its bytes lie.
extern "C" {
struct ProbityResource {
  const char* path;
  const char* begin;
  const char* end;
};
extern const ProbityResource probity_resources[];
extern const std::uint64_t probity_resource_count;
}

namespace cli {

std::optional<std::string_view> resource(std::string_view path) {
  for (std::uint64_t i = 0; i < probity_resource_count; ++i) {
    const ProbityResource& one = probity_resources[i];
    if (path == one.path) return std::string_view(one.begin, one.end);
  }
  return std::nullopt;
}

std::vector<std::string_view> resource_paths() {
  std::vector<std::string_view> paths;
  for (std::uint64_t i = 0; i < probity_resource_count; ++i) {
    paths.emplace_back(probity_resources[i].path);
  }
  return paths;
}

}  // namespace cli
