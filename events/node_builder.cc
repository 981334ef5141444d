#include "events/node_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "events/assert.h"

namespace events {

bool NodeBuilder::add(Node scalar) {
  if (!has_room(scalar.place)) return false;
  put(std::move(scalar));
  return true;
}

bool NodeBuilder::open(Node::Kind kind, Place place) {
  if (open_.size() == depth_max_) {
    faults_.add(place, path(),
                {fmt::format("嵌套超过 {} 层", depth_max_),
                 fmt::format("nested more than {} levels deep", depth_max_)});
    return false;
  }
  if (!has_room(place)) return false;
  Node node;
  node.kind = kind;
  node.place = place;
  open_.push_back(&put(std::move(node)));
  return true;
}

void NodeBuilder::name(std::string name, Place place) {
  ASSERT(awaits_name());
  open_.back()->map.push_back({std::move(name), {}, place});
  named_ = true;
}

void NodeBuilder::close() {
  ASSERT(!open_.empty());
  if (open_.back()->kind == Node::Kind::map) refuse_duplicates(*open_.back());
  open_.pop_back();
}

bool NodeBuilder::awaits_name() const {
  return !open_.empty() && open_.back()->kind == Node::Kind::map && !named_;
}

std::string NodeBuilder::path(std::size_t levels) const {
  std::string path;
  for (std::size_t i = 0; i < levels; ++i) {
    const Node& node = *open_[i];
    if (node.kind == Node::Kind::map && !node.map.empty()) {
      if (!path.empty()) path += '.';
      path += shown(node.map.back().name);
    } else if (node.kind == Node::Kind::list && !node.list.empty()) {
      path += fmt::format("[{}]", node.list.size() - 1);
    }
  }
  return path;
}

bool NodeBuilder::has_room(Place place) {
  if (++nodes_ <= nodes_max) return true;
  faults_.add(place, path(),
              {fmt::format("超过 {} 个值", nodes_max),
               fmt::format("there are more than {} values", nodes_max)});
  return false;
}

Node& NodeBuilder::put(Node node) {
  if (open_.empty()) return root_ = std::move(node);
  Node& parent = *open_.back();
  if (parent.kind == Node::Kind::list) return parent.list.emplace_back(std::move(node));
  ASSERT(named_);
  named_ = false;
  return parent.map.back().value = std::move(node);
}

void NodeBuilder::refuse_duplicates(const Node& map) {
  if (map.map.size() < 2) return;
  // Sorted, so that a map of many thousand names is not compared pair by pair; stable, so that of
  // two equal names the later one is the fault.
  std::vector<const Node::Member*> members(map.map.size());
  std::transform(map.map.begin(), map.map.end(), members.begin(), [](const auto& m) { return &m; });
  std::stable_sort(members.begin(), members.end(),
                   [](const auto* a, const auto* b) { return a->name < b->name; });
  for (std::size_t i = 1; i < members.size(); ++i) {
    if (members[i - 1]->name != members[i]->name) continue;
    const Place before = members[i - 1]->place;
    const std::string name = shown(members[i]->name);
    const std::string outside = path(open_.size() - 1);
    faults_.add(members[i]->place, outside.empty() ? name : outside + "." + name,
                {fmt::format("“{}”重复：第 {} 行第 {} 列已写过", name, before.line, before.column),
                 fmt::format("“{}” stands twice: it was written at line {}, column {}", name,
                             before.line, before.column)});
  }
}

}  // namespace events
