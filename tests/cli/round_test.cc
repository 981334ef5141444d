#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <csignal>

#include "tests/built.h"
#include "tests/cli/data_folder.h"

using tests::DataFolder;

namespace {

std::vector<std::string> probity(const std::string& data, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {tests::built_program, "--data", data});
  return arguments;
}

}  // namespace

TEST_CASE("a round is drawn again when somebody records something", "[cli]") {
  tests::Folder folder;
  std::string data = folder.file("demo");
  REQUIRE(tests::run({probity(data, {"demo", "--once"}), {}, 0}).exit_code == 0);
  auto head = tests::run({probity(data, {"log", "head", "-o", "json"}), {}, 0});
  auto size = std::stoull(boost::json::parse(head.out).at("size").as_string().c_str());
  auto drawn = [](unsigned long long position) {
    return "截至位置 " + std::to_string(position) + "（共 " + std::to_string(position) + "）";
  };

  tests::Process watching({probity(data, {"round", "watch", "sh-2017"}), {}, 0});
  std::size_t lines = 0;
  while (watching.out().find(drawn(size)) == std::string::npos) {
    REQUIRE(watching.wait_for_lines(++lines));
  }
  auto sent = tests::run({probity(data, {"send", "-"}),
                          R"({"id": "w-1", "actor": "admin-1", "registerPerson": )"
                          R"({"person": "new-1", "name": "（虚构）"}})"
                          "\n",
                          0});
  INFO(sent.err);
  REQUIRE(sent.exit_code == 0);
  while (watching.out().find(drawn(size + 1)) == std::string::npos) {
    REQUIRE(watching.wait_for_lines(++lines));
  }
  watching.signal(SIGINT);
  CHECK(watching.finish().exit_code == 0);
}

TEST_CASE("only a round that there is can be watched", "[cli]") {
  DataFolder folder(1);

  auto none = folder.probity({"round", "watch", "2017"});
  auto json = folder.probity({"round", "watch", "2017", "-o", "json"});

  CHECK(none.exit_code == 3);
  CHECK(none.err.find("没有这一轮：2017") != std::string::npos);
  CHECK(json.exit_code != 0);
}
