// Whoever is recused learns nothing: for every person of the sample round, every view and several
// positions, what is shown is held against what the events alone say of that person.
#include "cli/rights.h"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <fstream>

#include "cli/folder.h"
#include "cli/people.h"
#include "cli/records.h"
#include "events/subject.h"
#include "projections/all.h"
#include "tests/built.h"
#include "tests/folder.h"
#include "tests/process.h"

namespace {

namespace json = boost::json;
using Names = std::set<std::string, std::less<>>;

// What the events say, read one after the other, with no help from the engine's states.
struct Facts {
  std::map<std::string, Names> tracks;  // Of an application, also those that it left.
  std::map<std::string, Names> kept_from;
  std::map<std::string, Names> groups;  // The tracks that somebody reviews.
  std::map<std::string, Names> roles;
  std::map<std::string, std::string> asked;  // request → person/application
  Names persons;
};

void read_recusal(Facts& facts, events::Event::Reader event) {
  if (event.isRecusalEntered()) {
    auto body = event.getRecusalEntered();
    facts.kept_from[events::string(body.getPerson())].insert(events::string(body.getApplication()));
  } else if (event.isRecusalRequested()) {
    auto body = event.getRecusalRequested();
    facts.kept_from[events::string(body.getPerson())].insert(events::string(body.getApplication()));
    facts.asked[events::string(body.getRequest())] = events::string(body.getPerson());
  }
}

void read_people(Facts& facts, events::Event::Reader event) {
  if (event.isPersonRegistered()) {
    facts.persons.insert(events::string(event.getPersonRegistered().getPerson()));
  } else if (event.isRoleGranted()) {
    auto role = event.getRoleGranted().getRole();
    facts.roles[events::string(role.getPerson())].insert(events::string(role.getRole()));
  } else if (event.isReviewGroupFormed()) {
    auto body = event.getReviewGroupFormed();
    for (auto one : body.getReviewers()) {
      facts.groups[events::string(one)].insert(events::string(body.getTrack()));
    }
  } else if (event.isMemberReplaced()) {
    auto body = event.getMemberReplaced();
    facts.groups[events::string(body.getLeaves())].erase(events::string(body.getTrack()));
    facts.groups[events::string(body.getJoins())].insert(events::string(body.getTrack()));
  }
}

Facts facts_of(const events::Log& log) {
  Facts facts;
  auto cursor = log.read(0);
  while (cursor.next()) {
    auto event = cursor.recorded().event();
    read_recusal(facts, event);
    read_people(facts, event);
    if (event.isApplicationSubmitted()) {
      auto body = event.getApplicationSubmitted();
      facts.tracks[events::string(body.getApplication())].insert(events::string(body.getTrack()));
    } else if (event.isTrackTransferred()) {
      auto body = event.getTrackTransferred();
      facts.tracks[events::string(body.getApplication())].insert(events::string(body.getTo()));
    }
  }
  return facts;
}

// Whether the row says anything of one of these: as a whole text anywhere in it.
bool mentions(const json::value& value, const Names& names) {
  if (value.is_string()) return names.contains(std::string_view(value.as_string()));
  if (const auto* object = value.if_object()) {
    return std::ranges::any_of(*object, [&](const auto& one) {
      return names.contains(std::string_view(one.key())) || mentions(one.value(), names);
    });
  }
  if (const auto* array = value.if_array()) {
    return std::ranges::any_of(*array, [&](const auto& one) { return mentions(one, names); });
  }
  return false;
}

// The tracks from which somebody is kept, and all their applications.
Names forbidden_to(const Facts& facts, const std::string& person) {
  Names tracks;
  auto kept = facts.kept_from.find(person);
  if (kept == facts.kept_from.end()) return tracks;
  for (const auto& application : kept->second) {
    for (const auto& track : facts.tracks.at(application)) tracks.insert(track);
  }
  Names all = tracks;
  for (const auto& [application, of] : facts.tracks) {
    if (std::ranges::any_of(of, [&](const auto& one) { return tracks.contains(one); })) {
      all.insert(application);
    }
  }
  return all;
}

// A clerk of that round alone.
std::string clerk_of(const std::string& round) {
  std::string id = "clerk-" + round;
  return R"({"id": "r-)" + id + R"(", "actor": "admin-1", "registerPerson": {"person": ")" + id +
         R"(", "name": "（虚构）"}})" + "\n" + R"({"id": "p-)" + id +
         R"(", "actor": "admin-1", "proposeRole": {"proposal": ")" + id +
         R"(", "role": {"person": ")" + id +
         R"(", "role": "office", "scheme": "shanghai-2016", "round": ")" + round + R"("}}})" +
         "\n" + R"({"id": "g-)" + id + R"(", "actor": "admin-2", "grantRole": {"proposal": ")" +
         id + R"("}})" + "\n";
}

// The sample round, and then an inspector asks for the recusal of some who had no tie.
void make_round(const std::string& data) {
  auto demo = tests::run({{tests::built_program, "--data", data, "demo", "--once"}, {}, 0});
  REQUIRE(demo.exit_code == 0);
  std::string lines;
  int number = 0;
  for (const auto& [person, application] :
       {std::pair("office-1", "A-01"), std::pair("office-2", "A-25"), std::pair("agency-1", "A-20"),
        std::pair("committee-2", "P-01"), std::pair("government-1", "A-34"),
        std::pair("expert-01", "A-02")}) {
    std::string id = "later-" + std::to_string(++number);
    lines += R"({"id": ")" + id + R"(", "actor": "inspector-1", "role": "inspector", )" +
             R"("requestRecusal": {"request": ")" + id + R"(", "application": ")" + application +
             R"(", "person": ")" + person +
             R"(", "tie": {"ground": "other", "explanation": "x"}}})" + "\n";
  }
  lines += clerk_of("sh-2017") + clerk_of("sh-2019");
  auto file = data + ".ndjson";
  std::ofstream(file) << lines;
  auto sent = tests::run({{tests::built_program, "--data", data, "send", file}, {}, 0});
  INFO(sent.out << sent.err);
  REQUIRE(sent.exit_code == 0);
}

