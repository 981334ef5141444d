// When the members of a review group differ: an item on which they lie far apart, a sheet far from
// the mean of all, and what they then agree on. Exact integers. Pure; writer thread.
#pragma once

#include <string_view>

#include "engine/review_desk.h"
#include "engine/scoring.h"

namespace engine {

std::uint64_t total_of(const Sheet& sheet);  // In hundredths of a point.

// The individual scores of one item, in percent. At least one sheet has been submitted.
struct Range {
  unsigned lowest = 100;
  unsigned highest = 0;
};
Range range_of(const Desk& desk, std::string_view item);

// Whether so many percent can be agreed on without saying why: it lies within what the members gave
// for the item, and they do not lie so far apart that it has to be discussed.
bool needs_reason(const Desk& desk, Range range, unsigned percent);

// A sheet far from the mean needs a word from whoever wrote it.
events::Result<> need_outliers_explained(const Desk& desk);
// Where nobody agrees on scores, an item on which the members lie far apart needs a word from one
// of them.
events::Result<> need_spread_explained(const Desk& desk);
// Each item has been agreed on, and where it has to have a reason, it has one.
events::Result<> need_consensus(Context& context, const Desk& desk);
Fraction consensus_result(const Desk& desk);

}  // namespace engine
