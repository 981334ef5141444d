#include "engine/memory.h"

#include <algorithm>
#include <optional>

#include "engine/evolve.h"
#include "events/subject.h"

namespace engine {
namespace {

using events::subject;

template <class State>
std::optional<State> empty_state(std::string_view kind, std::string_view id) {
  if (kind != State::kind) return std::nullopt;
  State state;
  if constexpr (requires { state.id; }) state.id = id;
  return state;
}

// Nothing for a kind that has no state.
template <class State>
std::optional<State> state_for(std::string_view name) {
  std::optional<State> state;
  [&]<class... Each>(std::variant<Each...>*) {
    (void)((state ? false
                  : bool(state = empty_state<Each>(events::kind_of(name), events::id_of(name)))) ||
           ...);
  }(static_cast<State*>(nullptr));
  return state;
}

// What a state belongs to, and what deciding about it therefore needs.
std::vector<std::string> links(const auto&) { return {}; }

std::vector<std::string> links(const Application& application) {
  if (application.submitted == 0) return {};
  return {subject("round", application.round), subject("applicant", application.applicant)};
}

std::vector<std::string> links(const Round& round) {
  if (round.scheme.empty()) return {};
  std::vector<std::string> names = {subject("scheme", round.scheme),
                                    subject("calendar", round.calendar)};
  for (const auto& [place, draw] : round.draws) names.push_back(subject("draw", draw));
  return names;
}

std::vector<std::string> links(const Draw& draw) {
  if (draw.round.empty()) return {};
  return {subject("round", draw.round)};
}

std::vector<std::string> links(const RecusalRequest& request) {
  if (request.application.empty()) return {};
  return {subject("application", request.application), subject("person", request.person)};
}

std::vector<std::string> links(const Proposal& proposal) {
  if (proposal.person.empty()) return {};
  std::vector<std::string> names = {subject("person", proposal.person)};
  if (!proposal.role.scheme.empty()) names.push_back(subject("scheme", proposal.role.scheme));
  if (!proposal.role.round.empty()) names.push_back(subject("round", proposal.role.round));
  return names;
}

std::vector<std::string> links(const Credential& credential) {
  if (credential.person.empty()) return {};
  return {subject("person", credential.person)};
}

std::vector<std::string> links(const PublicNotice& notice) {
  if (notice.round.empty()) return {};
  return {subject("round", notice.round)};
}

std::vector<std::string> links(const Objection& objection) {
  if (objection.notice.empty()) return {};
  return {subject("notice", objection.notice), subject("application", objection.application)};
}

std::vector<std::string> links(const Consultation& consultation) {
  if (consultation.application.empty()) return {};
  return {subject("application", consultation.application)};
}

std::vector<std::string> links(const Ballot& ballot) {
  if (ballot.round.empty()) return {};
  std::vector<std::string> all = {subject("round", ballot.round)};
  for (const std::string& one : ballot.candidates) all.push_back(subject("application", one));
  return all;
}

std::vector<std::string> links(const SchemeVersions& scheme) {
  if (scheme.versions.empty()) return {};
  auto newest = scheme.versions.rbegin()->second->reader();
  std::vector<std::string> all = {subject("calendar", events::view(newest.getCalendar())),
                                  subject("pool", scheme.id)};
  // An organ that decides by ballot is asked for its members. A round may be pinned to an earlier
  // version.
  for (const auto& [position, version] : scheme.versions) {
    for (auto one : version->reader().getOrgans()) {
      if (!one.hasCommittee()) continue;
      all.push_back(subject("organ", organ_id(scheme.id, events::view(one.getOrgan()))));
    }
  }
  return all;
}

}  // namespace

Memory::Memory(const events::Log& log, std::size_t subjects_max)
    : log_(log), subjects_max_(subjects_max) {}

void Memory::prefetch(Command::Reader command) {
  reached_.clear();
  reach(subject("log", "log"));
  for (const events::Subject& one : events::subjects_of(command)) {
    if (one.folded) reach(one.name);
  }
  if (command.isCommitDraw()) reach_for_draw(command.getCommitDraw());
  if (command.isProposeRole()) reach_for_role(command.getProposeRole().getRole());
  ensure(events::command_subject(events::view(command.getActor()), events::view(command.getId())));
}

// A draw looks at everybody who might be drawn, and at everybody whom they would judge. They are
// too many to be listed as what was decided on: whoever is excluded is excluded with the fact.
void Memory::reach_for_draw(CommitDraw::Reader command) {
  const auto& round = get<Round>(events::view(command.getRound()));
  if (round.scheme.empty()) return;
  ensure(subject("pool", round.scheme));
  for (const auto& [person, expert] : get<Pool>(round.scheme).experts) {
    ensure(subject("person", person));
  }
  for (const auto& [id, entry] : round.applications) ensure(subject("applicant", entry.applicant));
}

// The round that a role is for tells its scheme. Granting the role does not change the round, which
// is why the event only mentions it.
void Memory::reach_for_role(events::Role::Reader role) {
  if (role.getRound().size() > 0) reach(subject("round", events::view(role.getRound())));
}

// Each subject is reached once, so the walk ends even where links form a ring.
void Memory::reach(const std::string& name) {
  if (std::ranges::find(reached_, name) != reached_.end()) return;
  Slot* slot = ensure(name);
  if (!slot) return;
  reached_.push_back(name);
  auto linked = std::visit([](const auto& state) { return links(state); }, slot->state);
  for (const std::string& one : linked) reach(one);
}

Memory::Slot* Memory::ensure(const std::string& name) {
  if (auto found = slots_.find(name); found != slots_.end()) {
    ages_.splice(ages_.begin(), ages_, found->second.age);
    return &found->second;
  }
  auto state = state_for<State>(name);
  if (!state) return nullptr;
  auto cursor = log_.read_subject(name, 0);
  while (cursor.next()) {
    std::visit([&](auto& one) { evolve(one, cursor.recorded()); }, *state);
  }
  ages_.push_front(name);
  return &slots_.emplace(name, Slot{std::move(*state), ages_.begin()}).first->second;
}

bool Memory::has_state(std::string_view name) {
  return !events::id_of(name).empty() && state_for<State>(name).has_value();
}

void Memory::apply(const Recorded& recorded) {
  auto fold = [&](const std::string& name) {
    Slot* slot = ensure(name);
    if (slot) std::visit([&](auto& state) { evolve(state, recorded); }, slot->state);
  };
  if (recorded.record.getPart() == 0) {
    fold(events::command_subject(events::view(recorded.record.getActor()),
                                 events::view(recorded.record.getCommandId())));
  }
  for (const events::Subject& one : events::subjects_of(recorded.event())) {
    if (one.folded) fold(one.name);
  }
}

std::vector<std::pair<std::string, Position>> Memory::basis() const {
  std::vector<std::pair<std::string, Position>> versions;
  for (const std::string& name : reached_) {
    Position position =
        std::visit([](const auto& state) { return state.position; }, slots_.at(name).state);
    if (position > 0) versions.emplace_back(name, position);
  }
  return versions;
}

Position Memory::version(std::string_view name) {
  Slot* slot = ensure(std::string(name));
  if (!slot) return 0;
  return std::visit([](const auto& state) { return state.position; }, slot->state);
}

void Memory::forget_surplus() {
  while (slots_.size() > subjects_max_) {
    slots_.erase(ages_.back());
    ages_.pop_back();
  }
}

}  // namespace engine
