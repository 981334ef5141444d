#include "projections/ranking.h"

#include <map>

#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::view;

void fix(events::RankingFixed::Reader event, const events::Recorded& recorded, Rows& rows) {
  std::map<unsigned, unsigned> shared;
  for (auto entry : event.getEntries()) ++shared[entry.getRank()];
  for (auto entry : event.getEntries()) {
    std::string rank = number(entry.getRank());
    json::object row;
    if (shared[entry.getRank()] > 1) row["sharedBy"] = shared[entry.getRank()];
    row["numerator"] = json_text(number(entry.getNumerator()));
    row["denominator"] = entry.getDenominator();
    row["points"] = json_text(points(entry.getNumerator(), entry.getDenominator()));
    set_since(row, recorded);
    rows.put({view(event.getRound()), view(event.getTrack()), view(event.getStep()), rank,
              view(entry.getApplication())},
             std::move(row));
    // The newest ranking of an application is the one that lists are chosen from.
    rows.keep({view(event.getRound()), view(event.getTrack()), view(entry.getApplication())},
              {{"step", json_text(view(event.getStep()))}, {"rank", json_text(rank)}});
  }
}

// Changes the application's row in its newest ranking.
template <class Change>
void change(Rows& rows, std::string_view round, std::string_view track,
            std::string_view application, const Change& how) {
  auto place = rows.kept({round, track, application});
  if (!place) return;
  std::string step = text_in(*place, "step");
  std::string rank = text_in(*place, "rank");
  auto row = rows.get({round, track, step, rank, application});
  if (!row) return;
  how(*row);
  rows.put({round, track, step, rank, application}, std::move(*row));
}

void settle(events::RankTieSettled::Reader event, const events::Recorded& recorded, Rows& rows) {
  int place = 0;
  for (auto application : event.getOrder()) {
    ++place;
    change(rows, view(event.getRound()), view(event.getTrack()), view(application),
           [&](json::object& row) {
             row["place"] = place;
             row["settledFor"] = json_text(view(event.getReason()));
             row["reason"] = json_text(view(event.getReason()));
             set_since(row, recorded);
           });
  }
}

void list(events::ListFixed::Reader event, const events::Recorded& recorded, Rows& rows) {
  auto mark = [&](capnp::List<capnp::Text>::Reader applications, const json::object& outcome) {
    for (auto application : applications) {
      change(rows, view(event.getRound()), view(event.getTrack()), view(application),
             [&](json::object& row) {
               row["list"] = json_text(view(event.getStep()));
               row["outcomeName"] = outcome;
               row.erase("reason");
               set_text(row, "reason", view(event.getReason()));
               set_since(row, recorded);
             });
    }
  };
  mark(event.getListed(), words("列入名单", "listed"));
  mark(event.getOthers(), words("未列入名单", "not listed"));
}

}  // namespace

void Ranking::apply(const events::Recorded& recorded, Rows& rows) {
  auto event = recorded.event();
  if (event.isRankingFixed()) fix(event.getRankingFixed(), recorded, rows);
  if (event.isRankTieSettled()) settle(event.getRankTieSettled(), recorded, rows);
  if (event.isListFixed()) list(event.getListFixed(), recorded, rows);
}

}  // namespace projections
