// A scheme from nothing: as some city might have written it, valid whatever the dice say. Its steps
// come in a random order, with random terms. One thread.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/dice.h"

namespace tests {

inline constexpr const char* generated_id = "generated";
inline constexpr const char* generated_calendar = "days";

class GeneratedScheme {
 public:
  explicit GeneratedScheme(Dice& dice);

  std::string text() const;  // YAML.

 private:
  using Ids = std::vector<std::string>;

  // What a rule can ask for. Its name says what a good answer is; see GeneratedRound::answers.
  struct Field {
    std::string id;
    std::string type;
    Ids tracks;  // Asked only there; everywhere when empty.
  };

  // generated_scheme.cc: everything but the steps.
  void head();
  void organs();
  void tracks();
  void quotas();
  void rubrics();
  boost::json::object parts(unsigned points, const std::string& item, unsigned depth);
  void people();
  void publicity();

  // generated_steps.cc: the steps and their order.
  void steps();
  void apply();
  void admission();
  void act(const std::string& kind);
  void draws();
  void judgement();
  Ids weigh(const Ids& results);
  void shortlist();
  void decision();
  void notice(const std::string& list);
  void award();
  void told(const std::string& list, const std::string& ranking);
  boost::json::object step(const std::string& kind, const std::string& who);
  boost::json::object list_terms(const std::string& from);
  void follow(const std::string& id, boost::json::object step);
  void beside(const std::string& id, boost::json::object step);
  std::string result_step(const std::string& kind, const Ids& after);
  std::string review_step(const Ids& after);

  // generated_terms.cc: what a step asks for.
  std::string form(unsigned fields_max, bool applied);
  boost::json::array rules(const std::vector<Field>& known, bool applied);
  boost::json::object rule(const Field& field);
  boost::json::object compound(const std::vector<Field>& known);
  boost::json::object closing();
  boost::json::object period(std::uint64_t least);
  void ground(boost::json::object& terms);

  std::string clause();
  std::string staff();  // An organ that acts by a role.
  std::string id(const std::string& kind) { return kind + std::to_string(++ids_); }
  bool percent(unsigned chance) { return dice_.percent(chance); }

  Dice& dice_;
  boost::json::object scheme_;
  boost::json::object steps_;
  boost::json::object forms_;
  Ids tracks_;
  bool committee_ = false;
  bool in_call_ = false;  // The call sets the last day to apply.
  unsigned ids_ = 0;

  Ids front_;   // What the next step comes after; on each track there is one of them.
  Ids passed_;  // Steps that all applications have passed here, of whatever track.
  Ids draws_;
  Ids judged_;          // Results without a weight, for the next list to count.
  std::string chosen_;  // The newest ranking or list, from which the next list is chosen.
  bool pool_ = false;
  std::vector<Field> entry_;   // Of the application's form.
  std::vector<Field> fields_;  // Of the form that was made last.
};

boost::json::array listed(const std::vector<std::string>& ids);

}  // namespace tests
