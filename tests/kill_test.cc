#include <algorithm>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <map>
#include <sstream>

#include "events/safe.h"
#include "events/verify.h"
#include "tests/built.h"
#include "tests/folder.h"
#include "tests/process.h"
#include "tests/simulation/dice.h"

// The program is killed again and again while it imports a file, and sent the same file again, as
// the person at the keyboard would do.

using tests::Dice;
using tests::Ending;

namespace {

constexpr int rounds = 20;
constexpr std::size_t lines_a_round_max = 15;
// How much further than the last kill the file goes, so that the next one finds it in the middle.
constexpr std::size_t lines_ahead = 300;

// What was printed of a command: its positions, whether it was refused.
struct Printed {
  std::string first;
  std::string last;
  bool refused = false;

  bool operator==(const Printed&) const = default;
};

class Import {
 public:
  // The file has so many commands; the first ones are always the same.
  void write(std::size_t commands) const {
    std::ofstream file(file_);
    for (std::size_t i = 1; i <= commands; ++i) file << command(i) << '\n';
  }

  Ending probity(std::vector<std::string> arguments, std::size_t kill_after_lines = 0) const {
    arguments.insert(arguments.begin(), {tests::built_program, "--data", data_});
    return tests::run({std::move(arguments), {}, kill_after_lines});
  }
  Ending send(std::size_t kill_after_lines = 0) const {
    return probity({"-o", "ndjson", "send", "--keep-going", file_}, kill_after_lines);
  }

  // What an earlier run has said of a command, a later one has to say too.
  void compare(const Ending& ending) {
    std::istringstream lines(ending.out.substr(0, ending.out.rfind('\n') + 1));
    for (std::string line; std::getline(lines, line);) {
      auto value = boost::json::parse(line).as_object();
      auto text = [&](const char* name) {
        auto* found = value.if_contains(name);
        return found ? std::string(found->as_string()) : std::string();
      };
      Printed printed{text("first"), text("last"), value.contains("refusal")};
      auto [known, fresh] = printed_.emplace(text("id"), printed);
      INFO(line << " was before: " << known->second.first << "–" << known->second.last);
      if (!fresh && printed.refused && printed.first.empty()) continue;  // Never recorded.
      CHECK(known->second == printed);
      if (!fresh && !printed.first.empty()) CHECK(value.contains("repeated"));
    }
  }

  std::size_t known() const { return printed_.size(); }
  const std::map<std::string, Printed>& printed() const { return printed_; }
  events::LogOptions options() const {
    auto safe = events::Safe::open(data_ + ".safe");
    REQUIRE(safe);
    events::LogOptions options;
    options.folder = data_;
    auto kept = safe->kept();
    REQUIRE(kept);
    if (*kept) options.kept = events::KeptHead{(*kept)->size, (*kept)->root};
    return options;
  }

 private:
  // Mostly registrations. Some are refused under a clause, and recorded as long as they are not too
  // many; others are refused for their form, and leave nothing.
  static std::string command(std::size_t i) {
    std::string number = std::to_string(i);
    std::string text = R"({"id": "c)" + number + R"(", "actor": "admin", )";
    if (i % 100 == 5) {
      return text + R"("proposeRole": {"proposal": "g)" + number +
             R"(", "role": {"person": "p1", "role": "role)" + number + R"("}}})";
    }
    if (i % 20 == 10)
      return text + R"("grantRole": {"proposal": "g)" + std::to_string(i / 100 * 100 + 5) +
             R"("}})";
    if (i % 20 == 0) return text + R"("grantRole": {"proposal": "none"}})";
    return text + R"("registerPerson": {"person": "p)" + number + R"(", "name": "Name"}})";
  }

  tests::Folder folder_;
  std::string data_ = folder_.file("data");
  std::string file_ = folder_.file("import.ndjson");
  std::map<std::string, Printed> printed_;
};

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("an import that is killed and sent again has each command's outcome once", "[cli]") {
  Import import;
  auto made = import.probity({"init", "--administrator", "admin"});
  REQUIRE(made.exit_code == 0);
  Dice dice(20'260'105);
  std::size_t reached = 0;
  int kills = 0;

  for (int round = 1; round <= rounds; ++round) {
    import.write(reached + lines_ahead);
    auto ending = import.send(reached + dice.between(1, lines_a_round_max));
    INFO("round " << round << ": " << ending.err);
    if (ending.signal == SIGKILL) ++kills;
    import.compare(ending);
    reached = std::max(reached, lines_in(ending.out));
    // What was acknowledged is there, and the log is whole, whoever looks at it now.
    auto log = events::Log::open_reader(import.options());
    REQUIRE(log);
    auto report = events::verify_log(**log, {.kept = {}, .threads = 1, .progress = {}, .stop = {}});
    REQUIRE(report);
    CHECK(report->faults.empty());
    for (const auto& [id, printed] : import.printed()) {
      if (!printed.last.empty()) CHECK(std::stoull(printed.last) <= (*log)->head());
    }
  }

  CHECK(kills > rounds / 2);

  std::size_t commands = reached + 10;
  import.write(commands);
  auto ending = import.send();
  INFO(ending.err);
  CHECK(ending.signal == 0);
  import.compare(ending);
  CHECK(import.known() >= commands);
  auto log = events::Log::open_reader(import.options());
  REQUIRE(log);
  std::map<std::string, std::size_t> outcomes;
  auto cursor = (*log)->read(0);
  while (cursor.next()) ++outcomes[events::string(cursor.recorded().record.getCommandId())];
  for (const auto& [id, printed] : import.printed()) {
    INFO(id << " at " << printed.first);
    CHECK(outcomes[id] == (printed.first.empty() ? 0 : 1));
  }
  CHECK((*log)->head() == (*import.options().kept).size);
}
