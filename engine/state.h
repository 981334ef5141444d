// What is known of each subject: the fold of its events, as plain values. `position` is the
// version: the newest event folded in, 0 if there is none. Built by evolve, kept by Memory, read by
// decide.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/calendar.h"
#include "engine/people_state.h"
#include "engine/scheme.h"
#include "engine/scoring.h"
#include "events/event.capnp.h"
#include "events/record.h"
#include "events/sha256.h"

namespace engine {

using events::Moment;
using events::Recorded;

// A step of a round for one track: ("notice1", "gold-manufacturing").
using StepTrack = std::pair<std::string, std::string>;

struct LogState {
  static constexpr const char* kind = "log";
  Position position = 0;
  std::string zone;
  bool simulated = false;
  unsigned administrators = 0;
};

struct PastApplication {
  std::string scheme;
  int year = 0;
  std::string application;  // Empty for one made elsewhere.
  Position position = 0;
};

struct AwardHeld {
  std::string scheme;
  std::string award;
  Date conferred_on;
  Position position = 0;
};

// Between a person and the applicant: a hint that there may be a tie, and no more.
struct Relation {
  std::string person;
  events::TieGround ground = events::TieGround::OTHER;
  std::optional<Date> from;
  std::optional<Date> until;
  Position position = 0;
};

struct Applicant {
  static constexpr const char* kind = "applicant";
  Position position = 0;
  bool individual = false;
  std::string representative;
  std::vector<PastApplication> applications;
  std::vector<AwardHeld> awards;
  std::vector<Relation> relations;
};

// Whose unified social credit code it is: one applicant's, for good.
struct CreditCode {
  static constexpr const char* kind = "creditCode";
  Position position = 0;
  std::string applicant;
};

struct StepOutcome {
  bool passed = true;
  Position position = 0;
  Date on;
  bool of_track = false;  // Found by comparing the applications of one track.
};

struct Declaration {
  bool tie = false;
  Position position = 0;
};

struct Score {
  unsigned percent = 0;
  std::uint32_t hundredths = 0;
  Position position = 0;
};

struct Sheet {
  std::map<std::string, Score, std::less<>> scores;  // By rubric item.
  Position submitted = 0;
  bool counted = false;  // In the review's result as it was last closed.
  std::map<std::string, Position, std::less<>> explained;  // By item; the whole sheet under "".
};

// What the group agreed on for one item, as the site visit has changed it since.
struct Agreed {
  unsigned percent = 0;
  std::uint32_t hundredths = 0;
  Position position = 0;
  bool reasoned = false;
};

using FormValues = std::map<std::string, std::string, std::less<>>;  // By field.

// What was filled in at one step.
struct StepForm {
  FormValues values;
  Position position = 0;
};

// What is still asked of somebody: a supplement of the applicant, an answer of a department.
struct OpenQuestion {
  Moment closes;  // 1970-01-01: no last day was set.
  Position asked = 0;
  Position answered = 0;

  bool has_end() const { return closes != Moment(); }
  bool open() const { return asked > 0 && answered == 0; }
};

struct Consulted {
  std::string step;
  std::string body;
  OpenQuestion question;
};

struct Exclusion {
  std::string clause;
  Position position = 0;
};

struct Application {
  static constexpr const char* kind = "application";
  std::string id;
  Position position = 0;
  std::string round;
  std::string applicant;
  std::string step;  // At which it was applied.
  std::string track;
  Position submitted = 0;
  Position withdrawn = 0;
  Position conferred = 0;
  Exclusion excluded;
  FormValues form;
  std::map<std::string, StepForm, std::less<>> step_forms;
  std::map<std::string, OpenQuestion, std::less<>> supplements;  // The newest, by step.
  std::map<std::string, Consulted, std::less<>> consulted;       // By consultation.
  std::map<std::string, StepOutcome, std::less<>> outcomes;      // By step.
  std::map<std::string, Declaration, std::less<>> declarations;  // By reviewer.
  std::map<std::string, Position, std::less<>> recused;          // By person. Nothing removes one.
  std::map<std::string, Position, std::less<>> challenged;       // By person, until it is decided.
  std::map<std::pair<std::string, std::string>, Sheet> sheets;   // By step and reviewer.
  std::map<std::pair<std::string, std::string>, Agreed> agreed;  // By review and rubric item.
  // Steps whose result was taken back: they may be done again after their last day.
  std::set<std::string, std::less<>> reopened;
};

struct RoundEntry {
  std::string applicant;
  std::string submitted_by;
  std::string track;
  Position submitted = 0;
  Position accepted = 0;
  Position withdrawn = 0;
  Position excluded = 0;
  std::set<std::string, std::less<>> failed;  // Steps.
  // As in the application itself, for what is decided about many at once.
  std::map<std::string, Position, std::less<>> recused;
  std::map<std::string, Position, std::less<>> challenged;

