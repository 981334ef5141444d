// Scores as they stand: one row an item and reviewer; without a reviewer what the group agreed on
// for an item, or what a visit changed in it; without an item the total of a submitted sheet;
// without item and reviewer the result of the step, exact. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Scores {
  static constexpr std::string_view name = "scores";
  static constexpr std::uint32_t version = 2;
  static constexpr Audience audience{.inspectors = true, .auditors = true};
  static constexpr Name title{"评分", "scores"};
  static constexpr KeyPart key[] = {{"application", {"申报", "application"}},
                                    {"step", {"步骤", "step"}},
                                    {"item", {"评分项", "item"}},
                                    {"reviewer", {"评审员", "reviewer"}}};
  static constexpr Column columns[] = {
      {"application", {"申报", "application"}},
      {"step", {"步骤", "step"}},
      {"kindName", {"种类", "kind"}},
      {"item", {"评分项", "item"}},
      {"reviewer", {"评审员", "reviewer"}},
      {"percent", {"百分比", "percent"}, Align::right},
      {"points", {"得分", "points"}, Align::right},
      {"spread", {"个人评分", "individual"}, Align::right},
      {"deviation", {"偏离均值%", "off mean %"}, Align::right},
      {"change", {"调整", "change"}, Align::right},
      {"revisions", {"修改次数", "revisions"}, Align::right},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
  static boost::json::object render(const events::Recorded& recorded, KeyTexts key,
                                    const boost::json::object& rest);
};

}  // namespace projections
