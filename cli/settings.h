// What the server can be told, and by whom: a flag, else the environment, else the file, else what
// is built in. One table; flags, variables, keys of the file and --check-config all come from it.
// Values and pure functions; one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/health.h"
#include "cli/server.h"
#include "engine/command_bus.h"

namespace cli {

struct Settings {
  ServerOptions server{.port = 8080};
  HealthLimits limits{};
  engine::CommandBusOptions queue{};
  // Between the signal and the end of connections: whoever sends requests here sees that it is not
  // ready, and stops.
  std::chrono::milliseconds draining{0};
  std::string log_format = "text";
  std::string log_level = "info";
};

using SettingField =
    std::variant<std::string*, std::uint16_t*, std::uint64_t*, std::chrono::milliseconds*>;

struct Setting {
  std::string_view name;  // port: --port, PROBITY_PORT, "port:" in the file.
  events::Words words;
  SettingField (*field)(Settings& settings);
  std::uint64_t least = 0;  // Of a number.
  std::uint64_t most = 0;
  std::vector<std::string_view> choices{};  // Of a text; empty: any.
};

std::span<const Setting> all_settings();
std::string variable_of(const Setting& setting);

enum class Source { built_in, file, environment, flag };
events::Words text(Source source);

struct Given {
  std::string text;
  Source source = Source::built_in;
  std::string place{};  // Where it was given, as a message may show it.
};

using GivenSettings = std::map<std::string, Given, std::less<>>;

// The keys of a file in strict YAML. Every fault with its line: an unknown name, and no text or
// number where one must be. `also` are names that the caller takes out himself.
events::Result<GivenSettings> parse_settings(std::string_view yaml, std::string_view source,
                                             std::span<const std::string_view> also);

struct Settled {
  Settings settings;
  GivenSettings values;  // Of every setting, what holds and where it came from.
};

// Every fault at once.
events::Result<Settled> settle(const GivenSettings& flags,
                               const std::map<std::string, std::string, std::less<>>& environment,
                               const GivenSettings& file);

}  // namespace cli