bool own_view(std::string_view name) {
  return name == "assignments" || name == "access" || name == "readings" || name == "applications";
}

}  // namespace

TEST_CASE("nobody is shown what he is kept from, in any view, as of any position", "[cli]") {
  tests::Folder folder;
  std::string data = folder.file("demo");
  make_round(data);
  cli::App app;
  app.data = data;
  auto folder_of_it = cli::open_to_read(app);
  REQUIRE(folder_of_it.has_value());
  const events::Log& log = *folder_of_it->log;
  cli::People people(log);
  const Facts facts = facts_of(log);
  REQUIRE(facts.kept_from.size() >= 7);
  const std::set<std::string> all_read = {"inspector", "auditor"};

  std::size_t cases = 0;
  std::size_t shown_rows = 0;
  std::size_t kept_rows = 0;
  std::size_t not_shown_to_readers = 0;
  for (events::Position at : {log.head(), log.head() / 2}) {
    app.at = at;
    auto records = cli::open_folder_records(app);
    REQUIRE(records.has_value());
    for (const auto& view : projections::all) {
      auto rows = (*records)->rows(view, {});
      REQUIRE(rows.has_value());
      for (const auto& person : facts.persons) {
        auto held = facts.roles.find(person);
        bool all = held != facts.roles.end() &&
                   std::ranges::any_of(held->second,
                                       [&](const auto& one) { return all_read.contains(one); });
        cli::Rights rights(log, person, people.person(person));
        Names forbidden = forbidden_to(facts, person);
        for (const auto& row : *rows) {
          ++cases;
          bool shown = rights.shows(view, row);
          if (all) {
            not_shown_to_readers += !shown && view.audience.auditors;
            continue;
          }
          shown_rows += shown;
          bool own = own_view(view.name);
          if (own || forbidden.empty() || !mentions(row, forbidden)) continue;
          ++kept_rows;
          if (!shown) continue;
          FAIL_CHECK(person << " is shown " << view.name << " " << json::serialize(row));
        }
      }
    }
  }
  INFO(cases << " cases, " << shown_rows << " rows shown, " << kept_rows << " kept back");
  CHECK(not_shown_to_readers == 0);
  CHECK(cases > 100'000);
  CHECK(shown_rows > 1'000);
  CHECK(kept_rows > 100);
}

TEST_CASE("who has no part in a round sees only what is his own", "[cli]") {
  tests::Folder folder;
  std::string data = folder.file("demo");
  make_round(data);
  cli::App app;
  app.data = data;
  auto folder_of_it = cli::open_to_read(app);
  REQUIRE(folder_of_it.has_value());
  const events::Log& log = *folder_of_it->log;
  auto records = cli::open_folder_records(app);
  REQUIRE(records.has_value());
  cli::People people(log);
  const Facts facts = facts_of(log);
  auto count = [&](const std::string& person, const std::string& name, auto&& fits) {
    cli::Rights rights(log, person, people.person(person));
    const auto& view = *projections::find_view(name);
    auto rows = (*records)->rows(view, {});
    REQUIRE(rows.has_value());
    std::size_t shown = 0;
    for (const auto& row : *rows) {
      if (!rights.shows(view, row)) continue;
      ++shown;
      INFO(person << " " << json::serialize(row));
      CHECK(fits(row));
    }
    return shown;
  };

  const auto& [reviewer, tracks] =
      *std::ranges::find_if(facts.groups, [](const auto& one) { return one.second.size() == 1; });
  auto of_group = [&](const json::object& row) {
    return tracks.contains(std::string_view(row.at("track").as_string()));
  };
  auto mine = [&](const char* member, const std::string& who) {
    return [member, who](const json::object& row) { return row.at(member).as_string() == who; };
  };
  CHECK(count(reviewer, "assignments", mine("reviewer", reviewer)) > 0);
  count(reviewer, "board", of_group);
  CHECK(count(reviewer, "ties", of_group) == 0);
  CHECK(count(reviewer, "scores", of_group) == 0);

  auto of_round = [](const json::object& row) { return row.at("round") == "sh-2017"; };
  for (const char* view : {"board", "rounds", "ranking"}) {
    CHECK(count("clerk-sh-2017", view, of_round) > 0);
    CHECK(count("clerk-sh-2019", view, of_round) == 0);
  }

  const std::string applicant = "org-1";
  const std::string representative = [&] {
    auto cursor = log.read_subject(events::subject("applicant", applicant), 0);
    while (cursor.next()) {
      auto event = cursor.recorded().event();
      if (!event.isApplicantRegistered()) continue;
      return events::string(event.getApplicantRegistered().getRepresentative());
    }
    return std::string();
  }();
  CHECK(count(representative, "applications", mine("applicant", applicant)) == 1);
  CHECK(count(representative, "board", mine("applicant", applicant)) == 0);
}
