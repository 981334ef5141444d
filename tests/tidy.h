// The rules of the source tree that a compiler does not check, as a pure function over its files.
// The rules themselves stand in a table at the head of tidy.cc. Any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace tests {

struct SourceFile {
  std::string path;  // From the project's root: "events/log.cc".
  std::string text;
};

struct Finding {
  std::string path;
  std::size_t line = 0;  // 0: the file as a whole.
  std::string rule;
  std::string message;

  bool operator==(const Finding&) const = default;
};

std::vector<Finding> tidy(const std::vector<SourceFile>& files);
std::vector<Finding> tidy_top_level(const std::vector<std::string>& names);

std::vector<SourceFile> read_sources(const std::filesystem::path& root);
std::vector<std::string> read_top_level(const std::filesystem::path& root);

// One finding a line, as a compiler would print it.
std::string text_of(const std::vector<Finding>& findings);

}  // namespace tests
