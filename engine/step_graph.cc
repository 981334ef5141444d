#include "engine/step_graph.h"

#include <algorithm>

#include "events/record.h"

namespace engine {
namespace {

using events::Step;
using events::StepKind;
using events::view;

enum class Mark { open, done };

// Depth first; the way that was taken is the ring, once it comes to a step that stands on it.
class RingSearch {
 public:
  explicit RingSearch(const Scheme& scheme) : scheme_(scheme) {}

  bool found_from(std::string_view step) {
    auto [mark, first_time] = marks_.emplace(step, Mark::open);
    way_.push_back(step);
    if (!first_time) return mark->second == Mark::open ? true : (way_.pop_back(), false);
    for (auto one : scheme_.step(step)->getAfter()) {
      if (scheme_.step(view(one)) && found_from(view(one))) return true;
    }
    marks_[step] = Mark::done;
    way_.pop_back();
    return false;
  }

  std::vector<std::string_view> ring() const {
    auto start = std::ranges::find(way_, way_.back());
    // Each step names what comes before it, so the way leads backwards.
    std::vector<std::string_view> ring(start, way_.end());
    std::ranges::reverse(ring);
    return ring;
  }

 private:
  const Scheme& scheme_;
  std::map<std::string_view, Mark> marks_;
  std::vector<std::string_view> way_;
};

}  // namespace

std::vector<std::string_view> StepGraph::tracks_of(Step::Reader step) const {
  std::vector<std::string_view> tracks;
  for (auto track : scheme_.reader().getTracks()) {
    if (scheme_.applies(step, view(track.getTrack()))) tracks.push_back(view(track.getTrack()));
  }
  return tracks;
}

std::vector<Step::Reader> StepGraph::directly_before(Step::Reader step,
                                                     std::string_view track) const {
  std::vector<Step::Reader> steps;
  for (auto id : step.getAfter()) {
    auto one = scheme_.step(view(id));
    if (one && scheme_.applies(*one, track)) steps.push_back(*one);
  }
  return steps;
}

std::set<std::string_view> StepGraph::before(Step::Reader step, std::string_view track) const {
  std::set<std::string_view> reached;
  std::vector<Step::Reader> open = {step};
  while (!open.empty()) {
    Step::Reader next = open.back();
    open.pop_back();
    for (Step::Reader one : directly_before(next, track)) {
      if (reached.insert(view(one.getStep())).second) open.push_back(one);
    }
  }
  return reached;
}

bool StepGraph::complete() const {
  for (auto step : scheme_.reader().getSteps()) {
    for (auto id : step.getAfter()) {
      if (!scheme_.step(view(id))) return false;
    }
  }
  return true;
}

bool StepGraph::takes_applications(std::string_view track) const {
  for (auto step : scheme_.reader().getSteps()) {
    if (step.getKind() == StepKind::APPLY && scheme_.applies(step, track)) return true;
  }
  return false;
}

std::vector<std::string_view> StepGraph::ring() const {
  RingSearch search(scheme_);
  for (auto step : scheme_.reader().getSteps()) {
    if (search.found_from(view(step.getStep()))) return search.ring();
  }
  return {};
}

bool is_of_application(StepKind kind) {
  switch (kind) {
    case StepKind::CALL:
    case StepKind::DRAW:
    case StepKind::RANK:
    case StepKind::SELECT:
    case StepKind::NOTICE:
    case StepKind::DELIBERATE:
    case StepKind::APPROVE:
      return false;
    case StepKind::APPLY:
    case StepKind::RECOMMEND:
    case StepKind::EXAMINE:
    case StepKind::ACCEPT:
    case StepKind::REVIEW:
    case StepKind::VISIT:
    case StepKind::HEAR:
    case StepKind::DEFEND:
    case StepKind::EVALUATE:
    case StepKind::CONSULT:
    case StepKind::NOTIFY:
    case StepKind::CONFER:
    case StepKind::PAY:
    case StepKind::REPORT:
    case StepKind::RECORD:
      return true;
  }
  return false;
}

bool makes_list(StepKind kind) { return kind == StepKind::SELECT || kind == StepKind::DELIBERATE; }

}  // namespace engine
