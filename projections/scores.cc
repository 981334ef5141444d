#include "projections/scores.h"

#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::Event;
using events::view;

// The first score of an item revises nothing, and needs no look at what stood there.
void enter(events::ScoreEntered::Reader event, const events::Recorded& recorded, Rows& rows) {
  Rows::Key key = {view(event.getApplication()), view(event.getStep()), view(event.getItem()),
                   view(event.getReviewer())};
  json::object rest;
  if (event.getReplaces() != 0) {
    auto before = rows.get(key);
    rest["revisions"] = before ? count_in(*before, "revisions") + 1 : 1;
  }
  rows.put_event(key, recorded, rest);
}

json::object score_row(const events::Recorded& recorded, const json::object& rest) {
  auto event = recorded.event().getScoreEntered();
  json::object row;
  row["kind"] = "score";
  row["kindName"] = words("评分", "score");
  row["percent"] = event.getPercent();
  row["hundredths"] = event.getHundredths();
  row["points"] = json_text(points(event.getHundredths(), 1));
  row["revisions"] = count_in(rest, "revisions");
  if (event.getReplaces() != 0) row["replaces"] = json_text(number(event.getReplaces()));
  set_text(row, "reason", view(event.getReason()));
  set_text(row, "comment", view(event.getComment()));
  set_since(row, recorded);
  return row;
}

void submit(events::ScoresSubmitted::Reader event, const events::Recorded& recorded, Rows& rows) {
  json::object row;
  row["kind"] = "sheet";
  row["kindName"] = words("评分表合计", "sheet total");
  row["hundredths"] = event.getHundredths();
  row["points"] = json_text(points(event.getHundredths(), 1));
  set_since(row, recorded);
  rows.put({view(event.getApplication()), view(event.getStep()), {}, view(event.getReviewer())},
           std::move(row));
}

void close(events::ReviewClosed::Reader event, const events::Recorded& recorded, Rows& rows) {
  json::object row;
  row["kind"] = "result";
  row["kindName"] = words("评审结果", "review result");
  row["numerator"] = json_text(number(event.getNumerator()));
  row["denominator"] = event.getDenominator();
  row["points"] = json_text(points(event.getNumerator(), event.getDenominator()));
  json::array reviewers;
  for (auto one : event.getReviewers()) reviewers.push_back(json_text(view(one)));
  row["reviewers"] = std::move(reviewers);
  set_since(row, recorded);
  rows.put({view(event.getApplication()), view(event.getStep()), {}, {}}, std::move(row));
}

}  // namespace

void Scores::apply(const events::Recorded& recorded, Rows& rows) {
  Event::Reader event = recorded.event();
  switch (event.which()) {
    case Event::SCORE_ENTERED:
      return enter(event.getScoreEntered(), recorded, rows);
    case Event::SCORES_SUBMITTED:
      return submit(event.getScoresSubmitted(), recorded, rows);
    case Event::REVIEW_CLOSED:
      return close(event.getReviewClosed(), recorded, rows);
    default:
      return;
  }
}

json::object Scores::render(const events::Recorded& recorded, KeyTexts, const json::object& rest) {
  return score_row(recorded, rest);
}

}  // namespace projections
