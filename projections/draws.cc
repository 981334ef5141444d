#include "projections/draws.h"

#include <boost/json/array.hpp>

#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::Event;
using events::Recorded;
using events::view;

template <class Change>
void change(const Recorded& recorded, Rows& rows, std::string_view round, std::string_view track,
            std::string_view id, const Change& how) {
  json::object row = rows.get({round, track, id}).value_or(json::object());
  how(row);
  set_since(row, recorded);
  rows.put({round, track, id}, row);
}

// For people: a draw and a group have few members.
std::string joined(capnp::List<capnp::Text>::Reader list) {
  std::string all;
  for (auto one : list) all += (all.empty() ? "" : ", ") + events::string(one);
  return all;
}

void commit(const Recorded& recorded, Rows& rows) {
  auto event = recorded.event().getDrawCommitted();
  auto newest =
      rows.kept({"draw", view(event.getRound()), view(event.getStep()), view(event.getTrack())});
  if (newest) {
    change(recorded, rows, view(event.getRound()), view(event.getTrack()), text_in(*newest, "draw"),
           [&](json::object& row) {
             row["stateName"] = words("未揭示，已另行抽取", "given up for another");
             set_text(row, "reason", view(event.getReason()));
           });
  }
  rows.keep({"draw", view(event.getRound()), view(event.getStep()), view(event.getTrack())},
            {{"draw", json_text(view(event.getDraw()))}});
  change(recorded, rows, view(event.getRound()), view(event.getTrack()), view(event.getDraw()),
         [&](json::object& row) {
           row["stateName"] = words("已承诺", "committed");
           row["candidates"] = event.getCandidates().size();
           row["excluded"] = event.getExcluded().size();
         });
}

void open(const Recorded& recorded, Rows& rows) {
  auto event = recorded.event().getDrawOpened();
  change(recorded, rows, view(event.getRound()), view(event.getTrack()), view(event.getDraw()),
         [&](json::object& row) {
           row["stateName"] = words("已揭示", "opened");
           row["members"] = json_text(joined(event.getDrawn()));
           row["reserves"] = json_text(joined(event.getReserves()));
         });
}

void form(const Recorded& recorded, Rows& rows) {
  auto event = recorded.event().getReviewGroupFormed();
  bool drawn = event.getMethod() == events::Method::DRAWN;
  json::array members;
  for (auto one : event.getReviewers()) members.push_back(json_text(view(one)));
  rows.keep({"members", view(event.getGroup())}, {{"list", members}});
  change(recorded, rows, view(event.getRound()), view(event.getTrack()), view(event.getGroup()),
         [&](json::object& row) {
           row["stateName"] = drawn ? words("评审组，抽取", "group, drawn")
                                    : words("评审组，遴选", "group, selected");
           row["members"] = json_text(joined(event.getReviewers()));
           row["leader"] = json_text(view(event.getLeader()));
         });
}

// The members as they are from then on.
std::string replace_member(Rows& rows, events::MemberReplaced::Reader event) {
  json::array members;
  std::string all;
  auto add = [&](const json::value& one) {
    all += (all.empty() ? "" : ", ") + std::string(one.as_string());
    members.push_back(one);
  };
  if (auto known = rows.kept({"members", view(event.getGroup())})) {
    for (const json::value& one : known->at("list").as_array()) {
      if (one != json_text(view(event.getLeaves()))) add(one);
    }
  }
  if (event.getJoins().size() > 0) add(json_text(view(event.getJoins())));
  rows.keep({"members", view(event.getGroup())}, {{"list", std::move(members)}});
  return all;
}

void replace(const Recorded& recorded, Rows& rows) {
  auto event = recorded.event().getMemberReplaced();
  std::string members = replace_member(rows, event);
  change(recorded, rows, view(event.getRound()), view(event.getTrack()), view(event.getGroup()),
         [&](json::object& row) {
           add_to(row, "replaced", 1);
           row["members"] = json_text(members);
           row["leader"] = json_text(view(event.getLeader()));
           row["left"] = json_text(view(event.getLeaves()));
           row["joined"] = json_text(view(event.getJoins()));
           row["reason"] = json_text(view(event.getReason()));
         });
}

}  // namespace

void Draws::apply(const Recorded& recorded, Rows& rows) {
  Event::Reader event = recorded.event();
  switch (event.which()) {
    case Event::DRAW_COMMITTED:
      return commit(recorded, rows);
    case Event::DRAW_WITNESSED: {
      auto body = event.getDrawWitnessed();
      return change(recorded, rows, view(body.getRound()), view(body.getTrack()),
                    view(body.getDraw()), [&](json::object& row) {
                      row["stateName"] = words("待揭示", "to be opened");
                      row["witness"] = json_text(view(body.getWitness()));
                    });
    }
    case Event::DRAW_OPENED:
      return open(recorded, rows);
    case Event::REVIEW_GROUP_FORMED:
      return form(recorded, rows);
    case Event::MEMBER_REPLACED:
      return replace(recorded, rows);
    default:
      return;
  }
}

}  // namespace projections
