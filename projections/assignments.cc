#include "projections/assignments.h"

#include <boost/json/array.hpp>

#include "projections/decided.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::Event;
using events::Recorded;
using events::view;

constexpr Outcome assigned{"assigned", {"待申报利害关系", "ties to be declared"}};
constexpr Outcome declared{"declared", {"待评分", "to be scored"}};
constexpr Outcome scoring{"scoring", {"评分中", "being scored"}};
constexpr Outcome submitted{"submitted", {"评分表已提交", "sheet submitted"}};
constexpr Outcome recused{"recused", {"已回避", "recused"}};
constexpr Outcome over{"over", {"申报已退出", "out of the round"}};

void set_state(json::object& row, const Outcome& state, const Recorded& recorded) {
  row["state"] = json_text(state.code);
  row["stateName"] = words(state.name);
  set_since(row, recorded);
}

// The names that are kept under the key: members of a group, applications of a track.
json::array names(Rows& rows, Rows::Key key) {
  auto known = rows.kept(key);
  return known ? known->at("names").as_array() : json::array();
}

void add_name(Rows& rows, Rows::Key key, std::string_view name) {
  json::array all = names(rows, key);
  json::value text = json_text(name);
  if (std::ranges::find(all, text) != all.end()) return;
  all.push_back(std::move(text));
  rows.keep(key, {{"names", std::move(all)}});
}

void drop_name(Rows& rows, Rows::Key key, std::string_view name) {
  json::array all = names(rows, key);
  auto found = std::ranges::find(all, json::value(json_text(name)));
  if (found == all.end()) return;
  all.erase(found);
  rows.keep(key, {{"names", std::move(all)}});
}

struct Place {
  std::string round;
  std::string track;
};

void assign(Rows& rows, const Recorded& recorded, const Place& place, std::string_view reviewer,
            std::string_view application) {
  if (rows.get({reviewer, application})) return;
  json::object row{{"round", json_text(place.round)}, {"track", json_text(place.track)}};
  set_state(row, assigned, recorded);
  rows.put({reviewer, application}, row);
}

void join(Rows& rows, const Recorded& recorded, const Place& place, std::string_view reviewer) {
  add_name(rows, {"members", place.round, place.track}, reviewer);
  for (const auto& one : names(rows, {"applications", place.round, place.track})) {
    assign(rows, recorded, place, reviewer, one.as_string());
  }
}

// Whoever leaves has nothing more to do; what he did stays in the register and in the scores.
void leave(Rows& rows, const Place& place, std::string_view reviewer) {
  drop_name(rows, {"members", place.round, place.track}, reviewer);
  for (const auto& one : names(rows, {"applications", place.round, place.track})) {
    rows.remove({reviewer, one.as_string()});
  }
}

void enter(Rows& rows, const Recorded& recorded, const Place& place, std::string_view application) {
  rows.keep({"at", application},
            {{"round", json_text(place.round)}, {"track", json_text(place.track)}});
  add_name(rows, {"applications", place.round, place.track}, application);
  for (const auto& one : names(rows, {"members", place.round, place.track})) {
    assign(rows, recorded, place, one.as_string(), application);
  }
}

void transfer(Rows& rows, const Recorded& recorded, std::string_view application,
              std::string_view to) {
  auto known = rows.kept({"at", application});
  if (!known) return;
  Place from{text_in(*known, "round"), text_in(*known, "track")};
  drop_name(rows, {"applications", from.round, from.track}, application);
  for (const auto& one : names(rows, {"members", from.round, from.track})) {
    rows.remove({one.as_string(), application});
  }
  enter(rows, recorded, {from.round, std::string(to)}, application);
}

void change(Rows& rows, const Recorded& recorded, std::string_view reviewer,
            std::string_view application, const Outcome& state) {
  auto row = rows.get({reviewer, application});
  if (!row || text_in(*row, "state") == recused.code) return;
  if (state.code == scoring.code) add_to(*row, "items", 1);
  set_state(*row, state, recorded);
  rows.put({reviewer, application}, *row);
}

void end(Rows& rows, const Recorded& recorded, std::string_view application) {
  auto known = rows.kept({"at", application});
  if (!known) return;
  for (const auto& one :
       names(rows, {"members", text_in(*known, "round"), text_in(*known, "track")})) {
    change(rows, recorded, one.as_string(), application, over);
  }
}

void replace(Rows& rows, const Recorded& recorded, events::MemberReplaced::Reader event) {
  Place place{events::string(event.getRound()), events::string(event.getTrack())};
  leave(rows, place, view(event.getLeaves()));
  if (event.getJoins().size() > 0) join(rows, recorded, place, view(event.getJoins()));
}

// What a member did himself, and what was found of him.
void review(Rows& rows, const Recorded& recorded) {
  auto event = recorded.event();
  if (event.isTieDeclared()) {
    auto body = event.getTieDeclared();
    if (!body.isNone()) return;  // A tie is followed by its recusal.
    change(rows, recorded, view(body.getReviewer()), view(body.getApplication()), declared);
  } else if (event.isRecusalEntered()) {
    auto body = event.getRecusalEntered();
    change(rows, recorded, view(body.getPerson()), view(body.getApplication()), recused);
  } else if (event.isScoreEntered()) {
    auto body = event.getScoreEntered();
    if (body.getReplaces() > 0) return;
    change(rows, recorded, view(body.getReviewer()), view(body.getApplication()), scoring);
  } else if (event.isScoresSubmitted()) {
    auto body = event.getScoresSubmitted();
    change(rows, recorded, view(body.getReviewer()), view(body.getApplication()), submitted);
  }
}

}  // namespace

void Assignments::apply(const Recorded& recorded, Rows& rows) {
  Event::Reader event = recorded.event();
  switch (event.which()) {
    case Event::APPLICATION_SUBMITTED: {
      auto body = event.getApplicationSubmitted();
      Place place{events::string(body.getRound()), events::string(body.getTrack())};
      return enter(rows, recorded, place, view(body.getApplication()));
    }
    case Event::TRACK_TRANSFERRED: {
      auto body = event.getTrackTransferred();
      return transfer(rows, recorded, view(body.getApplication()), view(body.getTo()));
    }
    case Event::REVIEW_GROUP_FORMED: {
      auto body = event.getReviewGroupFormed();
      Place place{events::string(body.getRound()), events::string(body.getTrack())};
      for (auto one : body.getReviewers()) join(rows, recorded, place, view(one));
      return;
    }
    case Event::MEMBER_REPLACED:
      return replace(rows, recorded, event.getMemberReplaced());
    case Event::APPLICATION_WITHDRAWN:
      return end(rows, recorded, view(event.getApplicationWithdrawn().getApplication()));
    case Event::APPLICATION_EXCLUDED:
      return end(rows, recorded, view(event.getApplicationExcluded().getApplication()));
    default:
      return review(rows, recorded);
  }
}

}  // namespace projections
