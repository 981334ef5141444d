#include "projections/ties.h"

#include "events/subject.h"
#include "projections/about.h"
#include "projections/detected.h"
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
  if (auto row = rows.get({application, person})) return *row;
  json::object row;
  // What was tried before anything else was known of the two.
  if (auto tried = rows.kept({"refused", application, person})) row = *tried;
  return row;
}

// Detected, and the person says nothing of it or denies it. A hint decides nothing.
void set_hint(json::object& row) {
  if (!row.contains("detected")) return;
  if (text_in(row, "declared") == "tie" || is_recused(row)) {
    row["hintName"] = words("已处理", "dealt with");
  } else if (text_in(row, "declared") == "none") {
    row["hintName"] = words("有线索，声明无利害关系", "detected, declared none");
  } else {
    row["hintName"] = words("有线索，未申报", "detected, not declared");
  }
}

void put(Rows& rows, std::string_view application, std::string_view person, json::object row,
         const Recorded& recorded) {
  set_hint(row);
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
  if (event.hasTie()) {
    row["ground"] = code_of(event.getTie().getGround());
    row["groundName"] = words_of(event.getTie().getGround());
    row["explanation"] = json_text(view(event.getTie().getExplanation()));
  }
  put(rows, view(event.getApplication()), view(event.getPerson()), std::move(row), recorded);
}

void score(events::ScoreEntered::Reader event, const Recorded& recorded, Rows& rows) {
  json::object row = row_of(rows, view(event.getApplication()), view(event.getReviewer()));
  add_to(row, "scores", 1);
  add_to(row, "acts", 1);
  if (is_recused(row)) add_to(row, "scoresAfterRecusal", 1);
  put(rows, view(event.getApplication()), view(event.getReviewer()), std::move(row), recorded);
}

void detect(const Detected& one, const Recorded& recorded, Rows& rows) {
  json::object row = row_of(rows, one.application, one.person);
  row["detected"] = code_of(capnp::toDynamic(one.ground));
  row["detectedName"] = words_of(capnp::toDynamic(one.ground));
  row["relationPosition"] = json_text(one.relation);
  put(rows, one.application, one.person, std::move(row), recorded);
}

void request(events::RecusalRequested::Reader event, const Recorded& recorded, Rows& rows) {
  json::object row = row_of(rows, view(event.getApplication()), view(event.getPerson()));
  add_to(row, "requests", 1);
  row["request"] = "pending";
  row["requestName"] = words("待决", "pending");
  row["requestedBy"] = json_text(view(recorded.record.getActor()));
  row["requestedGround"] = code_of(event.getTie().getGround());
  row["requestedPosition"] = json_text(number(recorded.position));
  put(rows, view(event.getApplication()), view(event.getPerson()), std::move(row), recorded);
}

void decide(events::RecusalDecided::Reader event, const Recorded& recorded, Rows& rows) {
  json::object row = row_of(rows, view(event.getApplication()), view(event.getPerson()));
  bool granted = event.getGranted();
  row["request"] = granted ? "granted" : "refused";
  row["requestName"] = granted ? words("成立", "granted") : words("不成立", "refused");
  row["decidedBy"] = json_text(view(recorded.record.getActor()));
  row["decisionReason"] = json_text(view(event.getReason()));
  row["decidedPosition"] = json_text(number(recorded.position));
  put(rows, view(event.getApplication()), view(event.getPerson()), std::move(row), recorded);
}

void take_back(events::ScoresVoided::Reader event, const Recorded& recorded, Rows& rows) {
  json::object row = row_of(rows, view(event.getApplication()), view(event.getReviewer()));
  add_to(row, "scoresVoided", 1);
  if (event.getCounted()) row["voidedWasCounted"] = true;
  put(rows, view(event.getApplication()), view(event.getReviewer()), std::move(row), recorded);
}

// What somebody did about one application in an office or a group, other than declaring and
// deciding on ties.
void act(const Recorded& recorded, Rows& rows) {
  auto application = text_field(happened(recorded).body, "application");
  auto role = view(recorded.record.getOnBehalfOf());
  if (application.empty() || role.empty() || role == "applicant") return;
  auto actor = view(recorded.record.getActor());
  json::object row = row_of(rows, application, actor);
  add_to(row, "acts", 1);
  put(rows, application, actor, std::move(row), recorded);
}

// Who tried and was refused. Attempts of those of whom nothing else is known stand in the timeline
// only, until something is.
void refuse(capnp::List<capnp::Text>::Reader attempts, bool suppressed, const Recorded& recorded,
            Rows& rows) {
  auto actor = view(recorded.record.getActor());
  for (auto attempt : attempts) {
    std::string subject = subject_of_attempt(view(attempt));
    if (events::kind_of(subject) != "application") continue;
    auto application = events::id_of(subject);
    json::object tried = rows.kept({"refused", application, actor}).value_or(json::object());
    add_to(tried, "refused", 1);
    rows.keep({"refused", application, actor}, tried);
    auto row = rows.get({application, actor});
    if (!row) continue;
    (*row)["refused"] = tried["refused"];
    (*row)["lastRefusedPosition"] = json_text(number(recorded.position));
    if (is_recused(*row)) add_to(*row, "refusedAfterRecusal", 1);
    if (suppressed) (*row)["suppressedPosition"] = json_text(number(recorded.position));
    put(rows, application, actor, std::move(*row), recorded);
  }
}

}  // namespace

void Ties::apply(const Recorded& recorded, Rows& rows) {
  Event::Reader event = recorded.event();
  for (const Detected& one : detected(recorded, rows)) detect(one, recorded, rows);
  switch (event.which()) {
    case Event::TIE_DECLARED:
      return declare(event.getTieDeclared(), recorded, rows);
    case Event::RECUSAL_ENTERED:
      return recuse(event.getRecusalEntered(), recorded, rows);
    case Event::RECUSAL_REQUESTED:
      return request(event.getRecusalRequested(), recorded, rows);
    case Event::RECUSAL_DECIDED:
      return decide(event.getRecusalDecided(), recorded, rows);
    case Event::SCORES_VOIDED:
      return take_back(event.getScoresVoided(), recorded, rows);
    case Event::SCORE_ENTERED:
      return score(event.getScoreEntered(), recorded, rows);
    case Event::COMMAND_REFUSED:
      return refuse(event.getCommandRefused().getAttempts(), false, recorded, rows);
    case Event::REFUSALS_SUPPRESSED:
      return refuse(event.getRefusalsSuppressed().getAttempts(), true, recorded, rows);
    default:
      return act(recorded, rows);
  }
}

}  // namespace projections
