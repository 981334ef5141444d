// What each member of a review group has to do: one row a member and application, from the group's
// forming to the submitted sheet. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Assignments {
  static constexpr std::string_view name = "assignments";
  static constexpr std::uint32_t version = 1;
  static constexpr Audience audience{.inspectors = true, .auditors = true, .owner = true};
  static constexpr Name title{"评审任务", "assignments"};
  static constexpr KeyPart key[] = {{"reviewer", {"评审员", "reviewer"}},
                                    {"application", {"申报", "application"}}};
  static constexpr Column columns[] = {
      {"reviewer", {"评审员", "reviewer"}},
      {"application", {"申报", "application"}},
      {"round", {"轮次", "round"}},
      {"track", {"类别", "track"}},
      {"stateName", {"状态", "state"}},
      {"items", {"已评项", "items scored"}, Align::right},
      {"since", {"时间", "since"}, Align::left, false, true},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
