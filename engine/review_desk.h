// What a review group has before it: the application at its review, the rubric of its track, and
// the sheets of those members who are not recused. Pure; writer thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/context.h"

namespace engine {

struct Desk {
  const Application& application;
  const Round& round;
  RoundStep at;
};

// The actor may work on the application at this review now.
events::Result<Desk> review_desk(Context& context, std::string_view application,
                                 std::string_view step);

// First the commitment, then the declaration for this very application, then the work.
events::Result<> need_commitment(const Context& context, const Desk& desk);

// The group that reviews the track; null where there is none yet.
const ReviewGroup* group_of(const Round& round, std::string_view track);
// The members of the application's group, without those who are recused from it.
std::vector<std::string> members_of(const Round& round, const Application& application);
// The leader of the application's group; where he is recused, the first member who is not.
events::Result<> need_leader(const Context& context, const Round& round, const RoundStep& at,
                             const Application& application);

const Sheet& sheet_of(const Desk& desk, std::string_view reviewer);
// Nobody sees, or agrees on, anything before all sheets lie on the table.
events::Result<> need_all_submitted(const Desk& desk);

std::string rubric_of(const RoundStep& at, std::string_view track);
// A scheme may name a rubric whose text its source does not give.
events::Result<> need_items(const RoundStep& at, std::string_view track);
const RubricItem* find_item(const RoundStep& at, std::string_view track, std::string_view item);
// What is wrong with so many percent for the item, if anything.
std::optional<events::Words> fault_in(const RoundStep& at, std::string_view track,
                                      std::string_view item, unsigned percent);

// What is wrong with the scores of a command, item by item: none is kept unless all are right.
class ScoreFaults {
 public:
  void add(capnp::Text::Reader item, events::Words words);
  events::Result<> result() const;

 private:
  std::vector<events::Fault> faults_;
};

// The clause that gives the terms of the review.
std::string review_clause(const RoundStep& at);

}  // namespace engine
