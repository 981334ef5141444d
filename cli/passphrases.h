// Passphrases, kept as Argon2id in the safe; the log says which file is whose, by its SHA-256, so
// that no other file will do. One takes 64 MiB and some tenths of a second. Any thread.
//
//   passphrases/<sha-256 of the file>.txt   $argon2id$…
#pragma once

#include <filesystem>
#include <string>

#include "events/error.h"

namespace cli {

class Passphrases {
 public:
  explicit Passphrases(const std::filesystem::path& safe) : folder_(safe / "passphrases") {}

  // Gives what verifies it, to be put into the log. It counts from then on.
  events::Result<std::string> keep(const std::string& passphrase) const;
  // Takes as long for a verifier that is not there, so that nobody learns who has a passphrase.
  events::Result<bool> fits(const std::string& verifier, const std::string& passphrase) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace cli
