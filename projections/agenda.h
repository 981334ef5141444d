// What is due and when, the earliest first. Where only time has to be said to have passed, with the
// command that says so: whoever sends it needs to know nothing else. Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Agenda {
  static constexpr std::string_view name = "agenda";
  static constexpr std::uint32_t version = 3;
  static constexpr Audience audience{.staff = true, .inspectors = true, .auditors = true};
  static constexpr Name title{"待办", "agenda"};
  static constexpr KeyPart key[] = {
      {"due", {"到期", "due"}}, {"kind", {"种类", "kind"}}, {"id", {"编号", "id"}}};
  static constexpr Column columns[] = {
      {"due", {"到期", "due"}, Align::left, false, true},
      {"kindName", {"事项", "what"}},
      {"id", {"编号", "id"}},
      {"round", {"轮次", "round"}},
      {"step", {"步骤", "step"}},
      {"position", {"起因位置", "caused by"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
