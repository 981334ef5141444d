#include "engine/draw.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "events/sha256.h"
#include "events/text_encoding.h"

namespace engine {
namespace {

class Places {
 public:
  explicit Places(const std::vector<Demand>& demands) {
    for (const Demand& demand : demands) {
      for (unsigned i = 0; i < demand.number; ++i) places_.push_back({demand.specialty, nullptr});
    }
  }

  // The candidate must outlive this. False if there is no place left that he fits, even if others
  // move.
  bool take(const Candidate& candidate) {
    std::vector<bool> asked(places_.size(), false);
    return find_place(candidate, asked);
  }

 private:
  struct Place {
    std::string specialty;
    const Candidate* holder;
  };

  static bool fits(const Candidate& candidate, const Place& place) {
    return place.specialty == any_specialty ||
           std::ranges::find(candidate.specialties, place.specialty) != candidate.specialties.end();
  }

  // Each place is asked once, so the search ends.
  bool find_place(const Candidate& candidate, std::vector<bool>& asked) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (asked[i] || !fits(candidate, places_[i])) continue;
      asked[i] = true;
      if (places_[i].holder && !find_place(*places_[i].holder, asked)) continue;
      places_[i].holder = &candidate;
      return true;
    }
    return false;
  }

  std::vector<Place> places_;
};

}  // namespace

std::string draw_number(const Seeds& seeds, std::string_view draw, std::string_view person) {
  std::string text = seeds.office + "\n" + seeds.witness + "\n";
  text.append(draw).append("\n").append(person).append("\n");
  return events::hex(events::sha256(events::bytes_of(text)));
}

Drawn draw_members(const Seeds& seeds, std::string_view draw, const std::vector<Demand>& demands,
                   const std::vector<Candidate>& candidates) {
  std::vector<std::pair<std::string, const Candidate*>> order;
  order.reserve(candidates.size());
  for (const Candidate& one : candidates) {
    order.emplace_back(draw_number(seeds, draw, one.person), &one);
  }
  std::ranges::sort(order, {}, [](const auto& one) { return one.first; });
  Places places(demands);
  Drawn drawn;
  for (const auto& [number, candidate] : order) {
    (places.take(*candidate) ? drawn.members : drawn.reserves).push_back(candidate->person);
  }
  return drawn;
}

unsigned places_filled(const std::vector<Demand>& demands,
                       const std::vector<Candidate>& candidates) {
  Places places(demands);
  unsigned filled = 0;
  for (const Candidate& one : candidates) {
    if (places.take(one)) ++filled;
  }
  return filled;
}

unsigned places_in(const std::vector<Demand>& demands) {
  unsigned all = 0;
  for (const Demand& demand : demands) all += demand.number;
  return all;
}

}  // namespace engine
