#include "projections/notices.h"

#include "events/moment.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::Event;
using events::view;

json::object running() { return words("公示中", "running"); }
json::object ended() { return words("已结束", "ended"); }

// Changes a notice's row; of one that is not known there is nothing to say.
template <class Change>
void change(Rows& rows, std::string_view notice, const events::Recorded& recorded,
            const Change& apply) {
  auto known = rows.kept({"notice", notice});
  if (!known) return;
  std::string round = text_in(*known, "round");
  auto row = rows.get({round, notice}).value_or(json::object());
  apply(row);
  set_since(row, recorded);
  rows.put({round, notice}, std::move(row));
}

void set_state(Rows& rows, std::string_view notice, const events::Recorded& recorded,
               json::object state, std::string_view reason = {}) {
  change(rows, notice, recorded, [&](json::object& row) {
    row["stateName"] = std::move(state);
    set_text(row, "reason", reason);
  });
}

void set_end(json::object& row, std::int32_t last_day, std::int64_t closes) {
  row["lastDay"] = events::text(events::to_date(last_day));
  row["closes"] = events::text(events::to_moment(closes));
}

// A list that is shown anew has done with its earlier notice, whose open objections it inherits;
// the number of those.
std::int64_t succeed(std::string_view earlier, std::string_view notice,
                     const events::Recorded& recorded, Rows& rows) {
  auto known = rows.kept({"notice", earlier});
  if (!known) return 0;
  (*known)["next"] = json_text(notice);
  auto row = rows.get({text_in(*known, "round"), earlier});
  rows.keep({"notice", earlier}, std::move(*known));
  if (!row) return 0;
  const auto& state = row->at("stateName");
  if (state == json::value(running()) || state == json::value(ended())) {
    set_state(rows, earlier, recorded, words("已重新公示", "shown anew"));
  }
  return count_in(*row, "open");
}

// An objection is settled for the notice that it was filed against, and for all that came after.
void settle(std::string_view filed_against, const events::Recorded& recorded, Rows& rows) {
  std::string notice(filed_against);
  while (!notice.empty()) {
    change(rows, notice, recorded, [](json::object& row) { add_to(row, "open", -1); });
    auto known = rows.kept({"notice", notice});
    notice = known ? text_in(*known, "next") : std::string();
  }
}

void publish(events::NoticePublished::Reader event, const events::Recorded& recorded, Rows& rows) {
  std::string_view round = view(event.getRound());
  std::string_view step = view(event.getStep());
  std::string_view track = view(event.getTrack());
  auto earlier = rows.kept({"shown", round, step, track});
  std::int64_t open =
      earlier ? succeed(text_in(*earlier, "notice"), view(event.getNotice()), recorded, rows) : 0;
  rows.keep({"shown", round, step, track}, {{"notice", json_text(view(event.getNotice()))}});
  rows.keep({"notice", view(event.getNotice())}, {{"round", json_text(round)}});
  json::object row;
  row["step"] = json_text(step);
  row["track"] = json_text(track);
  row["stateName"] = running();
  if (open > 0) row["open"] = open;
  row["listed"] = event.getListed().size();
  row["opensOn"] = events::text(events::to_date(event.getOpensOn()));
  set_end(row, event.getLastDay(), event.getCloses());
  set_since(row, recorded);
  rows.put({round, view(event.getNotice())}, std::move(row));
}

// Once the list that it shows was undone, a notice says nothing any more.
void undo(events::ScoresVoided::Reader event, const events::Recorded& recorded, Rows& rows) {
  for (auto step : event.getUndone()) {
    auto shown = rows.kept({"shown", view(event.getRound()), view(step), view(event.getTrack())});
    if (!shown) continue;
    set_state(rows, text_in(*shown, "notice"), recorded,
              words("名单失效，随之作废", "void: its list no longer holds"));
  }
}

}  // namespace

void Notices::apply(const events::Recorded& recorded, Rows& rows) {
  auto event = recorded.event();
  auto count = [&](std::string_view notice, std::string_view member, std::int64_t more) {
    change(rows, notice, recorded, [&](json::object& row) { add_to(row, member, more); });
  };
  if (event.isNoticePublished()) {
    publish(event.getNoticePublished(), recorded, rows);
  } else if (event.isDeadlineMoved()) {
    auto moved = event.getDeadlineMoved();
    change(rows, view(moved.getNotice()), recorded,
           [&](json::object& row) { set_end(row, moved.getLastDay(), moved.getCloses()); });
  } else if (event.isInternalNoticeProven()) {
    count(view(event.getInternalNoticeProven().getNotice()), "proofs", 1);
  } else if (event.isObjectionFiled()) {
    count(view(event.getObjectionFiled().getNotice()), "objections", 1);
    count(view(event.getObjectionFiled().getNotice()), "open", 1);
  } else if (event.isObjectionSettled()) {
    settle(view(event.getObjectionSettled().getNotice()), recorded, rows);
  } else if (event.isNoticeInterrupted()) {
    auto interrupted = event.getNoticeInterrupted();
    set_state(rows, view(interrupted.getNotice()), recorded, words("已中断", "interrupted"),
              view(interrupted.getReason()));
  } else if (event.isNoticeEnded()) {
    set_state(rows, view(event.getNoticeEnded().getNotice()), recorded, ended());
  } else if (event.isScoresVoided()) {
    undo(event.getScoresVoided(), recorded, rows);
  }
}

}  // namespace projections
