// The program, serving a folder: what tests of the server ask, and how. One thread.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/cli/data_folder.h"
#include "tests/cli/tcp.h"

namespace tests {

std::string request(const std::string& line, const std::string& token, const std::string& more = "",
                    const std::string& body = "");
std::string status_of(const std::string& answer);  // "HTTP/1.1 200"
boost::json::object read_body(const std::string& answer);
std::string registered(const std::string& person);  // A command that registers somebody.

// proposeRole and grantRole as lines for `probity send`.
std::string granted(const std::string& proposer, const std::string& granter,
                    const std::string& person, const std::string& role);

class Serving {
 public:
  // Two administrators issue a token to each of the persons first; then the folder is served.
  Serving(std::string data, const std::string& first, const std::string& second,
          const std::vector<std::string>& persons);

  // With so many file descriptors at most; 0: as many as this process may have.
  void begin(const std::vector<std::string>& flags = {}, unsigned descriptors = 0);
  void kill();
  Ending stop();

  std::uint16_t port() const { return port_; }
  const std::string& token(const std::string& person) const { return tokens_.at(person); }
  std::string get(const std::string& target, const std::string& token) const;
  std::string post(const std::string& key, const std::string& body, const std::string& token) const;

 private:
  std::string data_;
  std::map<std::string, std::string> tokens_;
  std::optional<Process> serving_;
  std::uint16_t port_ = 0;
};

// A small log: admin and p-2 administer it, p-3 is its auditor.
std::unique_ptr<DataFolder> folder_with_roles();

struct Served : Serving {
  Served() : Served(folder_with_roles()) {}
  explicit Served(std::unique_ptr<DataFolder> of)
      : Serving(of->data(), "admin", "p-2", {"admin", "p-2", "p-3"}), folder(std::move(of)) {}
  std::unique_ptr<DataFolder> folder;
};

}  // namespace tests
