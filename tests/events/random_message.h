// Fills messages with random but valid contents, from a seed, for the tests of the writer.
#pragma once

#include <capnp/dynamic.h>

#include <random>
#include <string>

#include "events/shape.h"

namespace tests {

class RandomMessage {
 public:
  explicit RandomMessage(unsigned seed) : random_(seed) {}

  void fill(capnp::DynamicStruct::Builder message, unsigned depth = 0);

 private:
  void fill_field(const events::FieldShape& field, capnp::DynamicStruct::Builder message,
                  unsigned depth);
  void fill_list(const events::FieldShape& field, capnp::Type element,
                 capnp::DynamicList::Builder list, unsigned depth);
  void make_keys_differ(const events::FieldShape& field, capnp::DynamicList::Builder list);
  // Calls set with a value for the type.
  template <class Set>
  void scalar(const events::FieldShape& field, capnp::Type type, Set set);

  std::uint64_t number();  // Often near the ends of the types.
  std::string text();
  bool chance(unsigned percent) { return random_() % 100 < percent; }

  std::mt19937_64 random_;
};

}  // namespace tests
