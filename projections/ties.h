// The register of an inspector: what each person declared about each application, recusals, and
// what was done before and tried after them. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Ties {
  static constexpr std::string_view name = "ties";
  static constexpr std::uint32_t version = 1;
  static constexpr Audience audience{.inspectors = true, .auditors = true};
  static constexpr Name title{"利害关系与回避", "ties and recusals"};
  static constexpr KeyPart key[] = {{"application", {"申报", "application"}},
                                    {"person", {"人员", "person"}}};
  static constexpr Column columns[] = {
      {"application", {"申报", "application"}},
      {"person", {"人员", "person"}},
      {"declaredName", {"申报情况", "declared"}},
      {"groundName", {"事由", "ground"}},
      {"recusalName", {"回避", "recusal"}},
      {"clause", {"条款", "clause"}},
      {"scoresBeforeDeclaration", {"申报前评分", "scores before declaring"}, Align::right},
      {"scoresBeforeRecusal", {"回避前评分", "scores before recusal"}, Align::right},
      {"scoresAfterRecusal", {"回避后评分", "scores after"}, Align::right},
      {"refusedAfterRecusal", {"回避后被拒", "refused after"}, Align::right},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
