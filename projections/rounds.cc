#include "projections/rounds.h"

#include <algorithm>
#include <vector>

#include "events/words.h"
#include "projections/about.h"
#include "projections/decided.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::view;

// Changes the row of a track, and with it the one of the whole round, whose track is empty.
template <class Change>
void change(Rows& rows, std::string_view round, std::string_view track, const Change& how) {
  auto one = rows.get({round, track}).value_or(json::object());
  how(one);
  rows.put({round, track}, std::move(one));
  if (!track.empty()) change(rows, round, {}, how);
}

// Most events do not, and asking the schema by name costs more than all else that is done for them.
bool names_round(events::Event::Reader event) {
  static const std::vector<bool> by_type = [] {
    std::vector<bool> out;
    for (auto type : capnp::Schema::from<events::Event>().getUnionFields()) {
      out.resize(std::max<std::size_t>(out.size(), type.getProto().getDiscriminantValue() + 1u));
      bool named = false;
      if (type.getType().isStruct()) {
        KJ_IF_MAYBE (field, type.getType().asStruct().findFieldByName("round")) {
          named = field->getType().isText();
        }
      }
      out[type.getProto().getDiscriminantValue()] = named;
    }
    return out;
  }();
  auto type = static_cast<std::size_t>(event.which());
  return type < by_type.size() && by_type[type];
}

struct Place {
  std::string round;
  std::string track;
};

// Where an event belongs, though it may name no more than its application.
Place place_of(const Happened& what, const Rows& rows) {
  Place place{std::string(text_field(what.body, "round")),
              std::string(text_field(what.body, "track"))};
  auto application = text_field(what.body, "application");
  if (application.empty() || (!place.round.empty() && !place.track.empty())) return place;
  auto known = rows.kept({"place", application});
  if (!known) return place;
  return {text_in(*known, "round"), text_in(*known, "track")};
}

void set_call(json::object& row, events::CallPublished::Reader event) {
  row["scheme"] = json_text(view(event.getScheme()));
  row["schemePosition"] = json_text(number(event.getSchemePosition()));
  row["year"] = event.getYear();
  row["document"] = json_text(view(event.getDocument()));
  row["calledOn"] = json_text(events::text(events::to_date(event.getCalledOn())));
  json::object deadlines;
  for (auto one : event.getDeadlines()) {
    deadlines[view(one.getStep())] = json_text(events::text(events::to_moment(one.getCloses())));
  }
  row["deadlines"] = std::move(deadlines);
}

// steps: {"desk": {"passed": 12, "failed": 3}}: how the applications stand at each step, each
// counted once a step, by the last outcome there.
void count_step(json::object& row, std::string_view step, std::string_view before,
                std::string_view now) {
  json::value& steps = row["steps"];
  if (!steps.is_object()) steps.emplace_object();
  json::value& counts = steps.get_object()[step];
  if (!counts.is_object()) counts.emplace_object();
  if (!before.empty()) add_to(counts.get_object(), before, -1);
  add_to(counts.get_object(), now, 1);
}

// The column that counts an outcome once an application; empty for those that are only counted by
// step.
std::string_view column_of(std::string_view outcome) {
  for (std::string_view one : {"submitted", "withdrawn", "accepted", "reviewed", "conferred"}) {
    if (one == outcome) return one;
  }
  return {};
}

void count(const Decided& one, Rows& rows) {
  auto known = rows.kept({"place", one.application});
  if (!known) return;
  std::string_view column = column_of(one.outcome.code);
  if (!column.empty() && rows.kept({"counted", column, one.application})) column = {};
  if (!column.empty()) rows.keep({"counted", column, one.application}, {});
  std::string before;
  if (!one.step.empty()) {
    auto last = rows.kept({"step", one.application, one.step});
    if (last) before = text_in(*last, "outcome");
    rows.keep({"step", one.application, one.step}, {{"outcome", json_text(one.outcome.code)}});
  }
  change(rows, text_in(*known, "round"), text_in(*known, "track"), [&](json::object& row) {
    if (!column.empty()) add_to(row, column, 1);
    if (!one.step.empty()) count_step(row, one.step, before, one.outcome.code);
  });
}

// The length of the track's newest list; of the round, that of all its tracks together.
void set_listed(events::ListFixed::Reader event, Rows& rows) {
  auto row = rows.get({view(event.getRound()), view(event.getTrack())});
  std::int64_t before = row ? count_in(*row, "listed") : 0;
  std::int64_t more = static_cast<std::int64_t>(event.getListed().size()) - before;
  change(rows, view(event.getRound()), view(event.getTrack()),
         [&](json::object& one) { add_to(one, "listed", more); });
}

// Places that several tracks share are none of theirs alone: they stand under the round, or whoever
// is recused from one of the tracks would learn of them from another.
void set_vacant(events::AwardLeftVacant::Reader event, const events::Recorded& recorded,
                Rows& rows) {
  auto add = [&](std::string_view track) {
    auto row = rows.get({view(event.getRound()), track}).value_or(json::object());
    add_to(row, "vacant", event.getPlaces());
    set_since(row, recorded);
    rows.put({view(event.getRound()), track}, std::move(row));
  };
  if (event.getTracks().size() == 1) add(view(event.getTracks()[0]));
  add({});
}

}  // namespace

void Rounds::apply(const events::Recorded& recorded, Rows& rows) {
  auto event = recorded.event();
  if (event.isApplicationSubmitted()) {
    auto body = event.getApplicationSubmitted();
    rows.keep(
        {"place", view(body.getApplication())},
        {{"round", json_text(view(body.getRound()))}, {"track", json_text(view(body.getTrack()))}});
  }
  if (event.isTrackTransferred()) {
    auto body = event.getTrackTransferred();
    rows.keep({"place", view(body.getApplication())}, {{"round", json_text(view(body.getRound()))},
                                                       {"track", json_text(view(body.getTo()))}});
  }
  auto all = decided(recorded);
  // A single score, say, is about an application and not yet about its round.
  if (all.empty() && !names_round(event)) return;
  Happened what = happened(recorded);
  if (all.empty() && text_field(what.body, "round").empty()) return;
  Place place = place_of(what, rows);
  if (place.round.empty()) return;
  for (const Decided& one : all) count(one, rows);
  if (event.isAwardLeftVacant()) set_vacant(event.getAwardLeftVacant(), recorded, rows);
  if (event.isListFixed()) set_listed(event.getListFixed(), rows);
  change(rows, place.round, place.track, [&](json::object& row) {
    if (event.isCallPublished()) set_call(row, event.getCallPublished());
    set_text(row, "step", text_field(what.body, "step"));
    row["event"] = words(events::zh_name(what.type), events::en_name(what.type));
    set_since(row, recorded);
  });
}

}  // namespace projections
