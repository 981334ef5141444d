// Persons, credentials and logins as of the log's head, for whoever has to be let in with each
// request: folded once, and from then on only as far as they have grown. Any thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/evolve.h"
#include "events/log.h"
#include "events/subject.h"

namespace cli {

class People {
 public:
  explicit People(const events::Log& log) : log_(log) {}

  std::shared_ptr<const engine::Person> person(const std::string& id) {
    return persons_.at(log_, id);
  }
  std::shared_ptr<const engine::Login> login(const std::string& id) { return logins_.at(log_, id); }
  std::shared_ptr<const engine::Credential> credential(const std::string& id) {
    return credentials_.at(log_, id);
  }

 private:
  // What somebody holds stays as it was when he asked.
  template <class State>
  class Known {
   public:
    std::shared_ptr<const State> at(const events::Log& log, const std::string& id) {
      std::lock_guard lock(mutex_);
      if (states_.size() >= states_max) states_.clear();
      auto& [known, looked] = states_[id];
      if (!known) known = std::make_shared<const State>();
      events::Position head = log.head();
      if (looked == head) return known;
      auto cursor = log.read_subject(events::subject(State::kind, id), known->position);
      if (cursor.next()) {
        auto grown = std::make_shared<State>(*known);
        do {
          engine::evolve(*grown, cursor.recorded());
        } while (cursor.next());
        known = std::move(grown);
      }
      looked = head;
      return known;
    }

   private:
    struct Folded {
      std::shared_ptr<const State> state;
      events::Position looked = 0;  // The log's head at that time: nothing is new below it.
    };
    static constexpr std::size_t states_max = 10'000;
    std::mutex mutex_;
    std::map<std::string, Folded, std::less<>> states_;
  };

  const events::Log& log_;
  Known<engine::Person> persons_;
  Known<engine::Credential> credentials_;
  Known<engine::Login> logins_;
};

}  // namespace cli
