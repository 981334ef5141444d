#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/at.h"
#include "cli/cell.h"
#include "cli/error.h"
#include "cli/records.h"
#include "cli/subcommands.h"
#include "engine/scheme.h"
#include "events/text_encoding.h"
#include "projections/all.h"
#include "projections/json.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Result;

// The clauses' titles, in the version of the scheme to which the application's round is pinned. A
// citation does without where they cannot be found.
class Clauses {
 public:
  Clauses(Records& records, const std::string& application) {
    auto begun = first_of(records, "application/" + application);
    auto called = first_of(records, "round/" + projections::text_in(begun, "round"));
    auto version = events::parse_decimal(projections::text_in(called, "schemePosition"));
    auto published = version ? records.event(*version) : Result<json::object>();
    if (!published) return;
    // The text stands right before, in as many events as it has parts.
    auto parts = static_cast<std::uint64_t>(projections::count_in(data_of(*published), "parts"));
    EventFilter filter;
    filter.subject = projections::text_in(*published, "subject");
    filter.after = *version - std::min(*version, parts + 1);
    std::string text;
    auto take = [&](json::object event) {
      auto bytes = events::parse_hex(projections::text_in(data_of(event), "text"));
      if (bytes) text.append(bytes->begin(), bytes->end());
    };
    if (!records.events(filter, parts, take)) return;
    if (auto scheme = engine::Scheme::read(text, "scheme")) scheme_ = *scheme;
  }

  std::string title(const App& app, std::string_view cite) const {
    auto clause = scheme_ ? scheme_->clause(cite) : std::nullopt;
    if (!clause) return "";
    auto title = clause->getTitle();
    return app.words({events::string(title.getZh()),
                      events::string(title.hasEn() ? title.getEn() : title.getZh())});
  }

  std::string step(const App& app, std::string_view id) const {
    auto step = scheme_ ? scheme_->step(id) : std::nullopt;
    if (!step) return std::string(id);
    auto name = step->getName();
    return app.words(
        {events::string(name.getZh()), events::string(name.hasEn() ? name.getEn() : name.getZh())});
  }

 private:
  static json::object data_of(const json::object& event) {
    const auto* data = event.if_contains("data");
    return data && data->is_object() ? data->as_object() : json::object();
  }

  // What the subject's first event says.
  static json::object first_of(Records& records, const std::string& subject) {
    json::object first;
    auto take = [&](json::object event) { first = data_of(event); };
    EventFilter filter;
    filter.subject = subject;
    (void)records.events(filter, 1, take);
    return first;
  }

  std::shared_ptr<const engine::Scheme> scheme_;
};

struct Detail {
  const char* member;
  const char* zh;
  const char* en;
};

// What a decision came to, where it came to something.
constexpr Detail details[] = {
    {"points", "得分", "points"},     {"rank", "名次", "rank"},
    {"award", "奖项", "award"},       {"opinion", "书面意见", "opinion"},
    {"reason", "理由", "reason"},     {"document", "文号", "document"},
    {"stepPoints", "结果", "result"}, {"change", "调整", "change"},
    {"basis", "依据", "basis"},       {"place", "裁定次序", "settled as"},
    {"votes", "票数", "votes"},       {"places", "空缺名额", "places vacant"},
    {"content", "异议", "objection"}, {"report", "核查报告", "report"},
};

