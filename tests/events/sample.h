// Reads texts into the messages of sample.capnp, for the tests of the decoder and the writer.
#pragma once

#include <capnp/message.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "events/decode.h"
#include "events/parse_json.h"
#include "events/parse_yaml.h"
#include "tests/events/sample.capnp.h"

namespace tests {

template <class T>
struct Sample {
  std::unique_ptr<capnp::MallocMessageBuilder> message;
  events::Result<> outcome;

  typename T::Reader reader() const { return message->template getRoot<T>().asReader(); }
};

template <class T>
Sample<T> decoded(events::Result<events::Node> node, std::string_view source) {
  Sample<T> sample{std::make_unique<capnp::MallocMessageBuilder>(), {}};
  auto root = sample.message->template initRoot<T>();
  sample.outcome = node ? events::decode(*node, root, source) : std::unexpected(node.error());
  return sample;
}

template <class T>
Sample<T> from_json(std::string_view text) {
  return decoded<T>(events::parse_json(text, "a.json"), "a.json");
}

template <class T>
Sample<T> from_yaml(std::string_view text) {
  return decoded<T>(events::parse_yaml(text, "a.yaml"), "a.yaml");
}

// "a.json:1:2 path: words in English", a line for each fault.
template <class T>
std::vector<std::string> faults(const events::Result<T>& outcome) {
  std::vector<std::string> lines;
  if (outcome) return lines;
  for (const auto& fault : outcome.error().faults) {
    lines.push_back(fault.place + ": " + fault.words.en);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace tests
