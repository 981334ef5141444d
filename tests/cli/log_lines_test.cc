#include "cli/log_lines.h"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <sstream>

namespace {

namespace json = boost::json;

// What a logger of that format writes, in place of the program's own.
template <class Work>
std::string written(cli::LogFormat format, const Work& work) {
  std::ostringstream out;
  auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(out);
  auto before = spdlog::default_logger();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", sink));
  spdlog::default_logger()->set_formatter(cli::log_lines(format));
  work();
  spdlog::set_default_logger(before);
  return out.str();
}

}  // namespace

TEST_CASE("a log line as JSON has the names of the log data model", "[cli]") {
  auto line = written(cli::LogFormat::json, [] {
    cli::log_with(spdlog::level::warn, "慢 \"slow\"\n", {{"status", 503}});
  });

  auto read = json::parse(line).as_object();
  CHECK(line.find('\n') == line.size() - 1);
  CHECK(read.at("severity_text") == "WARN");
  CHECK(read.at("severity_number") == 13);
  CHECK(read.at("body") == "慢 \"slow\"\n");
  CHECK(read.at("attributes").at("status") == 503);
  CHECK(read.at("timestamp").as_string().ends_with("Z"));
}

TEST_CASE("an ordinary entry is a line too, with a number for its severity", "[cli]") {
  auto lines = written(cli::LogFormat::json, [] {
    cli::log_with(spdlog::level::info, "a", {{"x", 1}});
    spdlog::error("b\xff");
  });

  auto second = json::parse(lines.substr(lines.find('\n') + 1)).as_object();
  CHECK(second.at("severity_number") == 17);
  CHECK(second.at("body") == "b\\x{FF}");
  CHECK_FALSE(second.contains("attributes"));
}

TEST_CASE("nothing in a log line as text makes a second line or steers a terminal", "[cli]") {
  auto line = written(cli::LogFormat::text, [] {
    cli::log_with(spdlog::level::info, "a\nb\x1b[31m", {{"route", "/x\n"}, {"status", 200}});
  });

  CHECK(line.find('\n') == line.size() - 1);
  CHECK(line.find('\x1b') == std::string::npos);
  CHECK(line.find(" INFO a\\u{0A}b\\u{1B}[31m route=/x\\u{0A} status=200\n") != std::string::npos);
}
