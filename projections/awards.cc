#include "projections/awards.h"

#include "events/moment.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::view;

void approve(events::ListApproved::Reader event, const events::Recorded& recorded, Rows& rows) {
  json::array listed;
  for (auto application : event.getListed()) {
    listed.push_back(json_text(view(application)));
    json::object row;
    row["stateName"] = words("已批准", "approved");
    row["document"] = json_text(view(event.getDocument()));
    set_since(row, recorded);
    rows.put({view(event.getRound()), view(event.getTrack()), view(application), {}},
             std::move(row));
    rows.keep({"of", view(application)}, {{"track", json_text(view(event.getTrack()))}});
  }
  rows.keep({"approved", view(event.getRound()), view(event.getStep()), view(event.getTrack())},
            {{"listed", std::move(listed)}});
}

void confer(events::AwardConferred::Reader event, const events::Recorded& recorded, Rows& rows) {
  auto row =
      rows.get({view(event.getRound()), view(event.getTrack()), view(event.getApplication()), {}})
          .value_or(json::object());
  row["applicant"] = json_text(view(event.getApplicant()));
  row["award"] = json_text(view(event.getAward()));
  row["stateName"] = words("已授奖", "conferred");
  row["conferredOn"] = events::text(events::to_date(event.getConferredOn()));
  row["certificate"] = json_text(view(event.getCertificate()));
  set_since(row, recorded);
  rows.put({view(event.getRound()), view(event.getTrack()), view(event.getApplication()), {}},
           std::move(row));
}

// Whoever is out of the round before the award is conferred does not get it.
void leave(std::string_view round, std::string_view application, json::object state,
           const events::Recorded& recorded, Rows& rows) {
  auto known = rows.kept({"of", application});
  if (!known) return;
  std::string track = text_in(*known, "track");
  auto row = rows.get({round, track, application, {}});
  if (!row || row->contains("conferredOn")) return;
  (*row)["stateName"] = std::move(state);
  set_since(*row, recorded);
  rows.put({round, track, application, {}}, std::move(*row));
}

// Under each of the tracks that share the places, so that whoever looks at one of them sees it.
void leave_vacant(events::AwardLeftVacant::Reader event, const events::Recorded& recorded,
                  Rows& rows) {
  std::string id = number(recorded.position);
  for (auto track : event.getTracks()) {
    json::object row;
    row["stateName"] = words("空缺", "vacant");
    row["places"] = event.getPlaces();
    row["shared"] = event.getTracks().size() > 1;
    row["reason"] = json_text(view(event.getReason()));
    set_since(row, recorded);
    rows.put({view(event.getRound()), view(track), {}, id}, std::move(row));
  }
  auto place = rows.kept({"vacant", view(event.getRound()), view(event.getStep())});
  json::array all = place ? place->at("rows").as_array() : json::array();
  json::array tracks;
  for (auto track : event.getTracks()) tracks.push_back(json_text(view(track)));
  all.push_back({{"id", id}, {"tracks", std::move(tracks)}});
  rows.keep({"vacant", view(event.getRound()), view(event.getStep())}, {{"rows", std::move(all)}});
}

bool names(const json::array& tracks, std::string_view track) {
  for (const auto& one : tracks) {
    if (one.as_string() == track) return true;
  }
  return false;
}

// What was approved, or left vacant, on results that were taken back, is decided anew.
void undo(events::ScoresVoided::Reader event, Rows& rows) {
  std::string_view round = view(event.getRound());
  std::string_view track = view(event.getTrack());
  for (auto step : event.getUndone()) {
    if (auto approved = rows.kept({"approved", round, view(step), track})) {
      for (const auto& one : approved->at("listed").as_array()) {
        rows.remove({round, track, std::string_view(one.as_string()), {}});
      }
    }
    auto vacant = rows.kept({"vacant", round, view(step)});
    if (!vacant) continue;
    json::array left;
    for (const auto& one : vacant->at("rows").as_array()) {
      const auto& tracks = one.at("tracks").as_array();
      if (!names(tracks, track)) {
        left.push_back(one);
        continue;
      }
      for (const auto& of : tracks) {
        rows.remove({round, std::string_view(of.as_string()), {}, one.at("id").as_string()});
      }
    }
    rows.keep({"vacant", round, view(step)}, {{"rows", std::move(left)}});
  }
}

}  // namespace

void Awards::apply(const events::Recorded& recorded, Rows& rows) {
  auto event = recorded.event();
  if (event.isListApproved()) approve(event.getListApproved(), recorded, rows);
  if (event.isAwardConferred()) confer(event.getAwardConferred(), recorded, rows);
  if (event.isAwardLeftVacant()) leave_vacant(event.getAwardLeftVacant(), recorded, rows);
  if (event.isScoresVoided()) undo(event.getScoresVoided(), rows);
  if (event.isApplicationExcluded()) {
    auto excluded = event.getApplicationExcluded();
    leave(view(excluded.getRound()), view(excluded.getApplication()),
          words("异议成立，退出评选", "upheld: out of the round"), recorded, rows);
  }
  if (event.isApplicationWithdrawn()) {
    auto withdrawn = event.getApplicationWithdrawn();
    leave(view(withdrawn.getRound()), view(withdrawn.getApplication()),
          words("已撤回", "withdrawn"), recorded, rows);
  }
}

}  // namespace projections
