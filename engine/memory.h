// The states of subjects, folded from the log when first asked for and then kept up to date: the
// writer's working memory. Bounded; what falls out is folded again. Writer thread only.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "engine/command.capnp.h"
#include "engine/state.h"
#include "events/assert.h"
#include "events/log.h"

namespace engine {

class Memory {
 public:
  Memory(const events::Log& log, std::size_t subjects_max);

  // Folds every subject that the command names, and those that these belong to: application → round
  // → scheme and calendar. After it, decide can ask for all of them.
  void prefetch(Command::Reader command);

  // Of a subject that was prefetched. The state of one that has no events yet is empty.
  template <class State>
  const State& get(std::string_view id) const;

  // Whether subjects of its kind have versions.
  static bool has_state(std::string_view subject);

  // An event of the batch at hand, which is not in the log yet.
  void apply(const Recorded& recorded);

  // The subjects of the last prefetch with their versions, in the order in which they were reached.
  std::vector<std::pair<std::string, Position>> basis() const;
  Position version(std::string_view subject);

  // To be called between batches, when all that was applied is in the log.
  void forget_surplus();

 private:
  using State =
      std::variant<LogState, Person, Organ, Proposal, CreditCode, Applicant, Application, Round,
                   Credential, Login, RecusalRequest, Pool, Draw, Ballot, PublicNotice, Objection,
                   Consultation, SchemeVersions, CalendarState, CommandOutcome, Refusals>;
  struct Slot {
    State state;
    std::list<std::string>::iterator age;
  };

  Slot* ensure(const std::string& subject);  // Null for a kind that has no state.
  void reach(const std::string& subject);
  void reach_for_draw(CommitDraw::Reader command);
  void reach_for_role(events::Role::Reader role);

  const events::Log& log_;
  std::size_t subjects_max_;
  std::unordered_map<std::string, Slot> slots_;
  std::list<std::string> ages_;  // The most recently used first.
  std::vector<std::string> reached_;
};

template <class State>
const State& Memory::get(std::string_view id) const {
  auto found = slots_.find(events::subject(State::kind, id));
  ASSERT(found != slots_.end());
  return std::get<State>(found->second.state);
}

}  // namespace engine
