#include "projections/agenda.h"

#include "events/moment.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::Event;
using events::view;

constexpr std::string_view deadline = "deadline";
constexpr std::string_view notice_end = "noticeEnd";

// RFC 3339 in UTC, always of one length, so that the rows stand in the order of time.
std::string due(std::int64_t micros) { return events::text(events::to_moment(micros)); }

// Ids hold no slash, so that two deadlines never share one.
std::string deadline_id(std::string_view round, std::string_view step) {
  return std::string(round).append("/").append(step);
}

void add_deadlines(events::CallPublished::Reader event, const events::Recorded& recorded,
                   Rows& rows) {
  for (auto one : event.getDeadlines()) {
    json::value round = json_text(view(event.getRound()));
    json::value step = json_text(view(one.getStep()));
    json::object row;
    row["kindName"] = words("期限届满", "deadline passes");
    row["round"] = round;
    row["step"] = step;
    row["command"] = {{"passDeadline", {{"round", round}, {"step", step}}}};
    set_since(row, recorded);
    std::string id = deadline_id(view(event.getRound()), view(one.getStep()));
    rows.put({due(one.getCloses()), deadline, id}, std::move(row));
  }
}

void add_notice(events::NoticePublished::Reader event, const events::Recorded& recorded,
                Rows& rows) {
  json::object row;
  row["kindName"] = words("公示期满", "notice ends");
  row["round"] = json_text(view(event.getRound()));
  row["step"] = json_text(view(event.getStep()));
  row["track"] = json_text(view(event.getTrack()));
  row["command"] = {{"endNotice", {{"notice", json_text(view(event.getNotice()))}}}};
  set_since(row, recorded);
  std::string when = due(event.getCloses());
  // The event that ends it does not say when it was due.
  rows.keep({notice_end, view(event.getNotice())}, {{"due", json_text(when)}});
  rows.put({when, notice_end, view(event.getNotice())}, std::move(row));
}

void remove_notice(std::string_view notice, Rows& rows) {
  auto known = rows.kept({notice_end, notice});
  if (known) rows.remove({text_in(*known, "due"), notice_end, notice});
}

}  // namespace

void Agenda::apply(const events::Recorded& recorded, Rows& rows) {
  Event::Reader event = recorded.event();
  switch (event.which()) {
    case Event::CALL_PUBLISHED:
      return add_deadlines(event.getCallPublished(), recorded, rows);
    case Event::DEADLINE_PASSED: {
      auto body = event.getDeadlinePassed();
      return rows.remove({due(body.getCloses()), deadline,
                          deadline_id(view(body.getRound()), view(body.getStep()))});
    }
    case Event::NOTICE_PUBLISHED:
      return add_notice(event.getNoticePublished(), recorded, rows);
    case Event::NOTICE_ENDED:
      return remove_notice(view(event.getNoticeEnded().getNotice()), rows);
    default:
      return;
  }
}

}  // namespace projections
