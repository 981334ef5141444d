// A whole round in which anything may be missing, come twice or be tried by somebody else.
#include <catch2/catch.hpp>

#include "cli/resources.h"
#include "cli/sender.h"
#include "events/assert.h"
#include "projections/all.h"
#include "tests/folder.h"
#include "tests/given_events.h"
#include "tests/simulation/dice.h"
#include "tests/simulation/twin.h"

namespace {

using tests::Dice;

constexpr const char* origin = "simulation.example/round";
constexpr const char* start = "2017-01-03T09:00:00+08:00";
// So many lines lay the foundation, without which there would be no round to go wrong.
constexpr std::size_t foundation = 380;

std::vector<std::string> sample_lines() {
  auto text = cli::resource("cli/demo/round.ndjson");
  ASSERT(text.has_value());
  std::vector<std::string> lines;
  for (std::string_view rest = *text; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
    if (!rest.starts_with("#")) lines.emplace_back(rest.substr(0, rest.find('\n')));
  }
  return lines;
}

// In the place of its own actor and role, those of the other line.
std::string acted_by(const std::string& line, const std::string& other) {
  auto part = [](const std::string& text) {
    auto first = text.find("\"actor\"");
    return std::pair(first, text.find("\"at\"") - first);
  };
  auto [first, length] = part(line);
  auto [other_first, other_length] = part(other);
  std::string out = line;
  return out.replace(first, length, other.substr(other_first, other_length));
}

std::vector<std::string> spoilt(const std::vector<std::string>& lines, Dice& dice) {
  std::vector<std::string> out(lines.begin(), lines.begin() + foundation);
  for (std::size_t i = foundation; i < lines.size(); ++i) {
    if (dice.percent(2)) continue;
    const auto& line = lines[i];
    bool wrong = dice.percent(2);
    out.push_back(wrong ? acted_by(line, lines[dice.between(foundation, i)]) : line);
    if (dice.percent(3)) out.push_back(out.back());
  }
  return out;
}

// One folder, with a process that can end and begin again, which then knows only the disk.
class Life {
 public:
  Life() {
    app_.data = folder_.path() / "data";
    auto made =
        cli::create_folder(app_, {origin, "Asia/Shanghai", "admin-1", events::parse_moment(start)});
    ASSERT(made.has_value());
    begin(*std::move(made));
  }

  engine::Reply send(const std::string& text) {
    auto line = cli::read_line(text, "round", 1);
    ASSERT(line.has_value());
    auto reply = sender_->send(*line);
    ASSERT(reply.has_value());
    return *std::move(reply);
  }

  void restart() {
    sender_.reset();
    auto opened = cli::open_to_write(app_);
    ASSERT(opened.has_value());
    begin(*std::move(opened));
  }

  // What was followed while commands were decided, against what is built from nothing.
  void check_views() {
    sender_.reset();
    auto opened = cli::open_to_write(app_);
    ASSERT(opened.has_value());
    auto rows = [&](const std::string& views) {
      projections::StoreOptions options;
      options.folder = app_.data / views;
      auto head = opened->log->head();
      auto store = projections::open_at(options, *opened->log, projections::all, head);
      ASSERT(store.has_value());
      return tests::all_rows(**store, head);
    };
    auto followed = rows("views");
    bool same = followed == rows("rebuilt");  // Not printed: it is every row there is.
    CHECK(same);
    CHECK(followed.size() > 10'000);
    std::filesystem::remove_all(app_.data / "rebuilt");
    begin(*std::move(opened));
  }

 private:
  void begin(cli::WritingFolder folder) {
    auto sender = cli::Sender::start(app_, std::move(folder));
    ASSERT(sender.has_value());
    sender_.emplace(*std::move(sender));
  }

  tests::Folder folder_;
  cli::App app_;
  std::optional<cli::Sender> sender_;
};

}  // namespace

TEST_CASE("a round that goes wrong is decided alike after restarts, and seen as if from nothing",
          "[simulation]") {
  for (std::uint64_t seed : {1, 2}) {
    Dice dice(seed);
    auto lines = spoilt(sample_lines(), dice);
    Life through;
    Life interrupted;
    std::size_t refused = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      INFO("seed " << seed << ", line " << i << ": " << lines[i].substr(0, 300));
      auto one = through.send(lines[i]);
      auto other = interrupted.send(lines[i]);
      INFO(tests::text(one) << "\n" << tests::text(other));
      REQUIRE(tests::same_answer(one, other));
      if (one.refusal) ++refused;
      if (i % 40 == 0 && dice.percent(30)) interrupted.restart();
      if (i % 400 == 399) interrupted.check_views();
    }
    interrupted.check_views();
    CHECK(refused > 40);
  }
}
