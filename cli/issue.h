// Issuing what lets somebody in: two administrators, two commands. One thread.
#pragma once

#include <functional>
#include <string>

#include "cli/sender.h"

namespace cli {

struct NewCredential {
  std::string person;
  std::string label;
  std::string confirmed_by;  // In a folder, at once; empty: somebody else confirms it later.
  int days = 90;
  bool invitation = false;
};

struct Issued {
  std::string secret;  // Nobody can read it again.
  std::string credential;
};

// Where it is done: in a folder, for whoever is named; over a server, for the token's owner alone.
struct Desk {
  HandIn hand_in;
  std::string actor;
  events::Moment now;
};
events::Result<Desk> open_desk(const App& app, const std::string& actor);

events::Result<Issued> issue(const Desk& desk, const NewCredential& wanted);
events::Result<> confirm_credential(const Desk& desk, const std::string& credential);
events::Result<> end_credential(const Desk& desk, const std::string& credential);

}  // namespace cli
