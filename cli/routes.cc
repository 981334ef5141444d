#include "cli/routes.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>
#include <exception>

#include "cli/call.h"
#include "cli/error.h"
#include "cli/post_command.h"
#include "cli/problem.h"
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
const std::vector<std::string> commands_path = {"api", "v1", "commands"};

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

Language language_of(const Request& request) {
  std::string_view wanted = value_of(request.headers, "accept-language");
  return wanted.starts_with("en") ? Language::en : Language::zh;
}

Result<Rights> rights_of_caller(Office& office, const Request& request) {
  std::string token = bearer_of(request);
  if (token.empty()) {
    return events::fail(Code::unauthenticated, "须带令牌：Authorization: Bearer …",
                        "a token is needed: Authorization: Bearer …");
  }
  return caller_of(office, token);
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
  if (error.code == Code::unauthenticated)
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

// A damaged record throws from deep inside Cap'n Proto: that ends the request, and not the server.
template <class Work>
void guarded(Language language, const Answer& answer, const Work& work) {
  try {
    return work();
  } catch (const std::exception& exception) {
    spdlog::error("a request failed: {}", exception.what());
  }
  answer(refused({Code::corrupt, {"记录无法读取", "a record cannot be read"}, {}, {}}, language));
}

void read(Office& office, const Request& request, const Route& route, const Answer& answer) {
  Language language = language_of(request);
  guarded(language, answer, [&] {
    auto caller = route.open ? Rights(office.log(), "") : rights_of_caller(office, request);
    if (!caller) return answer(refused(caller.error(), language));
    auto response = route.read({office, request, *caller, language, bearer_of(request)});
    answer(response ? *std::move(response) : refused(response.error(), language));
  });
}

void post(Office& office, const Request& request, const Answer& answer) {
  Language language = language_of(request);
  guarded(language, answer, [&] {
    auto caller = rights_of_caller(office, request);
    if (!caller) return answer(refused(caller.error(), language));
    post_command({office, request, *caller, language, {}}, [answer, language](auto response) {
      answer(response ? *std::move(response) : refused(response.error(), language));
    });
  });
}

}  // namespace

void Routes::handle(Request request, Answer answer) {
  Language language = language_of(request);
  bool known = false;
  for (const Route& route : routes) {
    if (!matches(route.path, request.path)) continue;
    known = true;
    if (route.method != request.method) continue;
    if (route.read == alive) return read(office_, request, route, answer);
    boost::asio::post(readers_, [this, &route, request = std::move(request), answer] {
      read(office_, request, route, answer);
    });
    return;
  }
  if (request.path == commands_path) {
    known = true;
    if (request.method == "POST") {
      boost::asio::post(senders_, [this, request = std::move(request), answer] {
        post(office_, request, answer);
      });
      return;
    }
  }
  if (!known) {
    return answer(refused(
        {Code::not_found, {"没有这个地址", "there is nothing at this path"}, {}, {}}, language));
  }
  Response response{405, "text/plain; charset=utf-8", "此处不支持这个方法 / not for this path\n"};
  response.headers = {{"Allow", request.path == commands_path ? "POST" : "GET, HEAD"}};
  answer(std::move(response));
}

}  // namespace cli
