#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "events/file.h"
#include "tests/built.h"

namespace {

// What stands in the blocks of code, without its comments.
std::vector<std::string> commands(const char* page) {
  auto text = events::read_file(std::string(tests::source_dir) + "/docs/" + page, 1 << 20);
  REQUIRE(text.has_value());
  std::vector<std::string> lines;
  bool code = false;
  for (std::size_t at = 0; at < text->size();) {
    std::size_t end = text->find('\n', at);
    std::string line = text->substr(at, end - at);
    at = end + 1;
    if (line.starts_with("```")) {
      code = !code;
    } else if (code) {
      line.erase(std::min(line.find(" #"), line.size()));
      line.erase(line.find_last_not_of(' ') + 1);
      lines.push_back(line);
    }
  }
  return lines;
}

}  // namespace

TEST_CASE("the tutorial gives the same commands in both languages", "[docs]") {
  auto english = commands("tutorial.md");
  CHECK(english.size() > 30);
  CHECK(commands("tutorial.zh.md") == english);
}
