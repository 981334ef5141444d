#include "cli/operation.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace cli {
namespace {

constexpr const char* plain_text = "text/plain; charset=utf-8";

Response unready(const std::string& why) {
  Response response{503, plain_text, why};
  response.headers = {{"Cache-Control", "no-store"}, {"Retry-After", "1"}};
  return response;
}

std::string line_of(const Check& check) {
  return (check.good ? "[+] " : "[-] ") + check.what.zh + " / " + check.what.en + "\n";
}

}  // namespace

bool from_operator(const Request& request) {
  if (!request.local) return false;
  constexpr std::string_view forwarded[] = {"forwarded", "via", "x-forwarded-for", "x-real-ip"};
  return std::ranges::all_of(forwarded,
                             [&](auto name) { return value_of(request.headers, name).empty(); });
}

Response readiness(Office& office, const Operation& operation, const Request& request) {
  auto health = health_of(office, operation.data);
  if (!health) {
    spdlog::error("not ready: {}", health.error().words.en);
    return unready("[-] 检查点无法读取 / the checkpoint cannot be read\n");
  }
  auto checks = checks_of(*health, operation.limits);
  if (operation.stopping) checks.push_back({{"正在停止", "stopping"}, false});
  bool good = std::ranges::all_of(checks, &Check::good);
  bool verbose =
      std::ranges::any_of(request.query, [](auto& one) { return one.first == "verbose"; });
  std::string body = good ? "ok\n" : "未就绪 / not ready\n";
  if (verbose) {
    for (const auto& check : checks) body += line_of(check);
  }
  if (!good) return unready(body);
  Response response{200, plain_text, body};
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

Response measurements(Office& office, const Operation& operation, const Request&) {
  auto health = health_of(office, operation.data);
  if (!health) {
    spdlog::error("not measured: {}", health.error().words.en);
    return unready("# 检查点无法读取 / the checkpoint cannot be read\n");
  }
  Response response{200, "text/plain; version=0.0.4; charset=utf-8",
                    office.metrics().text(*health, operation.traffic())};
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

}  // namespace cli
