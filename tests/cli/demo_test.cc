#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <utility>

#include "events/file.h"
#include "tests/built.h"
#include "tests/folder.h"
#include "tests/process.h"

namespace {

// The text between a heading of the demonstration and the next.
std::string section(const std::string& text, const std::string& heading) {
  auto first = text.find("\n== " + heading);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find("\n== ", first + 1) - first);
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the demonstration shows each way in which a round can end, as the README says",
          "[cli]") {
  tests::Folder folder;
  std::string data = folder.file("demo");
  auto probity = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {tests::built_program, "--data", data, "--lang", "zh"});
    return tests::run({arguments, {}, 0});
  };

  auto demo = probity({"demo", "--once"});

  REQUIRE(demo.exit_code == 0);
  for (auto [application, outcome] :
       {std::pair("A-01", "已授奖"), std::pair("A-08", "未列入名单"),
        std::pair("A-05", "未列入名单"), std::pair("A-17", "异议成立，退出评选"),
        std::pair("A-34", "名额空缺"), std::pair("A-14", "已撤回"), std::pair("X-91", "被拒绝")}) {
    INFO(application);
    CHECK(has(section(demo.out, application), outcome));
  }
  CHECK(has(section(demo.out, "纪检台账"), "expert-"));
  CHECK(has(section(demo.out, "核验整个日志"), "核验通过"));
  CHECK(has(demo.err, "已损坏"));  // The copy with one bit flipped.

  // What the pages say of it.
  auto readme = events::read_file(std::string(tests::source_dir) + "/README.md", 1 << 20);
  REQUIRE(readme.has_value());
  CHECK(has(*readme, std::to_string(count(demo.out, "\n   × ")) + " attempts refused"));
  auto award = probity({"event", "show", "3865", "-o", "json"});
  CHECK(has(award.out, "awardConferred"));
}
