// Ballots: one row for the ballot, one a candidate with its votes counted, and one a member who
// voted. Who voted what is shown of an open ballot only; of a secret one, no more than that
// somebody voted. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Ballots {
  static constexpr std::string_view name = "ballots";
  static constexpr std::uint32_t version = 1;
  static constexpr Audience audience{.inspectors = true, .auditors = true};
  static constexpr Name title{"表决", "ballots"};
  static constexpr KeyPart key[] = {{"round", {"轮次", "round"}},
                                    {"track", {"类别", "track"}},
                                    {"ballot", {"表决", "ballot"}},
                                    {"application", {"申报", "application"}},
                                    {"member", {"成员", "member"}}};
  static constexpr Column columns[] = {
      {"ballot", {"表决", "ballot"}},
      {"step", {"步骤", "step"}},
      {"track", {"类别", "track"}},
      {"application", {"申报", "application"}},
      {"member", {"成员", "member"}},
      {"outcomeName", {"结果", "outcome"}},
      {"favour", {"同意", "favour"}, Align::right},
      {"against", {"反对", "against"}, Align::right},
      {"abstain", {"弃权", "abstain"}, Align::right},
      {"recused", {"回避", "recused"}, Align::right},
      {"present", {"到会", "present"}, Align::right},
      {"members", {"成员数", "members"}, Align::right},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
