// Builds a Node from what a parser announces in the order of the text, and finds names that stand
// twice and texts that are too long or nested too deep. One parse, one thread.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "events/faults.h"
#include "events/node.h"

namespace events {

// A value of two bytes becomes a node of a hundred: this bounds the memory of a parse.
inline constexpr std::size_t nodes_max = 200'000;

// After add or open have failed, with a fault, nothing more may be announced.
class NodeBuilder {
 public:
  NodeBuilder(Faults& faults, std::size_t depth_max) : faults_(faults), depth_max_(depth_max) {}
  NodeBuilder(const NodeBuilder&) = delete;
  NodeBuilder& operator=(const NodeBuilder&) = delete;

  bool add(Node scalar);
  bool open(Node::Kind kind, Place place);  // A list or a map.
  void name(std::string name, Place place);
  void close();

  bool awaits_name() const;
  // Of what was announced last: steps.apply.documents[2]
  std::string path() const { return path(open_.size()); }
  Node take() { return std::move(root_); }

 private:
  std::string path(std::size_t levels) const;
  bool has_room(Place place);
  Node& put(Node node);
  void refuse_duplicates(const Node& map);

  Faults& faults_;
  std::size_t depth_max_;
  std::size_t nodes_ = 0;
  Node root_;
  std::vector<Node*> open_;  // Stable: a container does not grow while one of its children is open.
  bool named_ = false;       // A name stands without its value.
};

}  // namespace events
