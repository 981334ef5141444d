// How each application of a round stands: the last step that was decided on it, and how. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Board {
  static constexpr std::string_view name = "board";
  static constexpr std::uint32_t version = 2;
  static constexpr Audience audience{
      .staff = true, .deciders = true, .inspectors = true, .auditors = true};
  static constexpr Name title{"进度", "board"};
  static constexpr KeyPart key[] = {{"round", {"轮次", "round"}},
                                    {"track", {"类别", "track"}},
                                    {"application", {"申报", "application"}}};
  static constexpr Column columns[] = {
      {"track", {"类别", "track"}},
      {"application", {"申报", "application"}},
      {"applicant", {"申报主体", "applicant"}},
      {"step", {"步骤", "step"}},
      {"outcomeName", {"结果", "outcome"}},
      {"points", {"得分", "points"}, Align::right},
      {"rank", {"名次", "rank"}, Align::right},
      {"since", {"时间", "since"}, Align::left, false, true},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
