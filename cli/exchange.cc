#include "cli/exchange.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "cli/error.h"
#include "cli/log_lines.h"
#include "cli/problem.h"
#include "events/clock.h"
#include "events/uuid.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Code;

constexpr std::string_view methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

// Whoever asks may not choose what stands in the log, nor how many series there are.
std::string known_method(const std::string& method) {
  return std::ranges::count(methods, method) > 0 ? method : "other";
}

// Asked every few seconds by machines: not worth a line each.
bool is_probe(std::string_view route) {
  return route == "/livez" || route == "/readyz" || route == "/metrics";
}

spdlog::level::level_enum level_of(int status, std::string_view route) {
  if (is_probe(route)) return spdlog::level::debug;
  if (status == 503) return spdlog::level::warn;
  return status >= 500 ? spdlog::level::err : spdlog::level::info;
}

Language language_of(const Request& request) {
  std::string_view wanted = value_of(request.headers, "accept-language");
  return wanted.starts_with("en") ? Language::en : Language::zh;
}

}  // namespace

Exchange::Exchange(Office& office, const Request& request, std::string route, Answer answer)
    : office_(&office),
      language_(language_of(request)),
      id_(events::new_uuid(events::RealClock().now())),
      method_(known_method(request.method)),
      route_(route.empty() ? "none" : std::move(route)),
      began_(std::chrono::steady_clock::now()),
      answer_(std::move(answer)) {}

void Exchange::answer(Response response) const {
  std::chrono::duration<double> took = std::chrono::steady_clock::now() - began_;
  auto micros = std::chrono::round<std::chrono::microseconds>(took).count();
  log_with(level_of(response.status, route_), "answered",
           {{"method", method_},
            {"route", route_},
            {"status", response.status},
            {"microseconds", micros},
            {"requestId", id_}});
  office_->metrics().answered(method_, route_, response.status, took);
  response.headers.emplace_back("X-Request-Id", id_);
  answer_(std::move(response));
}

// What is damaged on this machine is for its operator's log; its paths are nobody else's.
void Exchange::refuse(events::Error error) const {
  if (error.code == Code::corrupt) {
    log_with(spdlog::level::err, "damaged: " + error.words.en, {{"requestId", id_}});
    error.words = {"服务器上的数据已损坏，请联系管理员",
                   "data on the server is damaged: tell its operator"};
  }
  auto problem = problem_of(error, language_);
  problem["requestId"] = id_;
  problem["position"] = std::to_string(office_->log().head());
  Response response{http_status(error.code), "application/problem+json",
                    json::serialize(problem) + "\n"};
  response.headers = {{"Content-Language", language_ == Language::zh ? "zh" : "en"},
                      {"Cache-Control", "no-store"}};
  if (error.code == Code::overloaded) response.headers.emplace_back("Retry-After", "1");
  if (error.code == Code::unauthenticated)
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
  answer(std::move(response));
}

}  // namespace cli
