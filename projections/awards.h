// Awards: what was approved and conferred, and which places were left vacant and why. Public. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Awards {
  static constexpr std::string_view name = "awards";
  static constexpr std::uint32_t version = 2;
  static constexpr Audience audience{
      .staff = true, .deciders = true, .inspectors = true, .auditors = true};
  static constexpr Name title{"获奖", "awards"};
  static constexpr KeyPart key[] = {{"round", {"轮次", "round"}},
                                    {"track", {"类别", "track"}},
                                    {"application", {"申报", "application"}},
                                    {"vacancy", {"空缺", "vacancy"}}};
  static constexpr Column columns[] = {
      {"track", {"类别", "track"}},
      {"application", {"申报", "application"}},
      {"applicant", {"申报主体", "applicant"}},
      {"award", {"奖项", "award"}},
      {"stateName", {"状态", "state"}},
      {"places", {"空缺名额", "places vacant"}, Align::right},
      {"document", {"批准文号", "document"}},
      {"conferredOn", {"授奖日期", "conferred on"}},
      {"certificate", {"证书", "certificate"}},
      {"reason", {"理由", "reason"}, Align::left, true},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
