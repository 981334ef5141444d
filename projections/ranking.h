// Each ranking as it was fixed: exact results, shared ranks, how a tie was settled, and whether the
// lists made since have the application, with their reasons. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Ranking {
  static constexpr std::string_view name = "ranking";
  static constexpr std::uint32_t version = 1;
  static constexpr Audience audience{
      .staff = true, .deciders = true, .inspectors = true, .auditors = true};
  static constexpr Name title{"排序", "ranking"};
  static constexpr KeyPart key[] = {{"round", {"轮次", "round"}},
                                    {"track", {"类别", "track"}},
                                    {"step", {"步骤", "step"}},
                                    {"rank", {"名次", "rank"}},
                                    {"application", {"申报", "application"}}};
  static constexpr Column columns[] = {
      {"track", {"类别", "track"}},
      {"step", {"步骤", "step"}},
      {"rank", {"名次", "rank"}, Align::right},
      {"sharedBy", {"并列", "shared by"}, Align::right},
      {"place", {"裁定次序", "settled as"}, Align::right},
      {"application", {"申报", "application"}},
      {"points", {"得分", "points"}, Align::right},
      {"list", {"名单", "list"}},
      {"outcomeName", {"结果", "outcome"}},
      {"reason", {"理由", "reason"}, Align::left, true},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
