// Lists of texts in Cap'n Proto messages, such as the ids that an event names. Any thread.
#pragma once

#include <capnp/list.h>

#include <string>
#include <vector>

namespace events {

inline unsigned size_of(const std::vector<std::string>& texts) {
  return static_cast<unsigned>(texts.size());
}

// Into a list of that size: set_all(event.initListed(size_of(ids)), ids).
inline void set_all(capnp::List<capnp::Text>::Builder list, const std::vector<std::string>& texts) {
  for (unsigned i = 0; i < list.size(); ++i) list.set(i, texts[i]);
}

}  // namespace events
