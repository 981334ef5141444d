#include "projections/ties.h"

#include "events/subject.h"
#include "projections/about.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::Event;
using events::Recorded;
using events::view;

bool is_recused(const json::object& row) { return row.contains("recusal"); }

json::object row_of(Rows& rows, std::string_view application, std::string_view person) {
  return rows.get({application, person}).value_or(json::object());
}

void put(Rows& rows, std::string_view application, std::string_view person, json::object row,
         const Recorded& recorded) {
  set_since(row, recorded);
  rows.put({application, person}, std::move(row));
}

void declare(events::TieDeclared::Reader event, const Recorded& recorded, Rows& rows) {
  json::object row = row_of(rows, view(event.getApplication()), view(event.getReviewer()));
  if (event.isTie()) {
    row["declared"] = "tie";
    row["declaredName"] = words("有利害关系", "tie");
    row["ground"] = code_of(event.getTie().getGround());
    row["groundName"] = words_of(event.getTie().getGround());
    row["explanation"] = json_text(view(event.getTie().getExplanation()));
  } else {
    row["declared"] = "none";
    row["declaredName"] = words("无利害关系", "none");
    // What was declared before stands at an earlier position.
    for (const char* member : {"ground", "groundName", "explanation"}) {
      if (row.contains(member)) row[member] = nullptr;
    }
  }
  row["declarations"] = count_in(row, "declarations") + 1;
  row["declaredAt"] = json_text(events::text(recorded.at()));
  row["declaredPosition"] = json_text(number(recorded.position));
  row["scoresBeforeDeclaration"] = count_in(row, "scores");
  put(rows, view(event.getApplication()), view(event.getReviewer()), std::move(row), recorded);
}

// Nothing here or anywhere takes a recusal back; a second one only adds to what is known of it.
void recuse(events::RecusalEntered::Reader event, const Recorded& recorded, Rows& rows) {
  json::object row = row_of(rows, view(event.getApplication()), view(event.getPerson()));
  if (!is_recused(row)) {
    row["scoresBeforeRecusal"] = count_in(row, "scores");
    row["scoresAfterRecusal"] = 0;
    row["refusedAfterRecusal"] = 0;
    row["recusedAt"] = json_text(events::text(recorded.at()));
    row["recusedPosition"] = json_text(number(recorded.position));
  }
  row["recusal"] = code_of(event.getKind());
  row["recusalName"] = words_of(event.getKind());
  row["clause"] = json_text(view(event.getClause()));
  put(rows, view(event.getApplication()), view(event.getPerson()), std::move(row), recorded);
}

void score(events::ScoreEntered::Reader event, const Recorded& recorded, Rows& rows) {
  json::object row = row_of(rows, view(event.getApplication()), view(event.getReviewer()));
  add_to(row, "scores", 1);
  if (is_recused(row)) add_to(row, "scoresAfterRecusal", 1);
  put(rows, view(event.getApplication()), view(event.getReviewer()), std::move(row), recorded);
}

// Who tried in spite of a recusal. Attempts before it stand in the timeline only.
void refuse(capnp::List<capnp::Text>::Reader attempts, bool suppressed, const Recorded& recorded,
            Rows& rows) {
  auto actor = view(recorded.record.getActor());
  for (auto attempt : attempts) {
    std::string subject = subject_of_attempt(view(attempt));
    if (events::kind_of(subject) != "application") continue;
    auto row = rows.get({events::id_of(subject), actor});
    if (!row || !is_recused(*row)) continue;
    add_to(*row, "refusedAfterRecusal", 1);
    (*row)["lastRefusedPosition"] = json_text(number(recorded.position));
    if (suppressed) (*row)["suppressedPosition"] = json_text(number(recorded.position));
    put(rows, events::id_of(subject), actor, std::move(*row), recorded);
  }
}

}  // namespace

void Ties::apply(const Recorded& recorded, Rows& rows) {
  Event::Reader event = recorded.event();
  switch (event.which()) {
    case Event::TIE_DECLARED:
      return declare(event.getTieDeclared(), recorded, rows);
    case Event::RECUSAL_ENTERED:
      return recuse(event.getRecusalEntered(), recorded, rows);
    case Event::SCORE_ENTERED:
      return score(event.getScoreEntered(), recorded, rows);
    case Event::COMMAND_REFUSED:
      return refuse(event.getCommandRefused().getAttempts(), false, recorded, rows);
    case Event::REFUSALS_SUPPRESSED:
      return refuse(event.getRefusalsSuppressed().getAttempts(), true, recorded, rows);
    default:
      return;
  }
}

}  // namespace projections
