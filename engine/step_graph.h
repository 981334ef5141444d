// What comes before what in a scheme, track by track: a step that does not apply to a track is not
// there for it. Points into the scheme. Immutable; any thread.
#pragma once

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "engine/scheme.h"

namespace engine {

class StepGraph {
 public:
  explicit StepGraph(const Scheme& scheme) : scheme_(scheme) {}

  // Those of the step's own list, or all of the scheme.
  std::vector<std::string_view> tracks_of(events::Step::Reader step) const;
  // The steps that the step itself names and that apply to the track.
  std::vector<events::Step::Reader> directly_before(events::Step::Reader step,
                                                    std::string_view track) const;
  // Everything that has been passed when the step may begin.
  std::set<std::string_view> before(events::Step::Reader step, std::string_view track) const;

  // Whether every step that is named in an `after` exists; else nothing can be said of the order.
  bool complete() const;
  bool takes_applications(std::string_view track) const;

  // The steps of one ring, in order, the first again at the end; empty if there is none.
  std::vector<std::string_view> ring() const;

 private:
  const Scheme& scheme_;
};

// Done for each application on its own: that it was passed stands in the application.
bool is_of_application(events::StepKind kind);
// A list of applications comes out of it.
bool makes_list(events::StepKind kind);

}  // namespace engine
