#include "projections/detected.h"

#include <boost/json/array.hpp>

#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::view;

// A kept fact that is a list: of relations, of applications, of what somebody works for.
json::array list_of(const Rows& rows, std::string_view kind, std::string_view id) {
  auto kept = rows.kept({kind, id});
  if (!kept) return {};
  return kept->at("list").as_array();
}

void add(Rows& rows, std::string_view kind, std::string_view id, json::object one) {
  json::array list = list_of(rows, kind, id);
  list.push_back(std::move(one));
  rows.keep({kind, id}, {{"list", std::move(list)}});
}

std::string text(const json::value& one, std::string_view member) {
  return text_in(one.as_object(), member);
}

// Assigned by a group to a track of a round, or by a role to all of a scheme.
bool works_on(const Rows& rows, const std::string& person, const json::value& application) {
  for (const json::value& one : list_of(rows, "work", person)) {
    std::string scheme = text(one, "scheme");
    if (!scheme.empty() && scheme == text(application, "scheme")) return true;
    if (scheme.empty() && text(one, "round") == text(application, "round") &&
        text(one, "track") == text(application, "track")) {
      return true;
    }
  }
  return false;
}

void look(const Rows& rows, const json::value& relation, std::vector<Detected>& found) {
  std::string person = text(relation, "person");
  for (const json::value& application :
       list_of(rows, "applications", text(relation, "applicant"))) {
    if (!works_on(rows, person, application)) continue;
    auto ground = relation.at("ground").to_number<std::uint16_t>();
    found.push_back({text(application, "application"), person,
                     static_cast<events::TieGround>(ground), text(relation, "position")});
  }
}

void look_at_person(const Rows& rows, std::string_view person, std::vector<Detected>& found) {
  for (const json::value& relation : list_of(rows, "relations", person)) {
    look(rows, relation, found);
  }
}

void add_relation(const events::Recorded& recorded, Rows& rows, std::vector<Detected>& found) {
  auto event = recorded.event().getRelationRegistered();
  json::object relation{{"person", json_text(view(event.getPerson()))},
                        {"applicant", json_text(view(event.getApplicant()))},
                        {"ground", static_cast<std::uint16_t>(event.getGround())},
                        {"position", json_text(number(recorded.position))}};
  add(rows, "relations", view(event.getPerson()), relation);
  add(rows, "related", view(event.getApplicant()), relation);
  look(rows, relation, found);
}

void add_application(events::ApplicationSubmitted::Reader event, Rows& rows,
                     std::vector<Detected>& found) {
  add(rows, "applications", view(event.getApplicant()),
      {{"application", json_text(view(event.getApplication()))},
       {"round", json_text(view(event.getRound()))},
       {"track", json_text(view(event.getTrack()))},
       {"scheme", json_text(view(event.getScheme()))}});
  for (const json::value& relation : list_of(rows, "related", view(event.getApplicant()))) {
    look(rows, relation, found);
  }
}

void add_member(std::string_view person, std::string_view round, std::string_view track, Rows& rows,
                std::vector<Detected>& found) {
  add(rows, "work", person, {{"round", json_text(round)}, {"track", json_text(track)}});
  look_at_person(rows, person, found);
}

}  // namespace

std::vector<Detected> detected(const events::Recorded& recorded, Rows& rows) {
  std::vector<Detected> found;
  auto event = recorded.event();
  if (event.isRelationRegistered()) {
    add_relation(recorded, rows, found);
  } else if (event.isApplicationSubmitted()) {
    add_application(event.getApplicationSubmitted(), rows, found);
  } else if (event.isReviewGroupFormed()) {
    auto group = event.getReviewGroupFormed();
    for (auto member : group.getReviewers()) {
      add_member(view(member), view(group.getRound()), view(group.getTrack()), rows, found);
    }
  } else if (event.isMemberReplaced() && event.getMemberReplaced().getJoins().size() > 0) {
    auto one = event.getMemberReplaced();
    add_member(view(one.getJoins()), view(one.getRound()), view(one.getTrack()), rows, found);
  } else if (event.isRoleGranted()) {
    auto role = event.getRoleGranted().getRole();
    // A reviewer works for the group into which he is put.
    if (role.getScheme().size() == 0 || role.getRole() == "reviewer") return found;
    add(rows, "work", view(role.getPerson()), {{"scheme", json_text(view(role.getScheme()))}});
    look_at_person(rows, view(role.getPerson()), found);
  }
  return found;
}

}  // namespace projections
