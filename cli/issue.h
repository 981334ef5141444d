// Issuing what lets somebody in, in a folder: two administrators, two commands. One thread.
#pragma once

#include <functional>
#include <string>

#include "cli/sender.h"

namespace cli {

struct NewCredential {
  std::string person;
  std::string label;
  std::string issued_by;
  std::string confirmed_by;  // Empty: somebody else confirms it later.
  int days = 90;
  bool invitation = false;
};

struct Issued {
  std::string secret;  // Nobody can read it again.
  std::string credential;
};

events::Result<Issued> issue(Sender& sender, const NewCredential& wanted);
events::Result<> confirm_credential(Sender& sender, const std::string& actor,
                                    const std::string& credential);
events::Result<> end_credential(Sender& sender, const std::string& actor,
                                const std::string& credential);

}  // namespace cli
