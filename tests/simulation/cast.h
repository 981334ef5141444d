// Random people who send random commands: sensible ones, wrong ones, the same again, a used id for
// something else, and what rests on an old look. Deterministic by its dice. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/keys.h"
#include "tests/simulation/dice.h"

namespace tests {

class Cast {
 public:
  explicit Cast(Dice& dice) : dice_(dice) {}

  // One command as JSON. The head makes expectations that hold, or just do not.
  std::string next(events::Position head);

  // The small pools from which ids come, so that commands meet.
  std::string person();
  std::string proposal();
  std::string applicant();
  std::string administrator();  // Somebody who may be one.
  Dice& dice() { return dice_; }

 private:
  struct Said {
    std::string id;
    std::string actor;
    std::string text;
  };

  std::string envelope(const std::string& id, const std::string& actor, events::Position head);

  Dice& dice_;
  std::vector<Said> said_;
};

// One thing that can be asked for: what stands in a command after its envelope. An area of the
// engine adds its own to the table in cast.cc.
struct Line {
  unsigned weight;
  std::string (*body)(Cast& cast);
};

std::string in_json(std::string_view text);

// people_lines.cc
std::string register_person(Cast& cast);
std::string propose_role(Cast& cast);
std::string grant_role(Cast& cast);
std::string grant_role_stubbornly(Cast& cast);
std::string end_role(Cast& cast);

// foundation_lines.cc
std::string publish_calendar(Cast& cast);
std::string publish_scheme(Cast& cast);
std::string register_applicant(Cast& cast);
std::string register_earlier_award(Cast& cast);
std::string register_earlier_application(Cast& cast);

}  // namespace tests
