// A round's step for one track, such as a ranking or a list: who is in question there, and how many
// places there are. Pure; writer thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "engine/context.h"

namespace engine {

struct TrackDesk {
  const Round& round;
  RoundStep at;
  StepTrack key;
};

// The actor may act at the step for this track now, and nothing was done at it yet.
events::Result<TrackDesk> track_desk(Context& context, std::string_view round,
                                     std::string_view step, std::string_view track,
                                     std::initializer_list<events::StepKind> kinds);
events::Result<> need_undone(const TrackDesk& desk);

// The applications of the track that can still come to the step: admitted, failed at no step before
// it, and on every list before it, however many steps lie between. Nobody else is waited for.
std::vector<std::string> in_the_running(const TrackDesk& desk);
// Those of the track from whom the step's list is chosen, best first as far as there is a ranking.
std::vector<RankedEntry> candidates(const TrackDesk& desk, std::string_view track);

bool in_quota(events::Quota::Reader quota, std::string_view track);
// What this step has done with the places of a quota: listed by it on all tracks that share them,
// or left vacant.
struct Places {
  std::size_t listed = 0;
  std::size_t vacant = 0;
};
Places used_places(const Round& round, std::string_view step, events::Quota::Reader quota);

// The steps whose results the step rests on for a track: those that it counts, or the review
// before.
std::vector<std::string> counted_steps(const RoundStep& at, std::string_view track);
const StepResult* result_of(const Round& round, std::string_view step, std::string_view track,
                            std::string_view application);
// A result is not changed once something was made of it: a ranking or a list behind `at` that
// counts the step.
events::Result<> need_uncounted(const Round& round, const RoundStep& at, std::string_view step,
                                std::string_view track);

}  // namespace engine
