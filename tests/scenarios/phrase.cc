#include "tests/scenarios/phrase.h"

#include <algorithm>
#include <cctype>

namespace tests {

using events::Node;
using events::Result;

namespace {

bool of_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

Result<Node> filled_text(Node node, const Values& values) {
  std::string out;
  for (std::size_t at = 0; at < node.text.size();) {
    if (node.text[at] != '$') {
      out += node.text[at++];
      continue;
    }
    std::size_t end = at + 1;
    while (end < node.text.size() && of_name(node.text[end])) ++end;
    Node value = TRY(values(node.text.substr(at + 1, end - at - 1)));
    if (at == 0 && end == node.text.size()) return value;
    out += value.text;
    at = end;
  }
  node.text = std::move(out);
  return node;
}

}  // namespace

const Node* member(const Node& map, std::string_view name) {
  auto found = std::ranges::find(map.map, name, &Node::Member::name);
  return found == map.map.end() ? nullptr : &found->value;
}

Node without(const Node& map, const std::vector<std::string_view>& names) {
  Node out = map;
  std::erase_if(out.map, [&](const Node::Member& one) {
    return std::ranges::find(names, one.name) != names.end();
  });
  return out;
}

Node laid_over(Node base, const Node& over) {
  if (base.kind != Node::Kind::map || over.kind != Node::Kind::map) return over;
  base.place = over.place;
  for (const Node::Member& one : over.map) {
    auto found = std::ranges::find(base.map, one.name, &Node::Member::name);
    if (one.value.kind == Node::Kind::null) {
      if (found != base.map.end()) base.map.erase(found);
    } else if (found != base.map.end()) {
      found->value = laid_over(std::move(found->value), one.value);
    } else {
      base.map.push_back(one);
    }
  }
  return base;
}

Result<Node> filled(Node node, const Values& values) {
  if (node.kind == Node::Kind::text) return filled_text(std::move(node), values);
  for (Node& one : node.list) one = TRY(filled(std::move(one), values));
  for (Node::Member& one : node.map) one.value = TRY(filled(std::move(one.value), values));
  return node;
}

std::vector<Node> combinations(const Node& lists) {
  Node first;
  first.kind = Node::Kind::map;
  std::vector<Node> all{first};
  for (const Node::Member& one : lists.map) {
    std::vector<Node> more;
    for (const Node& before : all) {
      for (const Node& value : one.value.list) {
        more.push_back(before);
        more.back().map.push_back({one.name, value, one.place});
      }
    }
    all = std::move(more);
  }
  return all;
}

}  // namespace tests
