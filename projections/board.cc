#include "projections/board.h"

#include "projections/decided.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::view;

// The key of an application's row: most events name the application only.
void keep_place(events::ApplicationSubmitted::Reader event, Rows& rows) {
  rows.keep({view(event.getApplication())}, {{"round", json_text(view(event.getRound()))},
                                             {"track", json_text(view(event.getTrack()))}});
}

// What stays while later steps are decided. A reason or an opinion belongs to its decision alone,
// and a rank to the results that it was made of.
json::object begin_row(const json::object& before, const Decided& now) {
  json::object row;
  for (const char* member : {"applicant", "step", "numerator", "denominator", "points", "rank",
                             "award", "conferredOn", "certificate"}) {
    if (member == std::string_view("rank") && now.more.contains("points")) continue;
    if (const json::value* value = before.if_contains(member)) row[member] = *value;
  }
  return row;
}

}  // namespace

void Board::apply(const events::Recorded& recorded, Rows& rows) {
  auto event = recorded.event();
  if (event.isApplicationSubmitted()) keep_place(event.getApplicationSubmitted(), rows);
  for (const Decided& one : decided(recorded)) {
    auto place = rows.kept({one.application});
    if (!place) continue;
    std::string round = text_in(*place, "round");
    std::string track = text_in(*place, "track");
    auto before = rows.get({round, track, one.application}).value_or(json::object());
    auto row = begin_row(before, one);
    if (event.isApplicationSubmitted()) {
      row["applicant"] = json_text(view(event.getApplicationSubmitted().getApplicant()));
    }
    set_decided(row, one);
    set_since(row, recorded);
    rows.put({round, track, one.application}, std::move(row));
  }
}

}  // namespace projections
