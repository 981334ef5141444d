// The register of an inspector: for each person and application what was declared, detected,
// requested and decided, what was done, and what was tried. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Ties {
  static constexpr std::string_view name = "ties";
  static constexpr std::uint32_t version = 2;
  static constexpr Audience audience{.inspectors = true, .auditors = true};
  static constexpr Name title{"利害关系与回避", "ties and recusals"};
  static constexpr KeyPart key[] = {{"application", {"申报", "application"}},
                                    {"person", {"人员", "person"}}};
  static constexpr Column columns[] = {
      {"application", {"申报", "application"}},
      {"person", {"人员", "person"}},
      {"declaredName", {"申报情况", "declared"}},
      {"groundName", {"事由", "ground"}},
      {"hintName", {"线索", "hint"}},
      {"requestName", {"申请", "request"}},
      {"recusalName", {"回避", "recusal"}},
      {"clause", {"条款", "clause"}},
      {"acts", {"办理", "acts"}, Align::right},
      {"refused", {"被拒", "refused"}, Align::right},
      {"scoresBeforeDeclaration", {"申报前评分", "scores before declaring"}, Align::right},
      {"scoresBeforeRecusal", {"回避前评分", "scores before recusal"}, Align::right},
      {"scoresVoided", {"作废评分", "voided"}, Align::right},
      {"scoresAfterRecusal", {"回避后评分", "scores after"}, Align::right},
      {"refusedAfterRecusal", {"回避后被拒", "refused after"}, Align::right},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
