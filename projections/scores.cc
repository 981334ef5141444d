#include "projections/scores.h"

#include <utility>
#include <vector>

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

// What a reviewer says of his own score, or without an item of his sheet.
void explain(events::ScoreExplained::Reader event, Rows& rows) {
  Rows::Key key = {view(event.getApplication()), view(event.getStep()), view(event.getItem()),
                   view(event.getReviewer())};
  auto row = rows.get(key);
  if (!row) return;
  (*row)["explanation"] = json_text(view(event.getReason()));
  rows.put(key, std::move(*row));
}

std::string spread(std::int64_t lowest, std::int64_t highest) {
  return std::to_string(lowest) + "–" + std::to_string(highest);
}

void agree(events::ConsensusEntered::Reader event, const events::Recorded& recorded, Rows& rows) {
  Rows::Key key = {view(event.getApplication()), view(event.getStep()), view(event.getItem()), {}};
  auto before = rows.get(key);
  json::object row;
  row["kind"] = "consensus";
  row["kindName"] = words("合议评分", "consensus");
  row["percent"] = event.getPercent();
  row["hundredths"] = event.getHundredths();
  row["points"] = json_text(points(event.getHundredths(), 1));
  row["spread"] = json_text(spread(event.getLowest(), event.getHighest()));
  row["revisions"] = before ? count_in(*before, "revisions") + 1 : 0;
  set_text(row, "reason", view(event.getReason()));
  set_since(row, recorded);
  rows.put(key, std::move(row));
}

void set_result(json::object& row, std::uint64_t numerator, std::uint32_t denominator) {
  row["numerator"] = json_text(number(numerator));
  row["denominator"] = denominator;
  row["points"] = json_text(points(numerator, denominator));
}

void adjust(events::ScoreAdjusted::Reader event, const events::Recorded& recorded, Rows& rows) {
  json::object row;
  row["kind"] = "adjustment";
  row["kindName"] = words("现场评审调整", "changed by the visit");
  row["before"] = event.getBefore();
  row["percent"] = event.getPercent();
  row["change"] = json_text(signed_points(event.getDeltaHundredths()));
  row["reason"] = json_text(view(event.getReason()));
  set_since(row, recorded);
  rows.put({view(event.getApplication()), view(event.getStep()), view(event.getItem()), {}},
           std::move(row));
  Rows::Key result = {view(event.getApplication()), view(event.getReview()), {}, {}};
  auto changed = rows.get(result).value_or(json::object());
  set_result(changed, event.getNumerator(), event.getDenominator());
  set_since(changed, recorded);
  rows.put(result, std::move(changed));
}

void enter_result(events::ResultEntered::Reader event, const events::Recorded& recorded,
                  Rows& rows) {
  Rows::Key key = {view(event.getApplication()), view(event.getStep()), {}, {}};
  auto before = rows.get(key);
  json::object row;
  row["kind"] = "entered";
  row["kindName"] = words("登记的结果", "entered result");
  set_result(row, event.getNumerator(), event.getDenominator());
  row["basis"] = json_text(view(event.getBasis()));
  row["revisions"] = before ? count_in(*before, "revisions") + 1 : 0;
  set_text(row, "reason", view(event.getReason()));
  set_since(row, recorded);
  rows.put(key, std::move(row));
}

// How far each sheet lies from the mean of those that count, in percent of the mean.
void set_deviations(events::ReviewClosed::Reader event, Rows& rows) {
  std::vector<std::pair<std::string, json::object>> sheets;
  std::int64_t sum = 0;
  for (auto reviewer : event.getReviewers()) {
    auto row = rows.get({view(event.getApplication()), view(event.getStep()), {}, view(reviewer)});
    if (!row) continue;
    sum += count_in(*row, "hundredths");
    sheets.emplace_back(events::string(reviewer), std::move(*row));
  }
  if (sheets.size() < 2 || sum == 0) return;
  auto count = static_cast<std::int64_t>(sheets.size());
  for (auto& [reviewer, row] : sheets) {
    std::int64_t off = count_in(row, "hundredths") * count - sum;
    row["deviation"] = json_text(signed_points(off * 10'000 / sum));
    rows.put({view(event.getApplication()), view(event.getStep()), {}, reviewer}, std::move(row));
  }
}

void close(events::ReviewClosed::Reader event, const events::Recorded& recorded, Rows& rows) {
  json::object row;
  row["kind"] = "result";
  row["kindName"] = words("评审结果", "review result");
  set_result(row, event.getNumerator(), event.getDenominator());
  json::array reviewers;
  for (auto one : event.getReviewers()) reviewers.push_back(json_text(view(one)));
  row["reviewers"] = std::move(reviewers);
  set_since(row, recorded);
  rows.put({view(event.getApplication()), view(event.getStep()), {}, {}}, std::move(row));
  set_deviations(event, rows);
}

}  // namespace

void Scores::apply(const events::Recorded& recorded, Rows& rows) {
  Event::Reader event = recorded.event();
  switch (event.which()) {
    case Event::SCORE_ENTERED:
      return enter(event.getScoreEntered(), recorded, rows);
    case Event::SCORES_SUBMITTED:
      return submit(event.getScoresSubmitted(), recorded, rows);
    case Event::SCORE_EXPLAINED:
      return explain(event.getScoreExplained(), rows);
    case Event::CONSENSUS_ENTERED:
      return agree(event.getConsensusEntered(), recorded, rows);
    case Event::SCORE_ADJUSTED:
      return adjust(event.getScoreAdjusted(), recorded, rows);
    case Event::RESULT_ENTERED:
      return enter_result(event.getResultEntered(), recorded, rows);
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
