#include "tests/scenarios/scenario.h"

#include <algorithm>
#include <charconv>

#include "events/decode.h"
#include "events/file.h"
#include "events/parse_yaml.h"
#include "tests/scenarios/phrase.h"

namespace tests {
namespace {

using events::Code;
using events::Node;
using events::Result;

constexpr std::size_t file_bytes_max = std::size_t{4} << 20;
constexpr std::size_t acts_max = 5000;
constexpr unsigned preludes_max = 20;

const std::vector<std::string_view> own_names = {"by",    "at",   "like", "for",
                                                 "times", "then", "over"};

// Reads one scenario's files; everything that it says of a place names the file in which it stands.
class Reader {
 public:
  Reader(std::filesystem::path root, const std::filesystem::path& file)
      : root_(std::move(root)), file_(file), folder_(file.parent_path()) {}

  Result<Scenario> read() {
    Node node = TRY(parse(file_));
    TRY(check_names(
        node, {"scenario", "rules", "scheme", "clock", "prelude", "given", "at", "when", "then"}));
    Scenario scenario;
    scenario.place = place(node);
    scenario.fact = TRY(text(node, "scenario"));
    scheme_ = TRY(text(node, "scheme"));
    if (const Node* clock = member(node, "clock")) scenario.simulated = clock->text != "real";
    phrases_ = TRY(parse(folder_ / "usual.yaml"));
    const Node* rules = member(node, "rules");
    if (!rules || rules->list.empty()) return wrong(node, "`rules` is missing");
    for (const Node& rule : rules->list) scenario.rules.push_back(rule.text);
    acts_ = &scenario.acts;
    TRY(read_given(node, file_, 0));
    const Node* when = member(node, "when");
    const Node* then = member(node, "then");
    if (!when || !then) return wrong(node, "`when` or `then` is missing");
    current_ = file_;
    if (const Node* at = member(node, "at")) TRY(add_time(*at));
    TRY(add_item(*when));
    scenario.acts.back().then = *then;
    scenario.acts.back().place = place(*then);
    return scenario;
  }

 private:
  Result<Node> parse(const std::filesystem::path& path) const {
    std::string text = TRY(events::read_file(path, file_bytes_max));
    return events::parse_yaml(text, name(path));
  }

  std::string name(const std::filesystem::path& path) const {
    return path.lexically_relative(root_).string();
  }

  std::string place(const Node& node) const {
    return name(current_.empty() ? file_ : current_) + ":" + std::to_string(node.place.line);
  }

  std::unexpected<events::Error> wrong(const Node& node, const std::string& what) const {
    return events::fail(Code::invalid, place(node) + ": " + what, place(node) + ": " + what);
  }

  Result<> check_names(const Node& node, const std::vector<std::string_view>& known) const {
    for (const Node::Member& one : node.map) {
      if (std::ranges::find(known, one.name) != known.end()) continue;
      return wrong(one.value, "`" + one.name + "` is nothing that this file may say");
    }
    return {};
  }

  Result<std::string> text(const Node& node, std::string_view which) const {
    const Node* found = member(node, which);
    if (found && found->kind == Node::Kind::text) return found->text;
    return wrong(node, "`" + std::string(which) + "` is missing");
  }

  // First what comes before it, then its own.
  Result<> read_given(const Node& node, const std::filesystem::path& path, unsigned depth) {
    if (const Node* prelude = member(node, "prelude")) {
      current_ = path;
      if (depth == preludes_max) return wrong(*prelude, "preludes form a ring");
      std::filesystem::path below = folder_ / "preludes" / (prelude->text + ".yaml");
      Node before = TRY(parse(below));
      current_ = below;
      TRY(check_names(before, {"prelude", "given"}));
      TRY(read_given(before, below, depth + 1));
    }
    current_ = path;
    if (const Node* given = member(node, "given")) {
      for (const Node& item : given->list) TRY(add_item(item));
    }
    return {};
  }

  Result<> add_time(const Node& at) {
    auto moment = events::parse_moment(at.text);
    if (!moment) return wrong(at, "not a time with its offset: " + at.text);
    Act act{place(at), moment, std::nullopt, std::nullopt, false};
    acts_->push_back(std::move(act));
    return {};
  }

