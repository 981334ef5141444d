#include "projections/applications.h"

#include <boost/json/array.hpp>

#include "projections/decided.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::Event;
using events::view;

// What its applicant is told at once. All else he learns by a notice, or by being told.
bool told(Event::Which which) {
  switch (which) {
    case Event::APPLICATION_SUBMITTED:
    case Event::APPLICATION_WITHDRAWN:
    case Event::ACTED:
    case Event::APPLICATION_ACCEPTED:
    case Event::SUPPLEMENT_REQUESTED:
    case Event::SUPPLEMENT_FILED:
    case Event::TRACK_TRANSFERRED:
    case Event::NOTICE_PUBLISHED:
    case Event::NOTICE_ENDED:
    case Event::NOTICE_INTERRUPTED:
    case Event::APPLICATION_EXCLUDED:
    case Event::AWARD_CONFERRED:
      return true;
    default:
      return false;
  }
}

// Whoever did something about it, such as a recommending body's clerk, goes on seeing it.
void add_actor(json::object& row, std::string_view actor) {
  json::value* known = row.if_contains("actors");
  json::array actors = known ? known->as_array() : json::array();
  json::value name = json_text(actor);
  if (std::ranges::find(actors, name) == actors.end()) actors.push_back(std::move(name));
  row["actors"] = std::move(actors);
}

void keep_place(events::ApplicationSubmitted::Reader event, Rows& rows) {
  rows.keep({view(event.getApplication())}, {{"applicant", json_text(view(event.getApplicant()))}});
  rows.put(
      {view(event.getApplicant()), view(event.getApplication())},
      {{"round", json_text(view(event.getRound()))}, {"track", json_text(view(event.getTrack()))}});
}

}  // namespace

void Applications::apply(const events::Recorded& recorded, Rows& rows) {
  auto event = recorded.event();
  if (!told(event.which())) return;
  if (event.isApplicationSubmitted()) keep_place(event.getApplicationSubmitted(), rows);
  for (const Decided& one : decided(recorded)) {
    auto place = rows.kept({one.application});
    if (!place) continue;
    std::string applicant = text_in(*place, "applicant");
    auto row = rows.get({applicant, one.application}).value_or(json::object());
    for (const char* of_before : {"reason", "opinion"}) row.erase(of_before);
    if (event.isTrackTransferred()) {
      row["track"] = json_text(view(event.getTrackTransferred().getTo()));
    }
    set_decided(row, one);
    set_since(row, recorded);
    add_actor(row, view(recorded.record.getActor()));
    rows.put({applicant, one.application}, std::move(row));
  }
}

}  // namespace projections
