#include "cli/post_command.h"

#include <capnp/dynamic.h>

#include <algorithm>

#include "events/annotations.h"
#include "events/decode.h"
#include "events/parse_json.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Code;
using events::fail;
using events::Node;
using events::Result;

constexpr const char* source = "body";

// A quoted string by the draft; without quotes as most send it.
std::string key_of(const Request& request) {
  std::string_view key = value_of(request.headers, "idempotency-key");
  if (key.size() >= 2 && key.front() == '"' && key.back() == '"')
    key = key.substr(1, key.size() - 2);
  return std::string(key);
}

// Puts in what the request itself says; the body may say the same.
Result<> fill(Node& body, const std::string& name, const std::string& value, const char* header) {
  auto found = std::ranges::find(body.map, name, &Node::Member::name);
  if (found == body.map.end()) {
    Node text;
    text.kind = Node::Kind::text;
    text.text = value;
    body.map.push_back({name, std::move(text), {}});
    return {};
  }
  if (found->value.text == value) return {};
  return fail(Code::invalid, "指令中的 " + name + " 与" + header + "不一致",
              "the command's " + name + " is not the one of the " + header);
}

// A login, a passphrase, a reading: the server says them, for whom it has let in.
Result<> need_from_people(engine::Command::Reader command) {
  KJ_IF_MAYBE (type, capnp::toDynamic(command).which()) {
    if (events::annotation::text_of(*type, events::annotation::by_server)) {
      return fail(Code::forbidden, "这条指令只由服务器自己记录",
                  "only the server itself says this command");
    }
  }
  return {};
}

Result<events::Message<engine::Command>> read_command(const Call& call) {
  std::string key = key_of(call.request);
  if (key.empty()) {
    return fail(Code::invalid, "须带 Idempotency-Key：指令的编号，重试时不变",
                "an Idempotency-Key is needed: the command's id, the same when it is tried again");
  }
  Node body = TRY(events::parse_json(call.request.body, source));
  if (body.kind != Node::Kind::map) {
    return fail(Code::invalid, "正文须是一个 JSON 对象", "the body must be a JSON object");
  }
  TRY(fill(body, "id", key, "Idempotency-Key"));
  TRY(fill(body, "actor", call.rights.person(), "Authorization"));
  capnp::MallocMessageBuilder builder;
  TRY(events::decode(body, builder.initRoot<engine::Command>(), source));
  if (builder.getRoot<engine::Command>().getAt() != 0) {
    return fail(Code::invalid, "经网络提交的指令不能自带时间（at）",
                "a command over the network brings no time of its own (at)");
  }
  TRY(need_from_people(builder.getRoot<engine::Command>()));
  return events::Message<engine::Command>(builder);
}

Response response_of(const engine::Reply& reply) {
  json::object out{{"first", std::to_string(reply.first)}, {"last", std::to_string(reply.last)}};
  if (reply.repeated) out["repeated"] = true;
  auto response = json_response(out);
  response.status = reply.repeated ? 200 : 201;
  return response;
}

}  // namespace

void post_command(const Call& call, std::function<void(Result<Response>)> done) {
  auto command = read_command(call);
  if (!command) return done(std::unexpected(command.error()));
  auto answer = [done](const engine::Reply& reply) {
    if (reply.refusal) return done(std::unexpected(*reply.refusal));
    done(response_of(reply));
  };
  auto taken = call.office.submit(*std::move(command), answer, events::Authentication::SESSION);
  if (!taken) done(std::unexpected(taken.error()));
}

}  // namespace cli
