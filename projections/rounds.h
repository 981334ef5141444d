// How each round stands: one row a track, and one without a track for the round as a whole. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Rounds {
  static constexpr std::string_view name = "rounds";
  static constexpr std::uint32_t version = 3;
  static constexpr Audience audience{
      .staff = true, .deciders = true, .inspectors = true, .auditors = true};
  static constexpr Name title{"轮次", "rounds"};
  static constexpr KeyPart key[] = {{"round", {"轮次", "round"}}, {"track", {"类别", "track"}}};
  static constexpr Column columns[] = {
      {"round", {"轮次", "round"}},
      {"track", {"类别", "track"}},
      {"submitted", {"申报", "submitted"}, Align::right},
      {"withdrawn", {"撤回", "withdrawn"}, Align::right},
      {"accepted", {"受理", "accepted"}, Align::right},
      {"reviewed", {"已评审", "reviewed"}, Align::right},
      {"listed", {"名单", "listed"}, Align::right},
      {"vacant", {"空缺", "vacant"}, Align::right},
      {"conferred", {"授奖", "conferred"}, Align::right},
      {"step", {"最近步骤", "latest step"}},
      {"event", {"最近事项", "latest event"}, Align::left, true},
      {"since", {"时间", "since"}, Align::left, false, true},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
