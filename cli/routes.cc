#include "cli/routes.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cctype>
#include <exception>

#include "cli/call.h"
#include "cli/exchange.h"
#include "cli/post_command.h"
#include "cli/read_events.h"
#include "cli/read_views.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Code;
using events::Result;

Result<Response> alive(const Call&) { return Response{200, "text/plain; charset=utf-8", "ok\n"}; }

// What the log has signed last, in the public form (C2SP tlog-checkpoint).
Result<Response> checkpoint(const Call& call) {
  Response response{200, "text/plain; charset=utf-8", TRY(call.office.safe().kept_note())};
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

Result<Response> me(const Call& call) {
  json::object out{{"person", call.rights.person()},
                   {"inspector", call.rights.inspector()},
                   {"auditor", call.rights.auditor()},
                   {"head", std::to_string(call.office.log().head())}};
  return json_response(out);
}

// One star stands for one segment, a last "…" for any number of them.
struct Route {
  std::string_view method;
  std::vector<std::string_view> path;
  bool open;  // To whoever asks.
  Result<Response> (*read)(const Call& call);
};

const Route routes[] = {
    {"GET", {"livez"}, true, alive},
    {"GET", {"checkpoint"}, true, checkpoint},
    {"GET", {"api", "v1", "me"}, false, me},
    {"GET", {"api", "v1", "views"}, false, list_views},
    {"GET", {"api", "v1", "views", "*", "…"}, false, read_view},
    {"GET", {"api", "v1", "events"}, false, list_events},
    {"GET", {"api", "v1", "events", "export"}, false, export_events},
    {"GET", {"api", "v1", "events", "*"}, false, read_event},
    {"GET", {"api", "v1", "stream"}, false, stream_events},
};
const std::vector<std::string_view> commands_path = {"api", "v1", "commands"};

// Not there for whoever comes from elsewhere.
struct OperatorRoute {
  std::vector<std::string_view> path;
  Response (*read)(Office& office, const Operation& operation, const Request& request);
};

const OperatorRoute operator_routes[] = {{{"readyz"}, readiness}, {{"metrics"}, measurements}};

bool matches(const std::vector<std::string_view>& route, const std::vector<std::string>& path) {
  for (std::size_t i = 0; i < route.size(); ++i) {
    if (route[i] == "…") return true;
    if (i >= path.size() || (route[i] != "*" && route[i] != path[i])) return false;
  }
  return route.size() == path.size();
}

std::string bearer_of(const Request& request) {
  std::string_view value = value_of(request.headers, "authorization");
  constexpr std::string_view scheme = "bearer ";
  bool bears = value.size() > scheme.size() &&
               std::ranges::equal(scheme, value.substr(0, scheme.size()), {}, {},
                                  [](char letter) { return std::tolower(letter); });
  return std::string(bears ? value.substr(scheme.size()) : "");
}

Result<Rights> rights_of_caller(Office& office, const Request& request) {
  std::string token = bearer_of(request);
  if (token.empty()) {
    return events::fail(Code::unauthenticated, "须带令牌：Authorization: Bearer …",
                        "a token is needed: Authorization: Bearer …");
  }
  return caller_of(office, token);
}

// A damaged record throws from deep inside Cap'n Proto: that ends the request, and not the server.
template <class Work>
void guarded(const Exchange& exchange, const Work& work) {
  try {
    return work();
  } catch (const std::exception& exception) {
    spdlog::error("a request failed: {}", exception.what());
  }
  exchange.refuse({Code::corrupt, {"记录无法读取", "a record cannot be read"}, {}, {}});
}

void settle(const Exchange& exchange, Result<Response> response) {
  if (response) return exchange.answer(*std::move(response));
  exchange.refuse(std::move(response).error());
}

void read(Office& office, const Request& request, const Route& route, const Exchange& exchange) {
  guarded(exchange, [&] {
    auto caller = route.open ? Rights(office.log(), "") : rights_of_caller(office, request);
    if (!caller) return exchange.refuse(caller.error());
    settle(exchange,
           route.read({office, request, *caller, exchange.language(), bearer_of(request)}));
  });
}

void post(Office& office, const Request& request, const Exchange& exchange) {
  guarded(exchange, [&] {
    auto caller = rights_of_caller(office, request);
    if (!caller) return exchange.refuse(caller.error());
    post_command({office, request, *caller, exchange.language(), {}},
                 [exchange](auto response) { settle(exchange, std::move(response)); });
  });
}

// As the measurements and the log show it: without what stands in the path.
std::string shown(const std::vector<std::string_view>& path) {
  std::string text;
  for (std::string_view segment : path) {
    text.append("/").append(segment == "*" ? "{}" : segment == "…" ? "{...}" : segment);
  }
  return text;
}

}  // namespace

void Routes::handle(Request request, Answer answer) {
  const std::vector<std::string_view>* known = nullptr;
  for (const Route& route : routes) {
    if (!matches(route.path, request.path)) continue;
    known = &route.path;
    if (route.method != request.method) continue;
    Exchange exchange(office_, request, shown(route.path), std::move(answer));
    if (route.read == alive) return read(office_, request, route, exchange);
    boost::asio::post(readers_, [this, &route, request = std::move(request), exchange] {
      read(office_, request, route, exchange);
    });
    return;
  }
  for (const OperatorRoute& route : operator_routes) {
    if (!from_operator(request) || !matches(route.path, request.path)) continue;
    known = &route.path;
    if (request.method != "GET") continue;
    Exchange exchange(office_, request, shown(route.path), std::move(answer));
    boost::asio::post(readers_, [this, &route, request = std::move(request), exchange] {
      guarded(exchange, [&] { exchange.answer(route.read(office_, operation_, request)); });
    });
    return;
  }
  if (!known && matches(commands_path, request.path)) {
    known = &commands_path;
    if (request.method == "POST") {
      Exchange exchange(office_, request, shown(commands_path), std::move(answer));
      boost::asio::post(senders_, [this, request = std::move(request), exchange] {
        post(office_, request, exchange);
      });
      return;
    }
  }
  Exchange exchange(office_, request, known ? shown(*known) : "", std::move(answer));
  if (!known) {
    return exchange.refuse(
        {Code::not_found, {"没有这个地址", "there is nothing at this path"}, {}, {}});
  }
  Response response{405, "text/plain; charset=utf-8", "此处不支持这个方法 / not for this path\n"};
  response.headers = {{"Allow", known == &commands_path ? "POST" : "GET, HEAD"}};
  exchange.answer(std::move(response));
}

}  // namespace cli