std::string text(const json::object& row, std::string_view member) {
  const auto* value = row.if_contains(member);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

void print_ground(const App& app, const Clauses& clauses, const json::object& ground,
                  const std::string& zone) {
  std::string clause = text(ground, "clause");
  std::string title = clauses.title(app, clause);
  std::cout << "     " << printable(clause, app.out.utf8);
  if (!title.empty()) std::cout << printable(" " + title, app.out.utf8);
  std::cout << app.words({"：", ": "}) << cell(app, ground, "resultName", false, zone);
  std::string needed = text(ground, "needed");
  std::string found = text(ground, "found");
  if (!needed.empty()) {
    std::cout << app.words({"；应为 ", "; needed "}) << printable(needed, app.out.utf8)
              << app.words({"，实为 ", ", found "}) << printable(found, app.out.utf8);
  }
  const auto* inputs = ground.if_contains("inputs");
  if (inputs && inputs->is_array() && !inputs->as_array().empty()) {
    std::cout << app.words({"；见位置 ", "; see position "});
    for (const auto& one : inputs->as_array())
      std::cout << cell(app, {{"p", one}}, "p", false, zone) << ' ';
  }
  std::string rule = text(ground, "rule");
  if (!rule.empty()) std::cout << "  [" << printable(rule, app.out.utf8) << "]";
  std::cout << '\n';
}

void print_row(const App& app, const Clauses& clauses, const json::object& row,
               const std::string& zone) {
  std::string step = text(row, "step");
  std::cout << app.words({"位置 ", "position "}) << text(row, "position") << "  "
            << cell(app, row, "at", true, zone) << "  "
            << printable(step.empty() ? "" : clauses.step(app, step), app.out.utf8) << "  "
            << cell(app, row, "outcomeName", false, zone) << "  "
            << printable(text(row, "actor"), app.out.utf8);
  std::string role = text(row, "role");
  if (!role.empty()) std::cout << " (" << printable(role, app.out.utf8) << ")";
  std::cout << '\n';
  if (row.if_contains("words")) {
    std::cout << "     "
              << printable(
                     cited(text(row, "clauseText"), " ", cell(app, row, "words", false, zone)),
                     app.out.utf8)
              << '\n';
  }
  for (const auto& detail : details) {
    std::string value = cell(app, row, detail.member, false, zone);
    if (value.empty()) continue;
    std::cout << "     " << app.words({detail.zh, detail.en}) << app.words({"：", ": "})
              << printable(value, app.out.utf8) << '\n';
  }
  const auto* grounds = row.if_contains("grounds");
  if (!grounds || !grounds->is_array()) return;
  for (const auto& ground : grounds->as_array()) {
    print_ground(app, clauses, ground.as_object(), zone);
  }
}

}  // namespace

int explain(App& app, const std::string& application, std::size_t last) {
  auto opened = open_records(app);
  if (!opened) return failed(app, opened.error());
  Records& records = **opened;
  auto rows = records.rows(*projections::find_view("explanation"), {application});
  if (!rows) return failed(app, rows.error());
  if (rows->empty()) {
    return failed(app, {events::Code::not_found,
                        {"截至此位置没有关于申报 " + application + " 的决定",
                         "nothing was decided about application " + application + " up to here"},
                        {},
                        {}});
  }
  bool cut = last > 0 && rows->size() > last;
  if (cut) rows->erase(rows->begin(), rows->end() - static_cast<std::ptrdiff_t>(last));
  json::array all;
  for (auto& row : *rows) all.push_back(std::move(row));
  if (app.format() == Format::json) {
    std::cout << json::serialize(json::object{{"application", application},
                                              {"at", std::to_string(records.at())},
                                              {"decisions", std::move(all)}})
              << '\n';
    return 0;
  }
  Clauses clauses(records, application);
  std::string position = std::to_string(records.at());
  if (app.format() == Format::table) {
    std::cout << app.words({"申报 " + application + (cut ? " 的最后决定" : " 的全部决定") +
                                "及其依据，截至位置 " + position,
                            (cut ? "the last decisions on application "
                                 : "every decision on application ") +
                                application + " and what they rest on, as of position " + position})
              << "\n\n";
  }
  for (const auto& row : all) {
    if (app.format() == Format::ndjson) {
      std::cout << json::serialize(row) << '\n';
    } else {
      print_row(app, clauses, row.as_object(), records.zone());
    }
  }
  return 0;
}

void add_explain(CLI::App& program, App& app) {
  auto* command = program.add_subcommand(
      "explain", help("说明一份申报的每项决定及其依据", "why: each decision on an application"));
  auto id = std::make_shared<std::string>();
  command->add_option("application", *id, help("申报的标识", "the application's id"))->required();
  auto last = std::make_shared<std::size_t>(0);
  command
      ->add_option("--last", *last, help("只看最后几项决定", "only so many of the last decisions"))
      ->type_name("NUMBER")
      ->check(CLI::PositiveNumber);
  add_at(*command, app);
  command->callback(
      [&app, id, last] { app.run = [&app, id, last] { return explain(app, *id, *last); }; });
}

}  // namespace cli
