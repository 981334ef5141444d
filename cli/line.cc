#include "cli/line.h"

#include <algorithm>

#include "events/code.h"
#include "events/decode.h"
#include "events/parse_json.h"

namespace cli {
namespace {

using events::Node;
using events::Result;

std::unexpected<events::Error> wrong(const Node& node, std::string_view source, std::string zh,
                                     std::string en) {
  return std::unexpected(events::Error{
      events::Code::invalid,
      {"expect 写法不对", "the expectation is not well formed"},
      {},
      {{events::text(source, node.place) + " expect", {std::move(zh), std::move(en)}}}});
}

Result<Expectation> read_expectation(const Node& node, std::string_view source) {
  Expectation expect;
  if (node.kind == Node::Kind::text && node.text == "accepted") return expect;
  if (node.kind != Node::Kind::map || node.map.empty()) {
    return wrong(node, source, "应为 \"accepted\" 或 {\"refused\": \"条款\", \"code\": …}",
                 "must be \"accepted\" or {\"refused\": \"clause\", \"code\": ...}");
  }
  expect.refused = true;
  for (const auto& member : node.map) {
    bool text = member.value.kind == Node::Kind::text;
    if (text && member.name == "refused") {
      expect.clause = member.value.text;
    } else if (text && member.name == "code" && events::parse_code(member.value.text)) {
      expect.code = member.value.text;
    } else {
      return wrong(member.value, source, "不认识：" + member.name, "not known: " + member.name);
    }
  }
  return expect;
}

}  // namespace

Result<Line> read_line(std::string_view text, std::string_view source, std::size_t number) {
  Node node = TRY(events::parse_json(text, source, number));
  std::optional<Expectation> expect;
  auto found = std::ranges::find(node.map, "expect", &Node::Member::name);
  if (found != node.map.end()) {
    expect = TRY(read_expectation(found->value, source));
    node.map.erase(found);
  }
  capnp::MallocMessageBuilder builder;
  TRY(events::decode(node, builder.initRoot<engine::Command>(), source));
  return Line{number, events::Message<engine::Command>(builder), std::move(expect)};
}

bool as_expected(const Line& line, const engine::Reply& reply) {
  if (!line.expect) return !reply.refusal;
  if (line.expect->refused != reply.refusal.has_value()) return false;
  if (!reply.refusal) return true;
  bool clause = line.expect->clause.empty() || line.expect->clause == reply.refusal->clause;
  bool code =
      line.expect->code.empty() || line.expect->code == events::code_name(reply.refusal->code);
  return clause && code;
}

}  // namespace cli
