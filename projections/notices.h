// Notices: one row each, with what is shown, how long, and what was objected. Public matter, but
// for the objections, of which only the number stands here. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Notices {
  static constexpr std::string_view name = "notices";
  static constexpr std::uint32_t version = 2;
  static constexpr Audience audience{
      .staff = true, .deciders = true, .inspectors = true, .auditors = true};
  static constexpr Name title{"公示", "notices"};
  static constexpr KeyPart key[] = {{"round", {"轮次", "round"}}, {"notice", {"公示", "notice"}}};
  static constexpr Column columns[] = {
      {"notice", {"公示", "notice"}},
      {"step", {"步骤", "step"}},
      {"track", {"类别", "track"}},
      {"stateName", {"状态", "state"}},
      {"listed", {"列示", "listed"}, Align::right},
      {"opensOn", {"开始", "from"}},
      {"lastDay", {"最后一天", "last day"}},
      {"closes", {"截止", "closes"}, Align::left, false, true},
      {"proofs", {"内部公示证明", "proven inside"}, Align::right},
      {"objections", {"异议", "objections"}, Align::right},
      {"open", {"未处理", "open"}, Align::right},
      {"reason", {"理由", "reason"}, Align::left, true},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
