#include "projections/projection.h"

namespace projections {

events::Words text(const Audience& audience) {
  events::Words words;
  auto add = [&](bool reads, std::string_view zh, std::string_view en) {
    if (!reads) return;
    if (!words.zh.empty()) words.zh += "、";
    if (!words.en.empty()) words.en += ", ";
    words.zh += zh;
    words.en += en;
  };
  add(audience.staff, "工作人员", "staff");
  add(audience.deciders, "评审决定人员", "those who decide");
  add(audience.administrators, "管理员", "administrators");
  add(audience.inspectors, "纪检监察人员", "inspectors");
  add(audience.auditors, "审计人员", "auditors");
  add(audience.owner, "本人", "the person concerned");
  if (words.zh.empty()) return {"无人", "nobody"};
  return words;
}

}  // namespace projections