  bool gone() const { return withdrawn > 0 || excluded > 0; }
};

struct DeadlineSet {
  Date last_day;
  Moment closes;
  Position passed = 0;
};

struct ReviewGroup {
  std::string group;
  std::vector<std::string> reviewers;
  std::string leader;
  std::set<std::string, std::less<>> gone;  // Members and reserves that were replaced.
  Position position = 0;
};

// Of a review, or of a step at which a result was entered.
struct StepResult {
  std::string application;
  Fraction hundredths;
  Position position = 0;
};

struct RankedEntry {
  std::string application;
  unsigned rank = 0;
  unsigned place = 0;  // Among those of the same rank, where that was settled; else 0.
  Fraction hundredths;
};

// Places that were left vacant, for the tracks that share them.
struct Vacancy {
  std::vector<std::string> tracks;
  unsigned places = 0;
};

// What became of a candidate of a ballot.
struct Balloted {
  bool closed = false;
  bool passed = false;
  Position position = 0;
  std::string ballot;
};

struct FixedList {
  std::vector<std::string> listed;
  std::vector<std::string> others;
  Position position = 0;
};

// The newest notice of one list, and the objections against all of them.
struct RoundNotice {
  std::string notice;
  Position published = 0;  // 0: what it showed was undone, and it has to be shown again.
  Position ended = 0;
  Position interrupted = 0;
  std::vector<std::string> listed;
  std::set<std::string, std::less<>> open_objections;
};

struct Round {
  static constexpr const char* kind = "round";
  Position position = 0;
  std::string id;
  std::string scheme;
  Position scheme_position = 0;
  std::string calendar;
  int year = 0;
  Date called_on;
  std::map<std::string, DeadlineSet, std::less<>> deadlines;  // By step.
  std::map<std::string, RoundEntry, std::less<>> applications;
  std::map<std::string, Position, std::less<>> commitments;  // By reviewer.
  std::map<StepTrack, ReviewGroup> groups;
  std::map<StepTrack, std::string> draws;  // The newest of each group.
  std::map<StepTrack, std::vector<StepResult>> results;
  std::map<StepTrack, std::vector<RankedEntry>> rankings;
  std::map<StepTrack, FixedList> lists;
  std::map<std::string, std::vector<Vacancy>, std::less<>> vacancies;          // By step.
  std::map<StepTrack, std::map<std::string, Balloted, std::less<>>> balloted;  // By application.
  std::map<StepTrack, RoundNotice> notices;
  std::map<StepTrack, StepOutcome> outcomes;
  std::map<std::string, int, std::less<>> conferred;  // By track.
};

struct Ballot {
  static constexpr const char* kind = "ballot";
  Position position = 0;
  std::string round;
  std::string step;
  std::string track;
  std::vector<std::string> candidates;
  std::vector<std::string> present;
  // By application and member: one vote each.
  std::map<std::pair<std::string, std::string>, events::Vote> votes;
  bool closed = false;
};

struct PublicNotice {
  static constexpr const char* kind = "notice";
  Position position = 0;
  std::string round;
  std::string step;
  std::string track;
  std::vector<std::string> listed;
  Date opens_on;
  Date last_day;
  Moment closes;
  Position published = 0;
  Position ended = 0;
  Position interrupted = 0;
  std::set<std::string, std::less<>> proven;  // Applications that were shown inside their unit.
};

struct Objection {
  static constexpr const char* kind = "objection";
  Position position = 0;
  std::string notice;
  std::string round;
  std::string application;
  Moment settle_by;  // 1970-01-01: the scheme sets no time.
  bool settled = false;
};

struct Consultation {
  static constexpr const char* kind = "consultation";
  Position position = 0;
  std::string application;
  std::string step;
  std::string body;
  Position answered = 0;
};

// The versions of one scheme, each under the position that published it.
struct SchemeVersions {
  static constexpr const char* kind = "scheme";
  std::string id;
  Position position = 0;
  std::string parts;  // Of a publication that is not finished.
  std::map<Position, std::shared_ptr<const Scheme>> versions;
  Date repealed_on;
  Position repealed = 0;  // 0 while it is in force.
};

struct CalendarState {
  static constexpr const char* kind = "calendar";
  Position position = 0;
  Calendar calendar;
};

// What became of a command id.
struct CommandOutcome {
  static constexpr const char* kind = "command";
  Position position = 0;  // Of its first event.
  unsigned parts = 0;
  events::Hash digest{};
  bool refused = false;
  events::Error refusal;
};

struct Refusals {
  static constexpr const char* kind = "refusals";
  Position position = 0;
  unsigned count = 0;
  bool suppressed = false;
};

}  // namespace engine
