#include "cli/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "events/faults.h"
#include "events/nearest.h"
#include "events/parse_yaml.h"
#include "events/text_encoding.h"

namespace cli {
namespace {

using events::Result;
using events::Words;

constexpr std::uint64_t day_ms = 86'400'000;
constexpr std::uint64_t any = std::uint64_t{1} << 53;

const std::vector<Setting> table = {
    {"address",
     {"监听地址；没有 TLS 时只能是本机", "the address; without TLS of this machine only"},
     [](Settings& all) { return SettingField(&all.server.address); }},
    {"port",
     {"端口，0 为任一空闲端口", "the port; 0: any that is free"},
     [](Settings& all) { return SettingField(&all.server.port); },
     0,
     65'535},
    {"certificate",
     {"TLS 证书链（PEM 文件）", "certificate chain for TLS, a PEM file"},
     [](Settings& all) { return SettingField(&all.server.certificate); }},
    {"key",
     {"TLS 私钥（PEM 文件）", "its key, a PEM file"},
     [](Settings& all) { return SettingField(&all.server.key); }},
    {"in-the-clear",
     {"没有 TLS 时可以监听哪里", "where it may listen without TLS"},
     [](Settings& all) { return SettingField(&all.server.in_the_clear); },
     0,
     0,
     {"loopback", "anywhere"}},
    {"connections-max",
     {"同时打开的连接", "connections open at once"},
     [](Settings& all) { return SettingField(&all.server.connections_max); },
     1,
     1'000'000},
    {"header-bytes-max",
     {"请求头的字节数", "bytes of a request's header"},
     [](Settings& all) { return SettingField(&all.server.header_bytes_max); },
     1 << 10,
     1 << 20},
    {"body-bytes-max",
     {"请求正文的字节数", "bytes of a request's body"},
     [](Settings& all) { return SettingField(&all.server.body_bytes_max); },
     1 << 10,
     64 << 20},
    {"bodies-bytes-max",
     {"所有在办请求正文的总字节数", "bytes of the bodies of all requests at hand"},
     [](Settings& all) { return SettingField(&all.server.bodies_bytes_max); },
     1 << 10,
     any},
    {"queue-max",
     {"等待办理的指令数", "commands that may wait to be decided"},
     [](Settings& all) { return SettingField(&all.queue.queue_commands_max); },
     1,
     1'000'000},
    {"idle-ms",
     {"连接上无请求的时间", "until a request begins on a connection"},
     [](Settings& all) { return SettingField(&all.server.idle); },
     1,
     day_ms},
    {"receiving-ms",
     {"接收一个请求的时间", "until a request is whole"},
     [](Settings& all) { return SettingField(&all.server.receiving); },
     1,
     day_ms},
    {"sending-ms",
     {"对方取走答复的时间", "until an answer, or a piece of it, was taken"},
     [](Settings& all) { return SettingField(&all.server.sending); },
     1,
     day_ms},
    {"keep-alive-ms",
     {"事件流无事件时多久发一次注释", "between comments on a stream without events"},
     [](Settings& all) { return SettingField(&all.server.keep_alive); },
     1,
     day_ms},
    {"draining-ms",
     {"收到停止信号后，先报未就绪多久", "how long it says that it is not ready before it stops"},
     [](Settings& all) { return SettingField(&all.draining); },
     0,
     day_ms},
    {"stopping-ms",
     {"停止时等待在办请求的时间", "that requests at hand have to end when it stops"},
     [](Settings& all) { return SettingField(&all.server.stopping); },
     1,
     day_ms},
    {"lag-events-max",
     {"就绪：视图至多落后的事件数", "ready: events that a view may be behind"},
     [](Settings& all) { return SettingField(&all.limits.lag_events_max); },
     0,
     any},
    {"disk-free-bytes-min",
     {"就绪：磁盘至少可用的字节数", "ready: bytes of disk that must be free"},
     [](Settings& all) { return SettingField(&all.limits.disk_free_bytes_min); },
     0,
     any},
    {"checkpoint-behind-ms",
     {"就绪：检查点至多落后的时间", "ready: how far the checkpoint may be behind"},
     [](Settings& all) { return SettingField(&all.limits.checkpoint_behind_max); },
     0,
     day_ms},
    {"log-format",
     {"服务日志的格式，写到 stderr", "of the server's own log, on stderr"},
     [](Settings& all) { return SettingField(&all.log_format); },
     0,
     0,
     {"text", "json"}},
    {"log-level",
     {"记到哪一级", "the least that is logged"},
     [](Settings& all) { return SettingField(&all.log_level); },
     0,
     0,
     {"debug", "info", "warn", "error"}},
};

// What is wrong with a value, or nothing.
std::optional<Words> put(const Setting& setting, const std::string& value, Settings& settings) {
  SettingField field = setting.field(settings);
  if (auto* text = std::get_if<std::string*>(&field)) {
    if (!setting.choices.empty() && std::ranges::count(setting.choices, value) == 0) {
      auto choices = fmt::format("{}", fmt::join(setting.choices, ", "));
      return Words{"须为其中之一：" + choices, "must be one of: " + choices};
    }
    **text = value;
    return std::nullopt;
  }
  auto number = events::parse_decimal(value);
  if (!number || *number < setting.least || *number > setting.most) {
    auto range = fmt::format("{}–{}", setting.least, setting.most);
    return Words{"须为整数，" + range, "must be a whole number, " + range};
  }
  if (auto* port = std::get_if<std::uint16_t*>(&field)) {
    **port = static_cast<std::uint16_t>(*number);
  } else if (auto* count = std::get_if<std::uint64_t*>(&field)) {
    **count = *number;
  } else {
    **std::get_if<std::chrono::milliseconds*>(&field) =
        std::chrono::milliseconds(static_cast<std::int64_t>(*number));
  }
  return std::nullopt;
}

std::string built_in(const Setting& setting) {
  Settings settings;
  SettingField field = setting.field(settings);
  if (auto* text = std::get_if<std::string*>(&field)) return **text;
  if (auto* port = std::get_if<std::uint16_t*>(&field)) return std::to_string(**port);
  if (auto* count = std::get_if<std::uint64_t*>(&field)) return std::to_string(**count);
  return std::to_string((*std::get_if<std::chrono::milliseconds*>(&field))->count());
}

Given given_of(const Setting& setting, const GivenSettings& flags,
               const std::map<std::string, std::string, std::less<>>& environment,
               const GivenSettings& file) {
  if (auto flag = flags.find(setting.name); flag != flags.end()) return flag->second;
  auto variable = environment.find(variable_of(setting));
  if (variable != environment.end() && !variable->second.empty()) {
    return {variable->second, Source::environment, variable->first};
  }
  if (auto line = file.find(setting.name); line != file.end()) return line->second;
  return {built_in(setting), Source::built_in, {}};
}

Words unknown(std::string_view written, std::span<const std::string_view> names) {
  std::string name = events::shown(written);
  Words words{fmt::format("没有名为“{}”的设置", name),
              fmt::format("there is no setting “{}”", name)};
  if (auto near = events::nearest(written, names); !near.empty()) {
    words.zh += fmt::format("，最接近的是“{}”", near);
    words.en += fmt::format("; the nearest is “{}”", near);
  }
  return words;
}

}  // namespace

std::span<const Setting> all_settings() { return table; }

std::string variable_of(const Setting& setting) {
  std::string name = "PROBITY_";
  for (char letter : setting.name) {
    name += letter == '-' ? '_' : static_cast<char>(letter - 'a' + 'A');
  }
  return name;
}

Words text(Source source) {
  switch (source) {
    case Source::built_in:
      return {"内置", "built in"};
    case Source::file:
      return {"文件", "file"};
    case Source::environment:
      return {"环境变量", "environment"};
    case Source::flag:
      return {"命令行", "flag"};
  }
  return {};
}

Result<GivenSettings> parse_settings(std::string_view yaml, std::string_view source,
                                     std::span<const std::string_view> also) {
  auto root = TRY(events::parse_yaml(yaml, source));
  events::Faults faults(source);
  if (root.kind != events::Node::Kind::map) {
    faults.add(root.place, "", {"须是“名称: 值”的各行", "must be lines of “name: value”"});
    return faults.refuse();
  }
  std::vector<std::string_view> names(also.begin(), also.end());
  for (const Setting& setting : table) names.push_back(setting.name);
  GivenSettings given;
  for (const auto& member : root.map) {
    if (std::ranges::count(names, member.name) == 0) {
      faults.add(member.place, "", unknown(member.name, names));
    } else if (member.value.kind != events::Node::Kind::text) {
      faults.add(member.place, member.name, {"须是文字或数字", "must be a text or a number"});
    } else {
      given[member.name] = {member.value.text, Source::file, text(source, member.place)};
    }
  }
  if (!faults.empty()) return faults.refuse();
  return given;
}

Result<Settled> settle(const GivenSettings& flags,
                       const std::map<std::string, std::string, std::less<>>& environment,
                       const GivenSettings& file) {
  Settled settled;
  events::Error error{events::Code::invalid, {"设置有误", "a setting is not valid"}, {}, {}};
  for (const Setting& setting : table) {
    Given given = given_of(setting, flags, environment, file);
    if (auto wrong = put(setting, given.text, settled.settings)) {
      std::string name(setting.name);
      wrong->zh = name + " " + wrong->zh;
      wrong->en = name + " " + wrong->en;
      error.faults.push_back({given.place, *std::move(wrong)});
    }
    settled.values[std::string(setting.name)] = std::move(given);
  }
  if (!error.faults.empty()) return std::unexpected(std::move(error));
  return settled;
}

}  // namespace cli
