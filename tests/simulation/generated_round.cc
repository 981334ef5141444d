#include "tests/simulation/generated_round.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "engine/evolve.h"
#include "engine/scheme_check.h"
#include "engine/step_graph.h"
#include "events/assert.h"
#include "events/subject.h"
#include "tests/simulation/generated_scheme.h"

namespace tests {
namespace {

namespace json = boost::json;
using engine::Application;
using engine::Round;
using events::StepKind;
using events::string;
using events::view;

constexpr const char* zone = "Asia/Shanghai";
constexpr unsigned sweeps_max = 24;
constexpr unsigned idle_max = 4;  // Sweeps in which nothing passes, before everybody goes home.

// Folds in what is new since.
template <class State>
void refresh(State& state, const std::string& id, const events::Log& log) {
  auto cursor = log.read_subject(events::subject(State::kind, id), state.position);
  while (cursor.next()) evolve(state, cursor.recorded());
}

}  // namespace

GeneratedRound::GeneratedRound(Dice& dice, std::string scheme, const events::Log& log, Send send)
    : dice_(dice),
      text_(std::move(scheme)),
      log_(log),
      send_(std::move(send)),
      at_(*events::parse_moment("2017-01-03T09:00:00+08:00")) {
  auto read = engine::read_checked_scheme(text_, "generated.yaml");
  ASSERT(read.has_value());
  scheme_ = *std::move(read);
}

void GeneratedRound::run() {
  foundation();
  unsigned idle = 0;
  for (unsigned i = 0; i < sweeps_max && idle < idle_max; ++i) {
    idle = sweep() ? 0 : idle + 1;
    // Where nothing is left to do but to wait, that is what they do.
    pass(std::chrono::hours(idle > 0 ? 24 * 20 : dice_.between(10, 100)));
  }
}

// Whether anything came of it.
bool GeneratedRound::sweep() {
  events::Position before = round().position;
  for (const auto& [id, entry] : round_.applications) before += application(id).position;
  for (auto step : scheme_->reader().getSteps()) work_at(step);
  events::Position after = round().position;
  for (const auto& [id, entry] : round_.applications) after += application(id).position;
  return after != before;
}

void GeneratedRound::work_at(Step step) {
  if (step.getKind() == StepKind::CALL) return;
  if (step.getKind() == StepKind::APPLY) return apply(step);
  for (auto track : scheme_->reader().getTracks()) {
    if (!scheme_->applies(step, view(track.getTrack()))) continue;
    std::string id = string(track.getTrack());
    if (!engine::is_of_application(step.getKind())) {
      work_on(step, id);
      continue;
    }
    for (const std::string& one : standing(id)) work_on(step, application(one));
  }
}

void GeneratedRound::work_on(Step step, const std::string& track) {
  bool done = round().outcomes.contains({string(step.getStep()), track});
  if (!begun(step, track) && !percent(2)) return;
  if (step.getKind() == StepKind::NOTICE) return show(step, track);
  if (done && !percent(2)) return;
  switch (step.getKind()) {
    case StepKind::DRAW:
      return form_group(step, track);
    case StepKind::RANK:
      return rank(step, track);
    case StepKind::APPROVE: {
      leave_vacant(step, track);
      Object body = at_track(step, track);
      body["document"] = "批〔2017〕1号";
      say(one_of(string(step.getWho()), track), "approveList", std::move(body));
      return;
    }
    default:
      return list(step, track);
  }
}

void GeneratedRound::work_on(Step step, const Application& one) {
  if (!begun(step, one) && !percent(1)) return;
  std::string id = string(step.getStep());
  enter_result(step, one);
  if (one.outcomes.contains(id) && !percent(1)) return;
  Object body = at_step(step, one.id);
  switch (step.getKind()) {
    case StepKind::ACCEPT:
      say(one_of(string(step.getWho()), one), "acceptApplication", std::move(body));
      return;
    case StepKind::REVIEW:
      return review(step, one);
    case StepKind::CONFER:
      // The end of a notice, or an approval, is known of those on the list alone.
      for (auto before : step.getAfter()) {
        if (!one.outcomes.contains(view(before)) && !percent(3)) return;
      }
      body["certificate"] = "证书 " + one.id;
      say(one_of(string(step.getWho()), one), "conferAward", std::move(body));
      return;
    default:
      return act(step, one);
  }
}

// Mostly once, mostly by the right person.
bool GeneratedRound::say(const Someone& who, const std::string& type, Object body) {
  if (percent(2)) return false;
  Someone actor = who;
  if (percent(1)) {
    auto organ = members_.begin();
    std::advance(organ, dice_.up_to(members_.size() - 1));
    actor = one_of(organ->first);
    if (percent(50)) actor.role = who.role;
  }
  bool passed = send(actor, type, body);
  if (percent(1)) send(actor, type, std::move(body));
  if (percent(2)) send_(type, line_);
  if (!troubled_ && percent(7)) {
    troubled_ = true;
    trouble();
    troubled_ = false;
  }
  return passed;
}

bool GeneratedRound::send(const Someone& who, const std::string& type, Object body) {
  pass(std::chrono::minutes(dice_.between(1, 30)));
  Object line{{"id", id("c")}, {"actor", who.person}};
  if (!who.role.empty()) line["role"] = who.role;
  line["at"] = events::text(at_);
  line[type] = std::move(body);
  line_ = json::serialize(line);
  return !send_(type, line_).refusal.has_value();
}

std::string GeneratedRound::day(int from_now) const {
  return events::text(events::date_of(at_, zone) + std::chrono::days(from_now));
}

const Round& GeneratedRound::round() {
  refresh(round_, generated_round, log_);
  return round_;
}

const Application& GeneratedRound::application(const std::string& id) {
  Application& one = applications_[id];
  one.id = id;
  refresh(one, id, log_);
  return one;
}

GeneratedRound::Ids GeneratedRound::standing(const std::string& track) {
  Ids all;
  for (const auto& [id, entry] : round().applications) {
    if (entry.track == track && !entry.gone()) all.push_back(id);
  }
  return all;
}

// Whether it is the turn of the step, in what concerns the track as a whole.
bool GeneratedRound::begun(Step step, const std::string& track) {
  const auto& outcomes = round().outcomes;
  for (auto id : step.getAfter()) {
    auto before = *scheme_->step(view(id));
    bool whole = before.getKind() != StepKind::CALL &&
                 !engine::is_of_application(before.getKind()) && scheme_->applies(before, track);
    if (whole && !outcomes.contains({string(id), track})) return false;
  }
  return true;
}

bool GeneratedRound::begun(Step step, const Application& one) {
  const auto& outcomes = round().outcomes;
  if (step.hasNotOn()) {
    auto own = one.outcomes.find(view(step.getNotOn()));
    if (own == one.outcomes.end() || own->second.passed) return false;
  }
  for (auto id : step.getAfter()) {
    if (!scheme_->applies(*scheme_->step(view(id)), one.track)) continue;
    auto own = one.outcomes.find(view(id));
    if (own != one.outcomes.end() && !own->second.passed) return false;
    if (own == one.outcomes.end() && !outcomes.contains({string(id), one.track})) return false;
  }
  return true;
}

const engine::ReviewGroup* GeneratedRound::group_of(const std::string& track) {
  for (const auto& [place, group] : round().groups) {
    if (place.second == track) return &group;
  }
  return nullptr;
}

GeneratedRound::Ids GeneratedRound::reviewers_of(const Application& one) {
  const auto* group = group_of(one.track);
  if (!group) return {};
  Ids members = group->reviewers;
  std::erase_if(members, [&](const std::string& id) { return one.recused.contains(id); });
  return members;
}

GeneratedRound::Someone GeneratedRound::one_of(const std::string& organ) {
  return {dice_.pick(members_.at(organ)), organ};
}

// Of those who are free to decide about all who stand on the track, if there are any.
GeneratedRound::Someone GeneratedRound::one_of(const std::string& organ, const std::string& track) {
  const auto* group = organ == "reviewer" ? group_of(track) : nullptr;
  Ids free = group ? group->reviewers : members_.at(organ);
  for (const std::string& id : standing(track)) {
    const engine::RoundEntry& entry = round().applications.at(id);
    std::erase_if(free, [&](const std::string& person) {
      return entry.recused.contains(person) || entry.challenged.contains(person);
    });
  }
  if (!free.empty()) return {dice_.pick(free), organ};
  return one_of(organ);
}

GeneratedRound::Someone GeneratedRound::one_of(const std::string& organ, const Application& one) {
  if (organ == "applicant") return representative(one);
  Ids free = organ == "reviewer" ? reviewers_of(one) : members_.at(organ);
  std::erase_if(free, [&](const std::string& id) {
    return one.recused.contains(id) || one.challenged.contains(id);
  });
  if (!free.empty()) return {dice_.pick(free), organ};
  return one_of(organ);
}

GeneratedRound::Someone GeneratedRound::representative(const Application& one) {
  auto found = std::ranges::find(entrants_, one.id, &Entrant::application);
  ASSERT(found != entrants_.end());
  return {found->representative, "applicant"};
}

GeneratedRound::Object GeneratedRound::at_track(Step step, const std::string& track) {
  return {{"round", generated_round}, {"step", string(step.getStep())}, {"track", track}};
}

GeneratedRound::Object GeneratedRound::at_step(Step step, const std::string& application) {
  return {{"application", application}, {"step", string(step.getStep())}};
}

}  // namespace tests
