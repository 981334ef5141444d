#include "cli/settings.h"

#include <catch2/catch.hpp>

#include "tests/built.h"
#include "tests/cli/data_folder.h"

namespace {

using cli::Source;
using Variables = std::map<std::string, std::string, std::less<>>;

cli::GivenSettings read(const std::string& yaml) {
  auto given = cli::parse_settings(yaml, "c.yaml", {});
  REQUIRE(given.has_value());
  return *given;
}

events::Error refused(const std::string& yaml) {
  auto given = cli::parse_settings(yaml, "c.yaml", {});
  REQUIRE_FALSE(given.has_value());
  return given.error();
}

bool same(cli::SettingField one, cli::SettingField other) {
  return std::visit(
      [](auto* a, auto* b) {
        if constexpr (std::is_same_v<decltype(a), decltype(b)>) return *a == *b;
        return false;
      },
      one, other);
}

}  // namespace

TEST_CASE("a flag goes before the environment, and that before the file", "[cli]") {
  auto file = read("port: 1001\nidle-ms: 1002\nlog-level: warn\n");
  Variables variables{{"PROBITY_PORT", "2001"}, {"PROBITY_IDLE_MS", "2002"}};
  cli::GivenSettings flags{{"port", {"3001", Source::flag, "--port"}}};

  auto settled = cli::settle(flags, variables, file);

  REQUIRE(settled.has_value());
  CHECK(settled->settings.server.port == 3001);
  CHECK(settled->settings.server.idle == std::chrono::milliseconds(2002));
  CHECK(settled->settings.log_level == "warn");
  CHECK(settled->settings.server.body_bytes_max == 4 << 20);
  CHECK(settled->values.at("port").source == Source::flag);
  CHECK(settled->values.at("idle-ms").source == Source::environment);
  CHECK(settled->values.at("log-level").source == Source::file);
  CHECK(settled->values.at("log-level").place == "c.yaml:3:1");
  CHECK(settled->values.at("body-bytes-max").source == Source::built_in);
  CHECK(settled->values.at("body-bytes-max").text == "4194304");
}

TEST_CASE("every setting can be set, and what is built in is itself allowed", "[cli]") {
  auto built_in = cli::settle({}, {}, {});
  REQUIRE(built_in.has_value());
  CHECK(built_in->settings.server.port == 8080);

  for (const auto& setting : cli::all_settings()) {
    INFO(setting.name);
    std::string other = setting.most > 0          ? std::to_string(setting.most)
                        : setting.choices.empty() ? "::1"
                                                  : std::string(setting.choices.back());
    auto settled = cli::settle({}, {{cli::variable_of(setting), other}}, {});
    REQUIRE(settled.has_value());
    CHECK(settled->values.find(setting.name)->second.text == other);
    CHECK(built_in->values.find(setting.name)->second.text != other);
    cli::Settings before;
    CHECK_FALSE(same(setting.field(settled->settings), setting.field(before)));
  }
}

TEST_CASE("a name that is not there is refused with its line and the nearest", "[cli]") {
  auto error = refused("port: 1\nconections-max: 5\nidle-ms: [1]\nzzzzzzzzz: 1\n");

  REQUIRE(error.faults.size() == 3);
  CHECK(error.faults[0].place.starts_with("c.yaml:2:1"));
  CHECK(error.faults[0].words.en.find("connections-max") != std::string::npos);
  CHECK(error.faults[1].place.starts_with("c.yaml:3:"));
  CHECK(error.faults[2].words.en.find("nearest") == std::string::npos);
  CHECK_FALSE(cli::parse_settings("port: 1\nport: 2\n", "c.yaml", {}).has_value());
  CHECK_FALSE(cli::parse_settings("- port\n", "c.yaml", {}).has_value());
}

TEST_CASE("values out of range are refused together, each with where it was given", "[cli]") {
  auto file = read("port: 65536\nlog-format: xml\n");

  auto settled = cli::settle({}, {{"PROBITY_IDLE_MS", "1s"}}, file);

  REQUIRE_FALSE(settled.has_value());
  REQUIRE(settled.error().faults.size() == 3);
  CHECK(settled.error().faults[0].place == "c.yaml:1:1");
  CHECK(settled.error().faults[1].place == "PROBITY_IDLE_MS");
  CHECK(settled.error().faults[2].words.en == "log-format must be one of: text, json");
}

TEST_CASE("probity serve says what it would be set to, and by whom", "[cli]") {
  tests::DataFolder folder(1);
  auto file = folder.write("c.yaml", "port: 9000\nsafe: elsewhere.safe\n");

  auto shown = folder.probity_en({"serve", "--config", file, "--idle-ms", "5", "--check-config"});
  auto varied = tests::run({{"/usr/bin/env", "PROBITY_BODY_BYTES_MAX=5000", tests::built_program,
                             "--lang", "en", "serve", "--check-config"},
                            {},
                            0});
  auto wrong = folder.probity_en(
      {"serve", "--config", folder.write("d.yaml", "prot: 1\n"), "--check-config"});

  INFO(shown.out << shown.err << wrong.err);
  CHECK(shown.exit_code == 0);
  CHECK(shown.out.find("c.yaml:1:1") != std::string::npos);
  CHECK(shown.out.find("flag --idle-ms") != std::string::npos);
  CHECK(shown.err.find("elsewhere.safe") != std::string::npos);
  CHECK(varied.out.find("environment PROBITY_BODY_BYTES_MAX") != std::string::npos);
  CHECK(wrong.exit_code == 1);
  CHECK(wrong.err.find("d.yaml:1:1") != std::string::npos);
  CHECK(wrong.err.find("“port”") != std::string::npos);
}
