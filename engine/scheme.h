// A scheme as the engine uses it: read from its YAML once, checked once, names resolved. Immutable;
// any thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/error.h"
#include "events/message.h"
#include "events/node.h"
#include "events/scheme.capnp.h"

namespace engine {

// A leaf of a rubric: what a reviewer scores.
struct RubricItem {
  std::string item;
  unsigned points = 0;
};

class Scheme {
 public:
  // The form alone: every fault of spelling and type. What the file means is asked by check_scheme.
  static events::Result<std::shared_ptr<const Scheme>> read(std::string_view yaml,
                                                            std::string_view source);
  explicit Scheme(events::Message<events::Scheme> message);

  events::Scheme::Reader reader() const { return message_.reader(); }
  std::string id() const;

  std::optional<events::Step::Reader> step(std::string_view id) const;
  std::optional<events::Track::Reader> track(std::string_view id) const;
  std::optional<events::Form::Reader> form(std::string_view id) const;
  std::optional<events::Clause::Reader> clause(std::string_view cite) const;
  std::optional<events::Organ::Reader> organ(std::string_view id) const;
  std::optional<events::Rubric::Reader> rubric(std::string_view id) const;

  const std::vector<RubricItem>& items(std::string_view rubric) const;
  // The track's award; empty for an unknown track.
  std::string award_of(std::string_view track) const;
  bool applies(events::Step::Reader step, std::string_view track) const;

 private:
  template <class T>
  using Index = std::map<std::string, typename T::Reader, std::less<>>;

  events::Message<events::Scheme> message_;
  Index<events::Step> steps_;
  Index<events::Track> tracks_;
  Index<events::Form> forms_;
  Index<events::Clause> clauses_;
  Index<events::Organ> organs_;
  Index<events::Rubric> rubrics_;
  std::map<std::string, std::vector<RubricItem>, std::less<>> items_;
};

}  // namespace engine
