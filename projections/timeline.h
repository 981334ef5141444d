// What happened, by subject: application/A-01, round/2026, applicant/…, person/… and every other
// kind. What a person did stands under that person, refused attempts under what they were tried on.
// Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Timeline {
  static constexpr std::string_view name = "timeline";
  static constexpr std::uint32_t version = 1;
  static constexpr Audience audience{.inspectors = true, .auditors = true};
  static constexpr Name title{"时间线", "timeline"};
  static constexpr KeyPart key[] = {{"subject", {"对象", "subject"}},
                                    {"position", {"位置", "position"}}};
  static constexpr Column columns[] = {
      {"position", {"位置", "position"}, Align::right},
      {"at", {"记录时间", "recorded"}, Align::left, false, true},
      {"effectiveOn", {"生效日期", "effective"}},
      {"typeName", {"事项", "event"}},
      {"actor", {"办理人", "actor"}},
      {"role", {"身份", "role"}},
      {"summary", {"摘要", "summary"}, Align::left, true},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
  static boost::json::object render(const events::Recorded& recorded, KeyTexts key,
                                    const boost::json::object& rest);
};

}  // namespace projections
