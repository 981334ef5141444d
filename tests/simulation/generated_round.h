// A whole round under whatever scheme it is given, in which much goes wrong. It reads the log as
// anybody could, sees what each step still wants, and has it done by somebody who may: mostly in
// time, mostly once, mostly by the right person. Deterministic by its dice. One thread.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/scheme.h"
#include "engine/state.h"
#include "engine/writer.h"
#include "events/log.h"
#include "tests/simulation/dice.h"

namespace tests {

inline constexpr const char* generated_round = "round";

class GeneratedRound {
 public:
  using Send = std::function<engine::Reply(const std::string& type, const std::string& line)>;

  // The scheme is valid; the log is a new one, opened by admin-1, that `send` writes to.
  GeneratedRound(Dice& dice, std::string scheme, const events::Log& log, Send send);

  void run();

 private:
  using Ids = std::vector<std::string>;
  using Object = boost::json::object;
  using Step = events::Step::Reader;

  struct Someone {
    std::string person;
    std::string role;
  };

  // generated_round.cc
  bool sweep();
  void work_at(Step step);
  void work_on(Step step, const std::string& track);
  void work_on(Step step, const engine::Application& application);
  bool say(const Someone& who, const std::string& type, Object body);
  bool send(const Someone& who, const std::string& type, Object body);
  void pass(std::chrono::minutes time) { at_ += time; }
  std::string day(int from_now) const;  // 2017-03-01

  // What the log says by now.
  const engine::Round& round();
  const engine::Application& application(const std::string& id);
  template <class State>
  State known(const std::string& id) const;
  Ids standing(const std::string& track);  // Applications that nobody withdrew or ended.
  bool begun(Step step, const std::string& track);
  bool begun(Step step, const engine::Application& application);
  const engine::ReviewGroup* group_of(const std::string& track);
  Ids reviewers_of(const engine::Application& application);  // Who are not recused.

  Someone one_of(const std::string& organ);
  Someone one_of(const std::string& organ, const std::string& track);
  Someone one_of(const std::string& organ, const engine::Application& application);
  Someone representative(const engine::Application& application);

  // generated_foundation.cc
  void foundation();
  void publish();
  void staff();
  void register_person(const std::string& person);
  void grant(const std::string& person, const std::string& role, const std::string& body = "");
  void experts();
  void call();
  void applicants();

  // generated_acts.cc: what is done for each application.
  void apply(Step step);
  Object answers(const std::string& form, const std::string& track);
  void act(Step step, const engine::Application& application);
  void consult(Step step, const engine::Application& application);
  void supplement(Step step, const engine::Application& application);
  void enter_result(Step step, const engine::Application& application);
  bool counted(Step step, const std::string& track);
  void adjust(Step step, const engine::Application& application);

  // generated_review.cc
  void form_group(Step step, const std::string& track);
  void draw_group(Step step, const std::string& track);
  void replace_member(const engine::StepTrack& place, const std::string& leaves);
  void fill_group(Step step, const engine::Application& application);
  void review(Step step, const engine::Application& application);
  void score(Step step, const std::string& id, const std::string& reviewer);
  void explain(Step step, const std::string& id);
  void agree(Step step, const engine::Application& application);
  Object scores(const engine::Application& application, const char* words);
  Someone leader(const engine::Application& application);

  // generated_lists.cc
  void rank(Step step, const std::string& track);
  void settle_ties(Step step, const std::string& track);
  Ids candidates(Step step, const std::string& track);
  void list(Step step, const std::string& track);
  void vote(Step step, const std::string& track);
  void leave_vacant(Step step, const std::string& track);
  void show(Step step, const std::string& track);
  void object(const engine::RoundNotice& notice);
  void settle(Step step, const engine::RoundNotice& notice);

  // generated_trouble.cc: what somebody does at the wrong moment.
  void trouble();
  void trouble_about(const engine::Application& application);
  void trouble_about_recusal(const engine::Application& application);
  void decide_recusal(const std::string& organ);
  void transfer(const engine::Application& application);
  void trouble_about_time();
  void trouble_about_people();
  Object tie();

  std::string id(const std::string& kind) { return kind + std::to_string(++ids_); }
  bool percent(unsigned chance) { return dice_.percent(chance); }
  static Object at_track(Step step, const std::string& track);
  static Object at_step(Step step, const std::string& application);

  struct Entrant {
    std::string application;
    std::string applicant;
    std::string representative;
    std::string track;
    unsigned percent = 0;  // Of the best.
    unsigned refused = 0;
  };

  Dice& dice_;
  std::string text_;
  std::shared_ptr<const engine::Scheme> scheme_;
  const events::Log& log_;
  Send send_;
  events::Moment at_;
  unsigned ids_ = 0;
  bool troubled_ = false;  // While there is trouble there is no other.

  std::map<std::string, Ids> members_;  // By organ.
  std::vector<Entrant> entrants_;
  std::map<std::string, std::string> seeds_;  // By draw.
  Ids requests_;                              // For somebody's recusal.
  std::string line_;                          // What was said last, for saying it again.

  engine::Round round_;
  std::map<std::string, engine::Application> applications_;
};

template <class State>
State GeneratedRound::known(const std::string& id) const {
  State state;
  auto cursor = log_.read_subject(events::subject(State::kind, id), 0);
  while (cursor.next()) evolve(state, cursor.recorded());
  return state;
}

}  // namespace tests
