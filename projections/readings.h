// Who looked at ties and personal texts, and when: reading them is itself an event. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Readings {
  static constexpr std::string_view name = "readings";
  static constexpr std::uint32_t version = 1;
  static constexpr Audience audience{.inspectors = true, .auditors = true, .owner = true};
  static constexpr Name title{"查阅记录", "readings"};
  static constexpr KeyPart key[] = {{"reader", {"查阅人", "reader"}},
                                    {"position", {"位置", "position"}}};
  static constexpr Column columns[] = {
      {"reader", {"查阅人", "reader"}},
      {"time", {"时间", "time"}, Align::left, false, true},
      {"view", {"视图", "view"}},
      {"keyText", {"范围", "what"}, Align::left, true},
      {"at", {"截至位置", "as of"}, Align::right},
      {"opened", {"含个人信息", "personal texts"}},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
