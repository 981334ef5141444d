#include "events/subject.h"

#include <capnp/message.h>

#include <catch2/catch.hpp>

#include "events/record.capnp.h"

using namespace events;

namespace {

struct Built {
  capnp::MallocMessageBuilder message;
  Record::Builder record = message.initRoot<Record>();

  std::vector<Subject> subjects() { return subjects_of(record.asReader()); }
};

using Subjects = std::vector<Subject>;

}  // namespace

namespace Catch {
template <>
struct StringMaker<Subject> {
  static std::string convert(const Subject& one) { return (one.folded ? "f " : "m ") + one.name; }
};
}  // namespace Catch

TEST_CASE("a subject is its kind and its id", "[events]") {
  CHECK(subject("application", "A-01") == "application/A-01");
  CHECK(kind_of("application/A-01") == "application");
  CHECK(id_of("application/A-01") == "A-01");
  // A command's id is its actor's and its own.
  CHECK(kind_of("command/li/c-1") == "command");
  CHECK(id_of("command/li/c-1") == "li/c-1");
  CHECK(kind_of("log") == "log");
  CHECK(id_of("log").empty());
}

TEST_CASE("an event's subjects are read off the schema, in its order", "[events]") {
  Built built;
  built.record.setActor("li");
  auto event = built.record.getEvent().initApplicationSubmitted();
  event.setApplication("A-01");
  event.setRound("r1");
  event.setApplicant("factory");
  event.setTrack("gold");

  CHECK(built.subjects() == Subjects{{"actor/li", false},
                                     {"application/A-01", true},
                                     {"round/r1", true},
                                     {"applicant/factory", true}});
}

TEST_CASE("subjects stand in lists and in structs within", "[events]") {
  Built built;
  auto event = built.record.getEvent().initRankingFixed();
  event.setRound("r1");
  auto entries = event.initEntries(2);
  entries[0].setApplication("A-01");
  entries[1].setApplication("A-02");

  CHECK(built.subjects() ==
        Subjects{{"round/r1", true}, {"application/A-01", true}, {"application/A-02", true}});
}

TEST_CASE("a list of ids names each of them once", "[events]") {
  Built built;
  auto event = built.record.getEvent().initReviewGroupFormed();
  event.setRound("r1");
  auto reviewers = event.initReviewers(3);
  reviewers.set(0, "wang");
  reviewers.set(1, "zhao");
  reviewers.set(2, "wang");

  CHECK(built.subjects() ==
        Subjects{{"round/r1", true}, {"person/wang", false}, {"person/zhao", false}});
}

TEST_CASE("who is both folded and mentioned is folded", "[events]") {
  Built built;
  auto event = built.record.getEvent().initRoleGranted();
  event.setProposal("g1");
  event.setProposedBy("li");
  event.initRole().setPerson("li");

  CHECK(built.subjects() == Subjects{{"proposal/g1", true}, {"person/li", true}});
}

TEST_CASE("an id that is not there names nothing", "[events]") {
  Built built;
  built.record.getEvent().initRoleGranted().setProposal("g1");

  CHECK(built.subjects() == Subjects{{"proposal/g1", true}});
}

TEST_CASE("of a union only the member that is set is visited", "[events]") {
  Built built;
  auto event = built.record.getEvent().initApplicantRegistered();
  event.setApplicant("a1");
  event.initIndividual().setEmployer("factory");
  CHECK(built.subjects() == Subjects{{"applicant/a1", true}, {"applicant/factory", false}});

  event.initOrganisation();
  CHECK(built.subjects() == Subjects{{"applicant/a1", true}});
}
