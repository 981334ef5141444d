// A parsed text before anything is known of its meaning: what parse_json and parse_yaml give and
// decode takes. Each node has its place. Values, any thread.
#pragma once

#include <string>
#include <vector>

#include "events/place.h"

namespace events {

struct Node {
  enum class Kind { null, flag, number, text, list, map };
  struct Member;

  Kind kind = Kind::null;
  bool flag = false;
  // A YAML scalar without quotes. Its kind is text, but it may also fill a number or a flag.
  bool plain = false;
  // Of a text the text, of a number the digits as they were written.
  std::string text;
  std::vector<Node> list;
  std::vector<Member> map;  // In the order of the text; no name stands twice.
  Place place;
};

struct Node::Member {
  std::string name;
  Node value;
  Place place;  // Of the name.
};

}  // namespace events
