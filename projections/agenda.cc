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
constexpr std::string_view feedback = "feedback";
constexpr std::string_view supplement = "supplement";
constexpr std::string_view answer = "answer";
constexpr std::string_view settlement = "settlement";
constexpr std::string_view term = "term";

// RFC 3339 in UTC, always of one length, so that the rows stand in the order of time.
std::string due(std::int64_t micros) { return events::text(events::to_moment(micros)); }

// Ids hold no slash, so that two of them never make one of two ways.
std::string joint_id(std::string_view first, std::string_view second) {
  return std::string(first).append("/").append(second);
}

// The event that does away with a row does not say when it was due.
void put_due(Rows& rows, std::string_view kind, std::string_view id, const std::string& when,
             json::object row) {
  rows.keep({kind, id}, {{"due", json_text(when)}});
  rows.put({when, kind, id}, std::move(row));
}

void remove_due(Rows& rows, std::string_view kind, std::string_view id) {
  auto known = rows.kept({kind, id});
  if (known) rows.remove({text_in(*known, "due"), kind, id});
}

// The same row, due later.
void move_due(Rows& rows, std::string_view kind, std::string_view id, const std::string& when) {
  auto known = rows.kept({kind, id});
  if (!known) return;
  std::string before = text_in(*known, "due");
  auto row = rows.get({before, kind, id});
  if (!row) return;
  rows.remove({before, kind, id});
  put_due(rows, kind, id, when, std::move(*row));
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
    std::string id = joint_id(view(event.getRound()), view(one.getStep()));
    put_due(rows, deadline, id, due(one.getCloses()), std::move(row));
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
  // A list that is shown anew has done with its earlier notice.
  std::string place = joint_id(view(event.getStep()), view(event.getTrack()));
  if (auto earlier = rows.kept({"shown", view(event.getRound()), place})) {
    remove_due(rows, notice_end, text_in(*earlier, "notice"));
  }
  rows.keep({"shown", view(event.getRound()), place},
            {{"notice", json_text(view(event.getNotice()))}});
  put_due(rows, notice_end, view(event.getNotice()), due(event.getCloses()), std::move(row));
}

void move_deadline(events::DeadlineMoved::Reader event, Rows& rows) {
  std::string when = due(event.getCloses());
  if (event.getNotice().size() > 0)
    return move_due(rows, notice_end, view(event.getNotice()), when);
  move_due(rows, deadline, joint_id(view(event.getRound()), view(event.getStep())), when);
}

// Whoever did not come on the list is told at the step that the event names, and at once.
void add_feedback(events::ListFixed::Reader event, const events::Recorded& recorded, Rows& rows) {
  if (event.getTold().size() == 0) return;
  for (auto application : event.getOthers()) {
    json::object row;
    row["kindName"] = words("反馈未入围者", "tell one who is not on the list");
    row["round"] = json_text(view(event.getRound()));
    row["step"] = json_text(view(event.getTold()));
    row["track"] = json_text(view(event.getTrack()));
    row["application"] = json_text(view(application));
    set_since(row, recorded);
    put_due(rows, feedback, joint_id(view(application), view(event.getTold())),
            events::text(recorded.at()), std::move(row));
  }
}

void add_wait(Rows& rows, const events::Recorded& recorded, std::string_view kind,
              std::string_view id, std::int64_t closes, json::object row) {
  if (closes == 0) return;  // No time is set, so nothing is due.
  set_since(row, recorded);
  put_due(rows, kind, id, due(closes), std::move(row));
}

// What is waited for: a supplement, a department's answer, the settling of an objection.
void wait_or_done(Event::Reader event, const events::Recorded& recorded, Rows& rows) {
  if (event.isSupplementRequested()) {
    auto body = event.getSupplementRequested();
    add_wait(rows, recorded, supplement,
             joint_id(view(body.getApplication()), view(body.getStep())), body.getCloses(),
             {{"kindName", words("补正期满", "time for a supplement ends")},
              {"step", json_text(view(body.getStep()))}});
  } else if (event.isSupplementFiled()) {
    auto body = event.getSupplementFiled();
    remove_due(rows, supplement, joint_id(view(body.getApplication()), view(body.getStep())));
  } else if (event.isDepartmentAsked()) {
    auto body = event.getDepartmentAsked();
    add_wait(rows, recorded, answer, view(body.getConsultation()), body.getCloses(),
             {{"kindName", words("部门答复期满", "time for an answer ends")},
              {"step", json_text(view(body.getStep()))}});
  } else if (event.isDepartmentAnswered()) {
    remove_due(rows, answer, view(event.getDepartmentAnswered().getConsultation()));
  } else if (event.isObjectionFiled()) {
    auto body = event.getObjectionFiled();
    add_wait(rows, recorded, settlement, view(body.getObjection()), body.getSettleBy(),
             {{"kindName", words("异议处理期满", "time to settle an objection ends")},
              {"round", json_text(view(body.getRound()))}});
  } else if (event.isObjectionSettled()) {
    remove_due(rows, settlement, view(event.getObjectionSettled().getObjection()));
  }
}

