#include <string>
#include <vector>

#include "engine/scheme_checks.h"
#include "events/record.h"

namespace engine {
namespace {

using events::Step;
using events::StepKind;
using events::view;

bool of_kind(const SchemeCheck& check, StepKind kind) {
  for (auto step : check.scheme.reader().getSteps()) {
    if (step.getKind() == kind) return true;
  }
  return false;
}

// On every track of a step, some of the steps that it names must be there: where none is, the
// engine would find nothing to wait for.
void check_begin(const SchemeCheck& check, Step::Reader step) {
  if (step.getAfter().size() == 0) return;
  std::vector<std::string_view> open;
  for (std::string_view track : check.graph.tracks_of(step)) {
    if (!check.graph.takes_applications(track)) continue;
    if (check.graph.directly_before(step, track).empty()) open.push_back(track);
  }
  if (open.empty()) return;
  check.report.add(
      SchemePath{} / "steps" / view(step.getStep()) / "after",
      "对这些类别，所列步骤都不适用，此步骤之前没有任何步骤：" + joined(open),
      "on these tracks none of these steps applies, so nothing comes before this one: " +
          joined(open));
}

// The track has a step of kind confer, and an application can get there.
bool gets_to_award(const SchemeCheck& check, std::string_view track) {
  for (auto step : check.scheme.reader().getSteps()) {
    if (step.getKind() != StepKind::CONFER || !check.scheme.applies(step, track)) continue;
    for (std::string_view id : check.graph.before(step, track)) {
      if (check.scheme.step(id)->getKind() == StepKind::APPLY) return true;
    }
  }
  return false;
}

// A scheme that confers nothing, like one that only grades, ends with any step.
void check_track(const SchemeCheck& check, std::string_view track) {
  SchemePath path = SchemePath{} / "tracks" / track;
  if (!check.graph.takes_applications(track)) {
    check.report.add(path, "没有可供此类别申报的步骤（apply）",
                     "no step of kind apply takes applications on this track");
  } else if (of_kind(check, StepKind::CONFER) && !gets_to_award(check, track)) {
    check.report.add(path, "此类别的申报到不了授奖步骤（confer）",
                     "no application on this track can get to a step of kind confer");
  }
}

}  // namespace

void check_order(const SchemeCheck& check) {
  if (auto ring = check.graph.ring(); !ring.empty()) {
    std::string way;
    for (std::string_view step : ring) way += (way.empty() ? "" : " → ") + std::string(step);
    check.report.add(SchemePath{} / "steps" / ring.front() / "after",
                     "步骤互相等待，谁也不能开始：" + way,
                     "these steps wait for each other, so none can begin: " + way);
    return;
  }
  if (!check.graph.complete()) return;
  for (auto step : check.scheme.reader().getSteps()) check_begin(check, step);
  for (auto track : check.scheme.reader().getTracks()) check_track(check, view(track.getTrack()));
}

}  // namespace engine
