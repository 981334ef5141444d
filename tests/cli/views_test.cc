#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/built.h"
#include "tests/cli/data_folder.h"

using tests::DataFolder;

// Nobody, not even root, may make a folder there.
constexpr const char* closed_folder = "/sys/kernel";

TEST_CASE("whoever may only read the log has the views in a cache of his own", "[cli]") {
  DataFolder folder(3);
  std::filesystem::create_directory_symlink(closed_folder, folder.data() + "/views");
  std::string cache = folder.file("cache");

  auto shown = tests::run({{"/usr/bin/env", "XDG_CACHE_HOME=" + cache, tests::built_program,
                            "--data", folder.data(), "show", "timeline", "person/p-3"},
                           {},
                           0});

  INFO(shown.err);
  CHECK(shown.exit_code == 0);
  CHECK(shown.out.find("人员登记") != std::string::npos);
  CHECK(std::filesystem::exists(cache + "/probity"));
}
