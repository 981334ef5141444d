// What is known of those who act: persons and their roles, the members of organs, the experts of a
// pool and the draws from it, and who is said to be biased. See engine/state.h.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/draw.h"
#include "events/event.capnp.h"
#include "events/moment.h"
#include "events/record.h"
#include "events/sha256.h"

namespace engine {

using events::Date;
using events::Position;

struct RoleHeld {
  std::string role;
  std::string scheme;
  std::string body;
  Position granted = 0;
  std::optional<Date> until{};  // The last day.
  std::string round{};          // Empty: every round of the scheme.

  bool same(const RoleHeld& other) const {
    return role == other.role && scheme == other.scheme && body == other.body &&
           round == other.round;
  }
  // Whether it counts in that round of that scheme; without a round, in the scheme as a whole.
  bool counts_in(std::string_view of_scheme, std::string_view of_round) const {
    return scheme == of_scheme && (round.empty() || round == of_round);
  }
};

struct Person {
  static constexpr const char* kind = "person";
  Position position = 0;
  bool registered = false;
  std::vector<RoleHeld> roles;
  std::vector<std::string> represents;  // Applicants.
};

// What lets somebody in over the network. Its id is the SHA-256 of a secret, in hex.
struct Credential {
  static constexpr const char* kind = "credential";
  Position position = 0;
  std::string person;
  events::CredentialKind type = events::CredentialKind::TOKEN;
  std::string label;
  std::string issued_by;
  Position issued = 0;
  events::Moment issued_at;
  events::Moment expires;
  bool confirmed = false;  // A session needs nobody to confirm it.
  bool ended = false;

  bool lets_in(events::Moment now) const {
    return issued > 0 && confirmed && !ended && now < expires;
  }
};

// A person's passphrase: which file of the safe verifies it, and since when.
struct Login {
  static constexpr const char* kind = "login";
  Position position = 0;
  std::string verifier;
};

// An organ of a scheme, as a subject.
inline std::string organ_id(std::string_view scheme, std::string_view organ) {
  return std::string(scheme).append("/").append(organ);
}

// Who holds the role of a scheme's organ: its members.
struct Organ {
  static constexpr const char* kind = "organ";
  Position position = 0;
  struct Member {
    std::string person;
    std::string body;   // That he holds it for.
    std::string round;  // Empty: in every one.
    auto operator<=>(const Member&) const = default;
  };
  std::set<Member> held;

  std::set<std::string, std::less<>> members(std::string_view round) const {
    std::set<std::string, std::less<>> persons;
    for (const Member& one : held) {
      if (one.round.empty() || one.round == round) persons.insert(one.person);
    }
    return persons;
  }
};

struct Proposal {
  static constexpr const char* kind = "proposal";
  Position position = 0;
  std::string person;
  RoleHeld role;
  std::string proposed_by;
  bool granted = false;
};

// Experts of one scheme. Its id is the scheme's.
struct Expert {
  std::vector<std::string> specialties;
  Date from;
  std::optional<Date> until;  // The last day.
  Position admitted = 0;
  Position removed = 0;
};

struct Pool {
  static constexpr const char* kind = "pool";
  Position position = 0;
  std::map<std::string, Expert, std::less<>> experts;
};

struct Draw {
  static constexpr const char* kind = "draw";
  Position position = 0;
  std::string round;
  std::string step;
  std::string track;
  std::string committed_by;
  Position committed = 0;
  events::Hash digest{};
  std::vector<Demand> demands;
  std::vector<Candidate> candidates;
  std::string witness_seed;  // In hex; empty until it is given.
  std::vector<std::string> reserves;
  Position opened = 0;
};

// What somebody asked for, with the reason as the record has it.
struct RecusalRequest {
  static constexpr const char* kind = "request";
  Position position = 0;
  std::string application;
  std::string person;
  std::string asked_by;
  events::TieGround ground = events::TieGround::OTHER;
  std::string explanation;
  Position decided = 0;
};

}  // namespace engine
