#include "cli/routes.h"

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <exception>

#include "cli/call.h"
#include "cli/exchange.h"
#include "cli/json_schema.h"
#include "cli/login.h"
#include "cli/post_command.h"
#include "cli/problem.h"
#include "cli/public_log.h"
#include "cli/query.h"
#include "cli/read_events.h"
#include "cli/read_views.h"
#include "events/event.capnp.h"

namespace cli {

enum class Room { network, readers, senders, logins };

// One star stands for one segment, a last "…" for any number of them.
struct Route {
  std::string_view method;
  std::vector<std::string_view> path;
  bool open;  // To whoever asks.
  Room room;  // Where it is answered: nothing that takes long holds up what does not.
  events::Result<Response> (*answer)(const Call& call);
  std::vector<std::string_view> query{};  // The parameters that it knows.
  void (*answer_later)(const Call& call,
                       std::function<void(events::Result<Response>)> done) = nullptr;
};

namespace {

namespace json = boost::json;
using events::Code;
using events::Result;

constexpr int logins_waiting_max = 32;

Result<Response> alive(const Call&) { return Response{200, "text/plain; charset=utf-8", "ok\n"}; }

// What the log has signed last, in the public form (C2SP tlog-checkpoint).
Result<Response> checkpoint(const Call& call) {
  Response response{200, "text/plain; charset=utf-8", TRY(call.office.safe().kept_note())};
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

Result<Response> problem(const Call& call) {
  auto page = problem_page(call.request.path.back());
  if (page) return Response{200, "text/html; charset=utf-8", *std::move(page)};
  return events::fail(Code::not_found, "没有这类问题", "there is no such type of problem");
}

// What an event's `dataschema` leads to.
Result<Response> event_schema(const Call& call) {
  KJ_IF_MAYBE (event, capnp::Schema::from<events::Event>().findFieldByName(call.request.path[1])) {
    if (event->getType().isStruct()) {
      auto response = json_response(json_schema(event->getType().asStruct()));
      response.type = "application/schema+json";
      return response;
    }
  }
  return events::fail(Code::not_found, "没有这种事件", "there is no such event");
}

Result<Response> me(const Call& call) {
  const auto& log = call.office.log();
  json::object out{
      {"person", call.rights.person()},         {"inspector", call.rights.inspector()},
      {"auditor", call.rights.auditor()},       {"at", std::to_string(TRY(asked_position(call)))},
      {"head", std::to_string(log.head())},     {"log", log.origin()},
      {"now", events::text(call.office.now())}, {"zone", zone_of(log)}};
  return json_response(out);
}

const Route routes[] = {
    {"GET", {"livez"}, true, Room::network, alive},
    {"GET", {"problems", "*"}, true, Room::network, problem},
    {"GET", {"schemas", "*", "1"}, true, Room::readers, event_schema},
    {"GET", {"checkpoint"}, true, Room::readers, checkpoint},
    {"GET", {"tile", "entries", "…"}, false, Room::readers, read_entries},
    {"GET", {"tile", "…"}, true, Room::readers, read_tile},
    {"GET", {"api", "v1", "receipts", "*"}, false, Room::readers, read_receipt},
    {"GET", {"api", "v1", "me"}, false, Room::readers, me, {"at", "asOf"}},
    {"GET", {"api", "v1", "views"}, false, Room::readers, list_views},
    {"GET",
     {"api", "v1", "views", "*", "…"},
     false,
     Room::readers,
     read_view,
     {"at", "asOf", "page_size", "page_token", "open"}},
    {"GET",
     {"api", "v1", "events"},
     false,
     Room::readers,
     list_events,
     {"subject", "mentions", "type", "actor", "after", "at", "asOf", "page_size", "open"}},
    {"GET",
     {"api", "v1", "events", "export"},
     false,
     Room::readers,
     export_events,
     {"subject", "mentions", "type", "actor", "after", "at", "asOf"}},
    {"GET", {"api", "v1", "events", "*"}, false, Room::readers, read_event, {"at", "asOf", "open"}},
    {"GET",
     {"api", "v1", "stream"},
     false,
     Room::readers,
     stream_events,
     {"heads", "subject", "mentions", "type", "actor", "after"}},
    {"POST", {"api", "v1", "commands"}, false, Room::senders, nullptr, {}, post_command},
    {"POST", {"api", "v1", "login"}, true, Room::logins, post_login},
    {"POST", {"api", "v1", "logout"}, false, Room::logins, post_logout},
    {"POST", {"api", "v1", "passphrase"}, true, Room::logins, post_passphrase},
};

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

// As the measurements and the log show it: without what stands in the path.
std::string shown(const std::vector<std::string_view>& path) {
  std::string text;
  for (std::string_view segment : path) {
    text.append("/").append(segment == "*" ? "{}" : segment == "…" ? "{...}" : segment);
  }
  return text;
}

// A damaged record throws from deep inside Cap'n Proto: that ends the request, and not the server.
template <class Work>
void survive(const Exchange& exchange, const Work& work) {
  try {
    return work();
  } catch (const std::exception& exception) {
    spdlog::error("a request failed: {}", exception.what());
  }
  exchange.refuse({Code::corrupt, {"记录无法读取", "a record cannot be read"}, {}, {}});
}

Result<Caller> caller_at(Office& office, const Request& request, const Route& route) {
  if (!route.open) return caller_of(office, request);
  if (request.method != "GET") TRY(need_same_origin(request));
  return Caller{"", Rights(office.log(), "", std::make_shared<const engine::Person>())};
}

void answer_at(Office& office, const Request& request, const Route& route,
               const Exchange& exchange) {
  survive(exchange, [&] {
    auto caller = caller_at(office, request, route);
    if (!caller) return exchange.refuse(caller.error());
    auto understood = check_query(request, route.query);
    if (!understood) return exchange.refuse(understood.error());
    auto done = [exchange](Result<Response> response) {
      if (response) return exchange.answer(*std::move(response));
      exchange.refuse(std::move(response).error());
    };
    Call call{office, request, caller->rights, exchange.language(), caller->credential};
    if (route.answer_later) return route.answer_later(call, done);
    done(route.answer(call));
  });
}

}  // namespace

std::vector<RouteTemplate> route_templates() {
  std::vector<RouteTemplate> all;
  for (const Route& route : routes) {
    all.push_back({std::string(route.method), shown(route.path), route.query});
  }
  for (const OperatorRoute& route : operator_routes) all.push_back({"GET", shown(route.path), {}});
  return all;
}

void Routes::handle(Request request, Answer answer) {
  std::string methods;
  std::string known;
  auto allow = [&](const std::vector<std::string_view>& path, std::string_view method) {
    known = shown(path);
    methods.append(methods.empty() ? "" : ", ").append(method == "GET" ? "GET, HEAD" : method);
  };
  for (const Route& route : routes) {
    if (!matches(route.path, request.path)) continue;
    if (route.method == request.method) return begin(route, std::move(request), std::move(answer));
    allow(route.path, route.method);
  }
  for (const OperatorRoute& route : operator_routes) {
    if (!from_operator(request) || !matches(route.path, request.path)) continue;
    if (request.method != "GET") {
      allow(route.path, "GET");
      continue;
    }
    Exchange exchange(office_, request, shown(route.path), std::move(answer));
    boost::asio::post(readers_, [this, &route, request = std::move(request), exchange] {
      survive(exchange, [&] { exchange.answer(route.read(office_, operation_, request)); });
    });
    return;
  }
  Exchange exchange(office_, request, known, std::move(answer));
  if (methods.empty()) {
    return exchange.refuse(
        {Code::not_found, {"没有这个地址", "there is nothing at this path"}, {}, {}});
  }
  Response response{405, "text/plain; charset=utf-8", "此处不支持这个方法 / not for this path\n"};
  response.headers = {{"Allow", methods}};
  exchange.answer(std::move(response));
}

void Routes::begin(const Route& route, Request request, Answer answer) {
  Exchange exchange(office_, request, shown(route.path), std::move(answer));
  if (route.room == Room::network) return answer_at(office_, request, route, exchange);
  // Each login takes a whole core for a while: there is no use in a long queue of them.
  bool login = route.room == Room::logins;
  if (login && logins_waiting_ >= logins_waiting_max) {
    return exchange.refuse(
        {Code::overloaded,
         {"登录的人太多，请稍后重试", "too many logins at once: try again shortly"},
         {},
         {}});
  }
  if (login) ++logins_waiting_;
  auto work = [this, &route, login, request = std::move(request), exchange] {
    answer_at(office_, request, route, exchange);
    if (login) --logins_waiting_;
  };
  auto& room = login ? logins_ : route.room == Room::senders ? senders_ : readers_;
  boost::asio::post(room, std::move(work));
}

}  // namespace cli
