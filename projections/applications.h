// What an applicant, and whoever acted on his application, may know of it while the round goes on:
// how far it is and what is wanted of him, and nothing of scores, ranks and ballots. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Applications {
  static constexpr std::string_view name = "applications";
  static constexpr std::uint32_t version = 1;
  static constexpr Audience audience{.inspectors = true, .auditors = true, .owner = true};
  static constexpr Name title{"我的申报", "my applications"};
  static constexpr KeyPart key[] = {{"applicant", {"申报主体", "applicant"}},
                                    {"application", {"申报", "application"}}};
  static constexpr Column columns[] = {
      {"application", {"申报", "application"}},
      {"round", {"轮次", "round"}},
      {"track", {"类别", "track"}},
      {"step", {"步骤", "step"}},
      {"outcomeName", {"结果", "outcome"}},
      {"opinion", {"意见", "opinion"}, Align::left, true},
      {"since", {"时间", "since"}, Align::left, false, true},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
