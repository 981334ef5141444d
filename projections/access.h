// Who may come in over the network: one row a credential, with who issued, confirmed and ended it.
// Pure.
#pragma once

#include "projections/projection.h"

namespace projections {

struct Access {
  static constexpr std::string_view name = "access";
  static constexpr std::uint32_t version = 1;
  static constexpr Audience audience{
      .administrators = true, .inspectors = true, .auditors = true, .owner = true};
  static constexpr Name title{"登录凭证", "credentials"};
  static constexpr KeyPart key[] = {{"person", {"人员", "person"}},
                                    {"credential", {"凭证", "credential"}}};
  static constexpr Column columns[] = {
      {"person", {"人员", "person"}},
      {"id", {"编号", "id"}},
      {"kindName", {"种类", "kind"}},
      {"label", {"用途", "label"}, Align::left, true},
      {"stateName", {"状态", "state"}},
      {"issuedBy", {"签发", "issued by"}},
      {"confirmedBy", {"确认", "confirmed by"}},
      {"issued", {"签发时间", "issued"}, Align::left, false, true},
      {"expires", {"失效", "expires"}, Align::left, false, true},
      {"position", {"位置", "position"}, Align::right},
  };
  static void apply(const events::Recorded& recorded, Rows& rows);
};

}  // namespace projections
