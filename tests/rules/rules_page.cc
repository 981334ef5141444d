#include "tests/rules/rules_page.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "events/file.h"
#include "events/node.h"
#include "events/parse_yaml.h"
#include "tests/scenarios/scenario.h"

namespace tests {
namespace {

using events::Node;
using events::Result;

constexpr std::size_t file_bytes_max = 1 << 20;

struct Shown {
  std::vector<std::string> refused;  // Links to scenarios that are.
  std::vector<std::string> passed;
};
using ShownByRule = std::map<std::string, Shown, std::less<>>;

const Node* member(const Node& node, std::string_view name) {
  auto found = std::ranges::find(node.map, name, &Node::Member::name);
  return found == node.map.end() ? nullptr : &found->value;
}

std::string text(const Node& node, std::string_view name) {
  const Node* found = member(node, name);
  return found ? found->text : "";
}

std::string words(const Node& node, std::string_view name) {
  const Node* found = member(node, name);
  return found ? text(*found, "zh") + "<br>" + text(*found, "en") : "";
}

Result<Node> read_yaml(const std::filesystem::path& file) {
  auto bytes = TRY(events::read_file(file, file_bytes_max));
  return events::parse_yaml(bytes, file.filename().string());
}

// As a finding names its rule: members by name, elements of a list counted from 1.
bool is_place(const Node& root, std::string_view place) {
  const Node* at = &root;
  while (at && !place.empty()) {
    auto dot = place.find('.');
    std::string_view name = place.substr(0, dot);
    place = dot == place.npos ? "" : place.substr(dot + 1);
    std::size_t index = 0;
    auto read = std::from_chars(name.data(), name.data() + name.size(), index);
    bool counted = at->kind == Node::Kind::list && read.ec == std::errc();
    if (counted) {
      at = index >= 1 && index <= at->list.size() ? &at->list[index - 1] : nullptr;
    } else {
      at = member(*at, name);
    }
  }
  return at != nullptr;
}

Result<ShownByRule> shown_by_rule(const std::filesystem::path& root) {
  ShownByRule shown;
  for (const auto& file : scenario_files(root / "tests" / "scenarios")) {
    auto scenario = TRY(read_scenario(root, file));
    bool refused = says_refused(scenario.acts.back());
    std::string link =
        "[" + file.stem().string() + "](../" + file.lexically_relative(root).generic_string() + ")";
    for (const auto& rule : scenario.rules) {
      (refused ? shown[rule].refused : shown[rule].passed).push_back(link);
    }
  }
  return shown;
}

std::string joined(const std::vector<std::string>& links) {
  std::string all;
  for (const auto& link : links) all += (all.empty() ? "" : " · ") + link;
  return all;
}

class Writer {
 public:
  Writer(const Node& scheme, const ShownByRule& shown) : scheme_(scheme), shown_(shown) {}

  void add(const Node::Member& entry) {
    const std::string& rule = entry.name;
    const Node& about = entry.value;
    std::string kind = text(about, "kind");
    std::string place = text(about, "at");
    auto found = shown_.find(rule);
    const Shown shown = found == shown_.end() ? Shown{} : found->second;
    if (!is_place(scheme_, place)) gap(rule, "is not in the scheme: " + place);
    if (kind != "E" && kind != "R" && kind != "P") gap(rule, "has no kind");
    std::string refused = joined(shown.refused);
    std::string passed = joined(shown.passed);
    const bool absent = member(about, "absent") != nullptr;
    if (absent) refused = words(about, "absent");
    if (passed.empty() && member(about, "shown")) passed = "`" + text(about, "shown") + "`";
    if (kind == "E" && refused.empty()) gap(rule, "has no scenario that is refused");
    if (passed.empty() && !absent) gap(rule, "has no scenario that passes");
    page_.text += "| " + rule + " | " + text(about, "article") + " | " + kind + " | " +
                  words(about, "gist") + " | `" + place + "` | " + refused + " | " + passed +
                  " |\n";
  }

  void gap(const std::string& rule, const std::string& what) {
    page_.gaps.push_back(rule + " " + what);
  }
  RulesPage& page() { return page_; }

 private:
  const Node& scheme_;
  const ShownByRule& shown_;
  RulesPage page_;
};

}  // namespace

Result<RulesPage> make_rules_page(const std::filesystem::path& root, const std::string& scheme) {
  auto catalogue = TRY(read_yaml(root / "tests" / "rules" / (scheme + ".yaml")));
  auto text = TRY(read_yaml(root / "engine" / "schemes" / (scheme + ".yaml")));
  auto shown = TRY(shown_by_rule(root));
  const Node* rules = member(catalogue, "rules");
  if (!rules) {
    return events::fail(events::Code::invalid, "规则目录缺少 rules", "the catalogue has no rules");
  }
  Writer writer(text, shown);
  writer.page().text =
      "# 规则一览 / Rules\n\n"
      "由 `tests/rules/" +
      scheme +
      ".yaml` 和 `tests/scenarios/` 生成，请勿手改：`PROBITY_WRITE=1 "
      "build/tests \"[rules]\"`。\nMade from the catalogue and the scenarios, not by hand.\n\n"
      "E 违反者被拒 refused · R 记录在案 recorded · P 视图可见 shown. 位置 place: in "
      "`engine/schemes/" +
      scheme +
      ".yaml`.\n\n"
      "| 规则 rule | 条款 article | | 内容 content | 位置 place | 被拒的场景 refused | "
      "通过的场景 passes |\n|---|---|---|---|---|---|---|\n";
  for (const auto& entry : rules->map) writer.add(entry);
  return std::move(writer.page());
}

}  // namespace tests
