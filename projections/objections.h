// Objections: one row each, from its filing to its written report and what followed. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Objections {
  static constexpr std::string_view name = "objections";
  static constexpr std::uint32_t version = 1;
  static constexpr Audience audience{.staff = true, .inspectors = true, .auditors = true};
  static constexpr Name title{"异议", "objections"};
  static constexpr KeyPart key[] = {{"round", {"轮次", "round"}},
                                    {"objection", {"异议", "objection"}}};
  static constexpr Column columns[] = {
      {"objection", {"异议", "objection"}},
      {"notice", {"公示", "notice"}},
      {"application", {"申报", "application"}},
      {"objector", {"异议人", "objector"}},
      {"filed", {"提出", "filed"}, Align::left, false, true},
      {"content", {"内容", "content"}, Align::left, true},
      {"settleBy", {"应处理于", "settle by"}, Align::left, false, true},
      {"settled", {"处理", "settled"}, Align::left, false, true},
      {"outcomeName", {"结果", "outcome"}},
      {"report", {"核查报告", "report"}, Align::left, true},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
