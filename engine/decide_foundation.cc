#include <algorithm>

#include "engine/decide_areas.h"
#include "engine/scheme_check.h"
#include "events/text_encoding.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::string;
using events::view;

// A record holds 65,535 bytes, and the envelope wants some of them.
constexpr std::size_t part_bytes_max = 48 << 10;

}  // namespace

Result<> decide_publish_calendar(Context& context, PublishCalendar::Reader command) {
  TRY(need_role(context, "administrator"));
  const Calendar& known = context.memory.get<CalendarState>(view(command.getCalendar())).calendar;
  for (auto notice : command.getNotices()) {
    Notice read = read_notice(notice, 0);
    TRY(check(read));
    bool there = std::ranges::any_of(known.notices(), [&](const Notice& one) {
      return one.paper == read.paper && one.announced_on == read.announced_on;
    });
    if (there) {
      return fail(Code::conflict, "该放假通知已发布过：" + read.paper,
                  "this notice has been published already: " + read.paper);
    }
    auto event = context.out.emit().initCalendarPublished();
    event.setCalendar(command.getCalendar());
    event.setNotice(notice);
  }
  if (command.getNotices().size() > 0) return {};
  return fail(Code::invalid, "没有放假通知", "there is no notice to publish");
}

Result<> decide_publish_scheme(Context& context, PublishScheme::Reader command) {
  TRY(need_role(context, "administrator"));
  std::string text = string(command.getText());
  auto scheme = TRY(read_checked_scheme(text, string(command.getScheme()) + ".yaml"));
  if (scheme->id() != view(command.getScheme())) {
    return fail(Code::invalid, "办法文件的标识是“" + scheme->id() + "”，与指令不符",
                "the file is about the scheme \"" + scheme->id() + "\", not the one named");
  }
  std::uint16_t parts = 0;
  for (std::size_t start = 0; start < text.size(); start += part_bytes_max) {
    auto part = context.out.emit().initSchemeTextAdded();
    part.setScheme(command.getScheme());
    part.setPart(parts++);
    std::string_view bytes = std::string_view(text).substr(start, part_bytes_max);
    part.setText(events::as_data(events::bytes_of(bytes)));
  }
  auto event = context.out.emit().initSchemePublished();
  event.setScheme(command.getScheme());
  event.setParts(parts);
  event.setSha256(events::as_data(events::sha256(events::bytes_of(text))));
  event.setName(scheme->reader().getName());
  event.setValidFrom(scheme->reader().getInForceFrom());
  event.setValidUntil(scheme->reader().getValidUntil());
  return {};
}

Result<> decide_repeal_scheme(Context& context, RepealScheme::Reader command) {
  TRY(need_role(context, "administrator"));
  const auto& known = context.memory.get<SchemeVersions>(view(command.getScheme()));
  if (known.versions.empty()) {
    return fail(Code::not_found, "办法尚未发布：" + string(command.getScheme()),
                "the scheme has not been published: " + string(command.getScheme()));
  }
  if (known.repealed > 0) {
    return fail(Code::conflict, "办法已登记废止，自 " + events::text(known.repealed_on) + " 起",
                "its repeal is on record, from " + events::text(known.repealed_on));
  }
  TRY(need_text(command.getDocument(), "废止须写明文号", "a repeal names its document"));
  auto event = context.out.emit().initSchemeRepealed();
  event.setScheme(command.getScheme());
  event.setRepealedOn(command.getRepealedOn());
  event.setDocument(command.getDocument());
  return {};
}

}  // namespace engine