  Result<> add_item(const Node& item) {
    const Node* at = member(item, "at");
    if (at && item.map.size() == 1) return add_time(*at);
    Node whole = item;
    if (const Node* like = member(item, "like")) {
      const Node* phrase = member(phrases_, like->text);
      if (!phrase) return wrong(*like, "usual.yaml has no phrase `" + like->text + "`");
      whole = laid_over(*phrase, item);
    }
    unsigned count = 1;
    if (const Node* times = member(whole, "times")) {
      const std::string& text = times->text;
      auto read = std::from_chars(text.data(), text.data() + text.size(), count);
      if (read.ec != std::errc()) return wrong(*times, "not a number: " + text);
    }
    const Node* lists = member(whole, "for");
    for (const Node::Member& one : lists ? lists->map : std::vector<Node::Member>{}) {
      if (one.value.list.empty()) return wrong(item, "`for` needs a list for $" + one.name);
    }
    for (const Node& values : combinations(lists ? *lists : Node{})) {
      for (unsigned i = 0; i < count; ++i) TRY(add_act(whole, values));
    }
    return {};
  }

  Result<> add_act(const Node& item, const Node& values) {
    if (acts_->size() == acts_max) return wrong(item, "more acts than a scenario may have");
    Node whole = TRY(filled(without(item, {"like", "for", "times"}),
                            [&](const std::string& which) { return value(values, item, which); }));
    Act act{place(item), std::nullopt, std::nullopt, std::nullopt, false};
    if (const Node* over = member(whole, "over")) {
      if (over->text != "session") return wrong(*over, "over can only be a session");
      act.session = true;
    }
    if (const Node* at = member(whole, "at")) act.at = events::parse_moment(at->text);
    if (const Node* then = member(whole, "then")) act.then = *then;
    act.command = TRY(command(whole));
    acts_->push_back(std::move(act));
    return {};
  }

  // `by: li as office` stands for the two members of a command; the others are its own.
  Result<Node> command(const Node& item) const {
    const Node* by = member(item, "by");
    if (!by) return wrong(item, "`by` is missing");
    Node out = without(item, own_names);
    auto add = [&](const char* which, std::string text) {
      Node node = *by;
      node.text = std::move(text);
      out.map.insert(out.map.begin(), {which, std::move(node), by->place});
    };
    constexpr std::string_view as = " as ";
    std::size_t split = by->text.find(as);
    if (split != std::string::npos) add("role", by->text.substr(split + as.size()));
    add("actor", by->text.substr(0, split));
    if (const Node* at = member(item, "at")) out.map.push_back({"at", *at, at->place});
    return out;
  }

  Result<Node> value(const Node& values, const Node& item, const std::string& which) const {
    if (const Node* found = member(values, which)) return *found;
    if (which == "scheme") return scheme_text();
    if (which == "long") return long_text();
    if (which == "notices") {
      Node calendar = TRY(parse(root_ / "engine" / "calendars" / "china.yaml"));
      return *member(calendar, "notices");
    }
    return wrong(item, "nothing is given for $" + which);
  }

  // As long as a text may be, so that a few of them are more than a record may hold.
  static Node long_text() {
    Node node;
    node.kind = Node::Kind::text;
    node.text = std::string(events::text_bytes_max, 'x');
    return node;
  }

  Result<Node> scheme_text() const {
    std::filesystem::path own = folder_ / "scheme.yaml";
    bool here = std::filesystem::exists(own);
    Node node;
    node.kind = Node::Kind::text;
    node.text = TRY(events::read_file(
        here ? own : root_ / "engine" / "schemes" / (scheme_ + ".yaml"), file_bytes_max));
    return node;
  }

  std::filesystem::path root_;
  std::filesystem::path file_;
  std::filesystem::path folder_;
  std::filesystem::path current_;
  std::string scheme_;
  Node phrases_;
  std::vector<Act>* acts_ = nullptr;
};

}  // namespace

std::vector<std::filesystem::path> scenario_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& scheme : std::filesystem::directory_iterator(folder)) {
    if (!scheme.is_directory()) continue;
    for (const auto& file : std::filesystem::directory_iterator(scheme.path())) {
      bool aside =
          file.path().filename() == "usual.yaml" || file.path().filename() == "scheme.yaml";
      if (file.path().extension() == ".yaml" && !aside) files.push_back(file.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

Result<Scenario> read_scenario(const std::filesystem::path& root,
                               const std::filesystem::path& file) {
  return Reader(root, file).read();
}

std::string command_type(const Act& act) {
  constexpr std::string_view around[] = {"id", "actor", "role", "effectiveOn", "at", "expected"};
  if (!act.command) return {};
  for (const Node::Member& one : act.command->map) {
    if (std::ranges::find(around, one.name) == std::end(around)) return one.name;
  }
  return {};
}

bool says_refused(const Act& act) { return act.then && member(*act.then, "refused"); }

}  // namespace tests
