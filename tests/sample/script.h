// Writes the lines of the sample round, one scene after the other, and decides each at once, so
// that a scene may rest on what came of an earlier one, such as who was drawn. Ids are counted:
// every run writes the same. What goes another way than it says fails the test, with its words. One
// thread.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/sender.h"
#include "tests/folder.h"

namespace sample {

namespace json = boost::json;

// What a line is expected to lead to, beside its command.
inline json::value refused(std::string_view clause) { return {{"refused", clause}}; }

json::array listed(const std::vector<std::string>& ids);

class Script {
 public:
  Script();

  // A title as `probity demo` prints it; in the file a line of comment.
  void scene(std::string_view zh, std::string_view en);
  void at(std::string_view time) { at_ = time; }  // From here on.

  void send(std::string_view actor, std::string_view role, std::string_view type, json::object body,
            json::value expect = nullptr);

  // Of the draw that the last command opened.
  struct Drawn {
    std::vector<std::string> members;
    std::vector<std::string> reserves;
  };
  Drawn drawn() const;

  const std::string& text() const { return text_; }

 private:
  void decide(const std::string& line);

  std::string text_;
  std::string at_;
  int count_ = 0;

  tests::Folder folder_;
  std::optional<cli::Sender> sender_;
};

}  // namespace sample
