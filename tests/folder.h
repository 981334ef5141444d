// A temporary folder of one test, gone with everything in it when the object goes. One thread.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "events/assert.h"

namespace tests {

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-XXXXXX").string();
    ASSERT(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }

  // A leftover is a nuisance and not a reason to fail a test that has passed.
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace tests
