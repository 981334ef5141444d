// Why an application stands where it does: every decision on it in order, with the clauses and
// grounds it was made on and what proves it. Nothing is judged again: the events carry it all.
// Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Explanation {
  static constexpr std::string_view name = "explanation";
  static constexpr std::uint32_t version = 2;
  static constexpr Audience audience{.inspectors = true, .auditors = true};
  static constexpr Name title{"决定依据", "explanation"};
  static constexpr KeyPart key[] = {{"application", {"申报", "application"}},
                                    {"position", {"位置", "position"}}};
  static constexpr Column columns[] = {
      {"position", {"位置", "position"}, Align::right},
      {"at", {"记录时间", "recorded"}, Align::left, false, true},
      {"step", {"步骤", "step"}},
      {"outcomeName", {"结果", "outcome"}},
      {"clauseText", {"条款", "clauses"}},
      {"groundText", {"依据", "grounds"}, Align::left, true},
      {"actor", {"办理人", "actor"}},
      {"leafHash", {"叶哈希", "leaf hash"}},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