// What an act at the step ends: it has been told, and it waits no longer for a supplement.
void act(events::Acted::Reader event, Rows& rows) {
  std::string id = joint_id(view(event.getApplication()), view(event.getStep()));
  remove_due(rows, feedback, id);
  remove_due(rows, supplement, id);
}

// A notice whose list no longer holds is not ended: there is nothing left to wait for.
void remove_undone(events::ScoresVoided::Reader event, Rows& rows) {
  for (auto step : event.getUndone()) {
    std::string place = joint_id(view(step), view(event.getTrack()));
    auto shown = rows.kept({"shown", view(event.getRound()), place});
    if (shown) remove_due(rows, notice_end, text_in(*shown, "notice"));
  }
}

// The role as the command that ends it names it; a row is found again by it.
json::object role_of(events::Role::Reader role) {
  json::object out{{"person", json_text(view(role.getPerson()))},
                   {"role", json_text(view(role.getRole()))}};
  set_text(out, "scheme", view(role.getScheme()));
  set_text(out, "body", view(role.getBody()));
  set_text(out, "round", view(role.getRound()));
  return out;
}

void add_term(events::RoleGranted::Reader event, const events::Recorded& recorded, Rows& rows) {
  auto role = event.getRole();
  if (event.getCloses() == 0) return;
  json::object row;
  row["kindName"] = words("任期届满", "term of a role ends");
  row["command"] = {{"expireRole", {{"role", role_of(role)}}}};
  set_since(row, recorded);
  rows.keep({"role", view(role.getPerson()), view(role.getRole()), view(role.getScheme()),
             view(role.getBody()), view(role.getRound())},
            {{"proposal", json_text(view(event.getProposal()))}});
  put_due(rows, term, view(event.getProposal()), due(event.getCloses()), std::move(row));
}

void remove_term(events::Role::Reader role, Rows& rows) {
  auto known = rows.kept({"role", view(role.getPerson()), view(role.getRole()),
                          view(role.getScheme()), view(role.getBody()), view(role.getRound())});
  if (known) remove_due(rows, term, text_in(*known, "proposal"));
}

}  // namespace

void Agenda::apply(const events::Recorded& recorded, Rows& rows) {
  Event::Reader event = recorded.event();
  switch (event.which()) {
    case Event::CALL_PUBLISHED:
      return add_deadlines(event.getCallPublished(), recorded, rows);
    case Event::DEADLINE_PASSED: {
      auto body = event.getDeadlinePassed();
      return remove_due(rows, deadline, joint_id(view(body.getRound()), view(body.getStep())));
    }
    case Event::DEADLINE_MOVED:
      return move_deadline(event.getDeadlineMoved(), rows);
    case Event::NOTICE_PUBLISHED:
      return add_notice(event.getNoticePublished(), recorded, rows);
    case Event::NOTICE_ENDED:
      return remove_due(rows, notice_end, view(event.getNoticeEnded().getNotice()));
    case Event::NOTICE_INTERRUPTED:
      return remove_due(rows, notice_end, view(event.getNoticeInterrupted().getNotice()));
    case Event::LIST_FIXED:
      return add_feedback(event.getListFixed(), recorded, rows);
    case Event::ACTED:
      return act(event.getActed(), rows);
    case Event::SCORES_VOIDED:
      return remove_undone(event.getScoresVoided(), rows);
    case Event::ROLE_GRANTED:
      return add_term(event.getRoleGranted(), recorded, rows);
    case Event::ROLE_ENDED:
      return remove_term(event.getRoleEnded().getRole(), rows);
    default:
      return wait_or_done(event, recorded, rows);
  }
}

}  // namespace projections
