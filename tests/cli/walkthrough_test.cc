// docs/round-over-http.md, block by block, as somebody would who reads it.
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "tests/built.h"
#include "tests/folder.h"
#include "tests/process.h"

namespace {

// Those whose fence is that, and which begin so.
std::vector<std::string> blocks_of(const std::string& path, const std::string& fence,
                                   const std::string& beginning = "") {
  std::ifstream file(path);
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (!inside && line == fence) {
      blocks.emplace_back();
      inside = true;
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  std::erase_if(blocks, [&](const std::string& one) { return !one.starts_with(beginning); });
  return blocks;
}

std::string script_of(const std::vector<std::string>& blocks, const std::string& folder) {
  auto programs = std::filesystem::path(tests::built_program).parent_path().string();
  std::string script = "set -euo pipefail\ncd '" + folder + "'\nexport PATH='" + programs +
                       "':$PATH PROBITY_DATA=round LANG=C.UTF-8\n";
  for (const auto& block : blocks) script += block;
  return script;
}

tests::Ending run(const std::string& script) {
  return tests::run({{"/bin/bash", "-c", script}, {}, 0});
}

}  // namespace

TEST_CASE("a round between desks goes over HTTP as it is written", "[cli]") {
  auto blocks = blocks_of(std::string(tests::source_dir) + "/docs/round-over-http.md", "```sh");
  REQUIRE(blocks.size() > 5);
  tests::Folder folder;
  std::string here = folder.file("here");
  std::filesystem::create_directory(here);
  auto begun = run(script_of({blocks.front()}, here));
  INFO(begun.err);
  REQUIRE(begun.exit_code == 0);
  tests::Process serving({{tests::built_program, "--data", here + "/round", "serve", "--port", "0",
                           "--log-level", "error"},
                          {},
                          0});
  REQUIRE(serving.wait_for_lines(1));
  std::string url = serving.out().substr(0, serving.out().find('\n'));
  blocks.front() = "URL=" + url + "\n";

  auto ended = run(script_of(blocks, here));

  INFO(ended.out << ended.err);
  CHECK(ended.exit_code == 0);
  CHECK(ended.out.find(R"("code":"invalid")") != std::string::npos);
  CHECK(ended.out.find(R"("clause":"第十条")") != std::string::npos);
  CHECK(ended.out.find("核验通过") != std::string::npos);
  std::ifstream events(here + "/events.ndjson");
  std::string last;
  for (std::string line; std::getline(events, line);) last = line;
  CHECK(last.find(R"("kind":"manifest")") != std::string::npos);
  // And the two requests that stand in docs/http.md.
  auto requests = blocks_of(std::string(tests::source_dir) + "/docs/http.md", "```", "curl ");
  CHECK(requests.size() == 2);
  std::string script =
      "TOKEN=$(cat admin-1.token)\ncurl() { command curl -sS --fail-with-body \"$@\"; }\n";
  for (auto request : requests) {
    constexpr std::string_view written = "http://127.0.0.1:8080";
    request.replace(request.find(written), written.size(), url);
    script += request;
  }
  auto asked = run(script_of({script}, here));
  INFO(asked.out << asked.err);
  CHECK(asked.exit_code == 0);
  CHECK(asked.out.find(R"("person":"admin-1")") != std::string::npos);
  CHECK(asked.out.find(R"("first":)") != std::string::npos);
  serving.signal(SIGTERM);
  CHECK(serving.finish().exit_code == 0);
}
