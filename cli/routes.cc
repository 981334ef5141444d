#include "cli/routes.h"

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <boost/json/serialize.hpp>
#include <exception>

#include "cli/call.h"
#include "cli/error.h"
#include "cli/login.h"
#include "cli/post_command.h"
#include "cli/problem.h"
#include "cli/read_events.h"
#include "cli/read_views.h"

namespace cli {

enum class Room { network, readers, senders, logins };

// One star stands for one segment, a last "…" for any number of them.
struct Route {
  std::string_view method;
  std::vector<std::string_view> path;
  bool open;  // To whoever asks.
  Room room;  // Where it is answered: nothing that takes long holds up what does not.
  events::Result<Response> (*answer)(const Call& call);
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

Result<Response> me(const Call& call) {
  json::object out{{"person", call.rights.person()},
                   {"inspector", call.rights.inspector()},
                   {"auditor", call.rights.auditor()},
                   {"head", std::to_string(call.office.log().head())}};
  return json_response(out);
}

const Route routes[] = {
    {"GET", {"livez"}, true, Room::network, alive},
    {"GET", {"checkpoint"}, true, Room::readers, checkpoint},
    {"GET", {"api", "v1", "me"}, false, Room::readers, me},
    {"GET", {"api", "v1", "views"}, false, Room::readers, list_views},
    {"GET", {"api", "v1", "views", "*", "…"}, false, Room::readers, read_view},
    {"GET", {"api", "v1", "events"}, false, Room::readers, list_events},
    {"GET", {"api", "v1", "events", "export"}, false, Room::readers, export_events},
    {"GET", {"api", "v1", "events", "*"}, false, Room::readers, read_event},
    {"GET", {"api", "v1", "stream"}, false, Room::readers, stream_events},
    {"POST", {"api", "v1", "commands"}, false, Room::senders, nullptr, post_command},
    {"POST", {"api", "v1", "login"}, true, Room::logins, post_login},
    {"POST", {"api", "v1", "logout"}, false, Room::logins, post_logout},
    {"POST", {"api", "v1", "passphrase"}, true, Room::logins, post_passphrase},
};

bool matches(const std::vector<std::string_view>& route, const std::vector<std::string>& path) {
  for (std::size_t i = 0; i < route.size(); ++i) {
    if (route[i] == "…") return true;
    if (i >= path.size() || (route[i] != "*" && route[i] != path[i])) return false;
  }
  return route.size() == path.size();
}

Language language_of(const Request& request) {
  std::string_view wanted = value_of(request.headers, "accept-language");
  return wanted.starts_with("en") ? Language::en : Language::zh;
}

// What is damaged on this machine is for its operator's log; its paths are nobody else's.
Response refused(events::Error error, Language language) {
  if (error.code == Code::corrupt) {
    spdlog::error("damaged: {}", error.words.en);
    error.words = {"服务器上的数据已损坏，请联系管理员",
                   "data on the server is damaged: tell its operator"};
  }
  Response response{http_status(error.code), "application/problem+json",
                    json::serialize(problem_of(error, language)) + "\n"};
  response.headers = {{"Content-Language", language == Language::zh ? "zh" : "en"},
                      {"Cache-Control", "no-store"}};
  if (error.code == Code::overloaded) response.headers.emplace_back("Retry-After", "1");
  if (error.code == Code::too_many) response.headers.emplace_back("Retry-After", "60");
  if (error.code == Code::unauthenticated)
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

// A damaged record throws from deep inside Cap'n Proto: that ends the request, and not the server.
template <class Work>
void survive(Language language, const Answer& answer, const Work& work) {
  try {
    return work();
  } catch (const std::exception& exception) {
    spdlog::error("a request failed: {}", exception.what());
  }
  answer(refused({Code::corrupt, {"记录无法读取", "a record cannot be read"}, {}, {}}, language));
}

Result<Caller> caller_at(Office& office, const Request& request, const Route& route) {
  if (!route.open) return caller_of(office, request);
  if (request.method != "GET") TRY(need_same_origin(request));
  return Caller{"", Rights(office.log(), "")};
}

void answer_at(Office& office, const Request& request, const Route& route, const Answer& answer) {
  Language language = language_of(request);
  survive(language, answer, [&] {
    auto caller = caller_at(office, request, route);
    if (!caller) return answer(refused(caller.error(), language));
    auto done = [answer, language](Result<Response> response) {
      answer(response ? *std::move(response) : refused(response.error(), language));
    };
    Call call{office, request, caller->rights, language, caller->credential};
    if (route.answer_later) return route.answer_later(call, done);
    done(route.answer(call));
  });
}

}  // namespace

void Routes::handle(Request request, Answer answer) {
  Language language = language_of(request);
  std::string methods;
  for (const Route& route : routes) {
    if (!matches(route.path, request.path)) continue;
    if (route.method == request.method) return begin(route, std::move(request), std::move(answer));
    methods += (methods.empty() ? "" : ", ") + std::string(route.method);
    if (route.method == "GET") methods += ", HEAD";
  }
  if (methods.empty()) {
    return answer(refused(
        {Code::not_found, {"没有这个地址", "there is nothing at this path"}, {}, {}}, language));
  }
  Response response{405, "text/plain; charset=utf-8", "此处不支持这个方法 / not for this path\n"};
  response.headers = {{"Allow", methods}};
  answer(std::move(response));
}

void Routes::begin(const Route& route, Request request, Answer answer) {
  if (route.room == Room::network) return answer_at(office_, request, route, answer);
  // Each login takes a whole core for a while: there is no use in a long queue of them.
  bool login = route.room == Room::logins;
  if (login && logins_waiting_ >= logins_waiting_max) {
    return answer(
        refused({Code::overloaded,
                 {"登录的人太多，请稍后重试", "too many logins at once: try again shortly"},
                 {},
                 {}},
                language_of(request)));
  }
  if (login) ++logins_waiting_;
  auto work = [this, &route, login, request = std::move(request), answer = std::move(answer)] {
    answer_at(office_, request, route, answer);
    if (login) --logins_waiting_;
  };
  auto& room = login ? logins_ : route.room == Room::senders ? senders_ : readers_;
  boost::asio::post(room, std::move(work));
}

}  // namespace cli
