// Which subjects an event or a command names, read off the schema's $subject and $mentions. Any
// thread.
#pragma once

#include <capnp/dynamic.h>

#include <string>
#include <string_view>
#include <vector>

namespace events {

// "application/A-01". Folded: the event belongs to the subject's state and moves its version.
// Otherwise it is only found under it.
struct Subject {
  std::string name;
  bool folded = true;

  bool operator==(const Subject&) const = default;
};

std::string subject(std::string_view kind, std::string_view id);
std::string_view kind_of(std::string_view subject);
std::string_view id_of(std::string_view subject);

// Each subject once, in the order of the schema; folded wins where a field of each kind names it.
std::vector<Subject> subjects_of(capnp::DynamicStruct::Reader message);
// The same into a vector that is used again and again, for whoever goes through a whole log.
void subjects_of(capnp::DynamicStruct::Reader message, std::vector<Subject>& found);

}  // namespace events
