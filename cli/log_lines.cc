#include "cli/log_lines.h"

#include <spdlog/details/log_msg.h>
#include <spdlog/spdlog.h>

#include <boost/json/serialize.hpp>

#include "cli/terminal.h"
#include "events/moment.h"
#include "events/utf8.h"

namespace cli {
namespace {

namespace json = boost::json;

// An entry is formatted on the thread that wrote it, before the call returns: spdlog 1.10 has no
// other way to hand more than a text to a formatter.
thread_local const json::object* attributes_of_entry = nullptr;

struct Severity {
  const char* text;
  int number;  // OpenTelemetry, SeverityNumber.
};

Severity severity_of(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::trace:
      return {"TRACE", 1};
    case spdlog::level::debug:
      return {"DEBUG", 5};
    case spdlog::level::info:
      return {"INFO", 9};
    case spdlog::level::warn:
      return {"WARN", 13};
    case spdlog::level::err:
      return {"ERROR", 17};
    default:
      return {"FATAL", 21};
  }
}

std::string plain(const json::value& value) {
  return value.is_string() ? printable(std::string(value.as_string())) : json::serialize(value);
}

class Lines final : public spdlog::formatter {
 public:
  explicit Lines(LogFormat format) : format_(format) {}

  void format(const spdlog::details::log_msg& entry, spdlog::memory_buf_t& out) override {
    auto time = std::chrono::floor<std::chrono::microseconds>(entry.time.time_since_epoch());
    std::string when = events::text(events::Moment(time));
    std::string body(entry.payload.data(), entry.payload.size());
    auto severity = severity_of(entry.level);
    std::string line = format_ == LogFormat::json ? as_json(when, severity, std::move(body))
                                                  : as_text(when, severity, body);
    line += '\n';
    out.append(line.data(), line.data() + line.size());
  }

  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<Lines>(format_);
  }

 private:
  static std::string as_json(const std::string& when, Severity severity, std::string body) {
    if (!events::valid_utf8(body)) body = printable(body);
    json::object line{{"timestamp", when},
                      {"severity_text", severity.text},
                      {"severity_number", severity.number},
                      {"body", body}};
    if (attributes_of_entry) line["attributes"] = *attributes_of_entry;
    return json::serialize(line);
  }

  static std::string as_text(const std::string& when, Severity severity, const std::string& body) {
    std::string line = when + " " + severity.text + " " + printable(body);
    if (!attributes_of_entry) return line;
    for (const auto& one : *attributes_of_entry) {
      line += " " + std::string(one.key()) + "=" + plain(one.value());
    }
    return line;
  }

  LogFormat format_;
};

}  // namespace

std::unique_ptr<spdlog::formatter> log_lines(LogFormat format) {
  return std::make_unique<Lines>(format);
}

void log_with(spdlog::level::level_enum level, const std::string& body,
              const json::object& attributes) {
  attributes_of_entry = &attributes;
  spdlog::log(level, "{}", body);
  attributes_of_entry = nullptr;
}

}  // namespace cli
