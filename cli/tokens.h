// Bearer tokens: 256 random bits that are shown once. What is kept, in the safe, is their SHA-256,
// whose they are, and until when; a token is ended by deleting its file. Any thread, any process.
//
//   tokens/<hex>.json   {"person", "label", "issued", "expires"}
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "events/error.h"
#include "events/moment.h"

namespace cli {

struct Token {
  std::string id;  // The digest's first 16 digits: enough to name it, useless to anybody else.
  std::string person;
  std::string label;
  events::Moment issued;
  events::Moment expires;
};

class Tokens {
 public:
  explicit Tokens(std::filesystem::path safe) : folder_(std::move(safe) / "tokens") {}

  // The token itself, which nobody can read again.
  events::Result<std::string> issue(const std::string& person, const std::string& label,
                                    events::Moment now, std::chrono::days lasting) const;
  // Whose it is; unauthenticated for one that is unknown, ended or expired.
  events::Result<Token> find(std::string_view token, events::Moment now) const;
  events::Result<std::vector<Token>> list() const;
  events::Result<> end(std::string_view id) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace cli
