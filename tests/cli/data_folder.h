// A small log in a data folder with its safe, and the program that is run on it. One thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/app.h"
#include "events/log_store.h"
#include "tests/folder.h"
#include "tests/process.h"

namespace tests {

class DataFolder {
 public:
  static constexpr const char* origin = "test.example/log";

  // Position 1 is the opening on 2017-05-01 at 09:00 in Shanghai; each of the `people` p-2, p-3, …
  // is registered at the position of the same number, all one minute later.
  explicit DataFolder(int people);
  void add(int people);  // A day later.

  // With --data and --lang before the arguments, and whatever stands in `globals`.
  Ending probity(std::vector<std::string> arguments);
  Ending probity_en(std::vector<std::string> arguments);
  std::vector<std::string> globals;

  std::string data() const { return folder_.file("data"); }
  std::string safe() const { return folder_.file("data.safe"); }
  std::string file(const std::string& name) const { return folder_.file(name); }
  std::string write(const std::string& name, const std::string& text) const;  // Gives the path.
  std::string read(const std::string& name) const;

  // Behind the log's back.
  void change_store(const std::function<void(events::Store&)>& change) const;

 private:
  cli::App app() const;
  Ending run_in(const char* language, std::vector<std::string> arguments);
  void send(int people);

  Folder folder_;
  int people_ = 1;
  int days_ = 0;
};

}  // namespace tests
