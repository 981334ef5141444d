#include "cli/sample.h"

#include "cli/resources.h"
#include "events/assert.h"

namespace cli {

NewFolder sample_log(std::string origin) {
  return {std::move(origin), "Asia/Shanghai", "admin-1",
          events::parse_moment("2017-01-03T09:00:00+08:00")};
}

std::string_view sample_text() {
  auto text = resource(sample_file);
  ASSERT(text.has_value());
  return *text;
}

std::vector<std::string> sample_lines() {
  std::vector<std::string> lines;
  for (auto rest = sample_text(); !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
    if (!rest.starts_with(scene_mark)) lines.emplace_back(rest.substr(0, rest.find('\n')));
  }
  return lines;
}

}  // namespace cli
