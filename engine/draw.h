// Who is drawn for a review group: a pure function of two seeds, so that anybody can repeat it.
// docs/draw.md tells how by hand. Nothing here knows the log. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace engine {

// So many members with this specialty. "any" asks for nobody in particular.
struct Demand {
  std::string specialty;
  unsigned number = 0;
};

inline constexpr std::string_view any_specialty = "any";

struct Candidate {
  std::string person;
  std::vector<std::string> specialties;
};

// Both seeds in lower-case hex. Neither of those who gave one knew the other.
struct Seeds {
  std::string office;
  std::string witness;
};

struct Drawn {
  std::vector<std::string> members;
  std::vector<std::string> reserves;  // In the order in which they step in.
};

// The SHA-256, in hex, by which candidates are put in order:
// of "office seed\nwitness seed\ndraw\nperson\n".
std::string draw_number(const Seeds& seeds, std::string_view draw, std::string_view person);

// Goes through the candidates in the order of their numbers, and takes each who can still be given
// a place; those taken before may change places for it. So no order leaves a place empty that
// another would fill.
Drawn draw_members(const Seeds& seeds, std::string_view draw, const std::vector<Demand>& demands,
                   const std::vector<Candidate>& candidates);

// How many of the places can be filled at once.
unsigned places_filled(const std::vector<Demand>& demands,
                       const std::vector<Candidate>& candidates);
unsigned places_in(const std::vector<Demand>& demands);

}  // namespace engine
