// What decide makes of a command: the events, in order, and the grounds they rest on. Writer
// thread.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "events/batch.h"
#include "events/error.h"

namespace engine {

// One rule as it was judged.
struct Finding {
  std::string clause;
  std::string rule;  // Its place in the scheme: steps.apply.requires.2
  events::Verdict verdict = events::Verdict::MET;
  std::string needed;
  std::string found;
  std::vector<events::Position> inputs;
  events::Words words{};  // What whoever is refused by it is told; the record does without.
};

struct Decision {
  std::vector<events::Draft> drafts;
  std::vector<Finding> findings;

  // The step rests on this event: a score sheet, a ranking, a list.
  void rest_on(events::Position input) {
    auto& inputs = findings.front().inputs;
    if (std::ranges::find(inputs, input) == inputs.end()) inputs.push_back(input);
  }

  // What is left of the grounds when the command is refused: what was not met, and the clause at
  // least.
  void keep_unmet(const std::string& clause) {
    std::erase_if(findings,
                  [](const Finding& one) { return one.verdict != events::Verdict::UNMET; });
    if (findings.empty()) findings.push_back({clause, "", events::Verdict::UNMET, "", "", {}});
  }

  // The union of the next event; what is set in it becomes the fact.
  events::Event::Builder emit() { return drafts.emplace_back().event(); }
};

// The answer once refusals are no longer recorded one by one. The event that says so has no clause,
// and whoever sends that command again is answered from it.
inline events::Error refusals_suppressed(std::string clause = {}) {
  return {events::Code::overloaded,
          {"今天同类被拒操作已达上限，不再记录；请停止重试",
           "too many refused attempts today; they are no longer recorded: stop retrying"},
          std::move(clause),
          {}};
}

inline std::unexpected<events::Error> refuse(events::Code code, std::string clause, std::string zh,
                                             std::string en) {
  return std::unexpected(
      events::Error{code, {std::move(zh), std::move(en)}, std::move(clause), {}});
}

}  // namespace engine
