// How each review group came to be: draws with their state, groups with who belongs to them now,
// and what was replaced. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Draws {
  static constexpr std::string_view name = "draws";
  static constexpr std::uint32_t version = 1;
  static constexpr Audience audience{.inspectors = true, .auditors = true};
  static constexpr Name title{"抽取与评审组", "draws and groups"};
  static constexpr KeyPart key[] = {{"round", {"轮次", "round"}},
                                    {"track", {"类别", "track"}},
                                    {"id", {"抽取或评审组", "draw or group"}}};
  static constexpr Column columns[] = {
      {"track", {"类别", "track"}},
      {"id", {"抽取或评审组", "draw or group"}},
      {"stateName", {"状态", "state"}},
      {"candidates", {"候选", "candidates"}, Align::right},
      {"excluded", {"排除", "excluded"}, Align::right},
      {"witness", {"监督人", "witness"}},
      {"members", {"成员", "members"}, Align::left, true},
      {"leader", {"组长", "leader"}},
      {"replaced", {"更换", "replaced"}, Align::right},
      {"reason", {"理由", "reason"}, Align::left, true},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
