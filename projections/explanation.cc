#include "projections/explanation.h"

#include <algorithm>
#include <vector>

#include "events/encode.h"
#include "events/sha256.h"
#include "events/subject.h"
#include "events/text_encoding.h"
#include "projections/about.h"
#include "projections/decided.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::Recorded;
using events::view;

// So that a list of a thousand applications does not repeat thousands of grounds a thousand times.
// The event itself holds all of them.
constexpr std::size_t grounds_max = 50;

constexpr Outcome refused{"refused", {"被拒绝", "refused"}};
constexpr Outcome objected{"objected", {"有异议", "objected to"}};
constexpr Outcome upheld{"objectionUpheld", {"异议成立", "objection upheld"}};
constexpr Outcome dismissed{"objectionDismissed", {"异议不成立", "objection dismissed"}};

// One ground in a line: "第十四条 不符合，须 3，有 2".
void add_ground_text(const json::object& row, events::Words& line) {
  std::string clause = text_in(row, "clause");
  std::string needed = text_in(row, "needed");
  std::string found = text_in(row, "found");
  const json::object& result = row.at("resultName").as_object();
  if (!line.zh.empty()) line.zh += "；";
  if (!line.en.empty()) line.en += "; ";
  line.zh += clause + " " + text_in(result, "zh");
  line.en += clause + " " + text_in(result, "en");
  if (!needed.empty()) {
    line.zh += "，须 " + needed;
    line.en += ", needed " + needed;
  }
  if (!found.empty()) {
    line.zh += "，有 " + found;
    line.en += ", found " + found;
  }
}

void add_clause(json::array& clauses, std::string& text, std::string_view clause) {
  json::value one = json_text(clause);
  if (clause.empty() || std::ranges::count(clauses, one) > 0) return;
  clauses.push_back(one);
  if (!text.empty()) text += "; ";
  text += clause;
}

// What the whole command was decided on. Its first event carries that for all of them.
json::object basis_of(events::Record::Reader record) {
  json::array grounds;
  json::array clauses;
  json::array decided_on;
  std::string clause_text;
  events::Words ground_text;
  auto event = record.getEvent();
  if (event.isCommandRefused()) {
    add_clause(clauses, clause_text, view(event.getCommandRefused().getClause()));
  }
  for (auto ground : record.getGrounds()) {
    add_clause(clauses, clause_text, view(ground.getClause()));
    if (grounds.size() == grounds_max) continue;
    json::object row = events::encode(ground).as_object();
    row["resultName"] = words_of(ground.getResult());
    add_ground_text(row, ground_text);
    grounds.push_back(std::move(row));
  }
  for (auto basis : record.getDecidedOn()) decided_on.push_back(events::encode(basis));
  json::object basis;
  basis["clauses"] = std::move(clauses);
  basis["clauseText"] = json_text(clause_text);
  std::size_t omitted = record.getGrounds().size() - grounds.size();
  basis["grounds"] = std::move(grounds);
  if (omitted > 0) basis["groundsOmitted"] = omitted;
  basis["groundText"] = words(ground_text.zh, ground_text.en);
  basis["decidedOn"] = std::move(decided_on);
  return basis;
}

json::object basis_of_command(const Recorded& recorded, bool decides, Rows& rows) {
  auto record = recorded.record;
  bool first = record.getPart() == 0;
  bool others = record.getParts() > 1;
  if (!first && decides) return rows.kept({"basis"}).value_or(json::object());
  if (!first || (!decides && !others)) return {};
  json::object basis = basis_of(record);
  basis["groundsPosition"] = json_text(number(recorded.position));
  if (others) rows.keep({"basis"}, basis);
  return basis;
}

std::vector<Decided> refusals(events::CommandRefused::Reader event, std::vector<std::string>& ids) {
  for (auto attempt : event.getAttempts()) {
    std::string subject = subject_of_attempt(view(attempt));
    if (events::kind_of(subject) == "application") ids.emplace_back(events::id_of(subject));
  }
  std::vector<Decided> out;
  json::object more;
  more["command"] = json_text(view(event.getCommand()));
  more["code"] = json_text(view(event.getCode()));
  more["words"] = words(view(event.getWords().getZh()), view(event.getWords().getEn()));
  for (const std::string& id : ids) out.push_back({id, {}, refused, more});
  return out;
}

std::vector<Decided> settled(events::ObjectionSettled::Reader event, std::vector<std::string>& ids,
                             const Rows& rows) {
  auto known = rows.kept({"objection", view(event.getObjection())});
  if (!known) return {};
  ids.push_back(text_in(*known, "application"));
  json::object more;
  more["objection"] = json_text(view(event.getObjection()));
  more["report"] = json_text(view(event.getReport()));
  return {{ids.back(), {}, event.getUpheld() ? upheld : dismissed, std::move(more)}};
}

// Beside what was decided on an application, what was refused to it, and objections.
std::vector<Decided> all_decided(const Recorded& recorded, std::vector<std::string>& ids,
                                 Rows& rows) {
  auto event = recorded.event();
  if (event.isCommandRefused()) return refusals(event.getCommandRefused(), ids);
  if (event.isObjectionSettled()) return settled(event.getObjectionSettled(), ids, rows);
  if (!event.isObjectionFiled()) return decided(recorded);
  auto body = event.getObjectionFiled();
  rows.keep({"objection", view(body.getObjection())},
            {{"application", json_text(view(body.getApplication()))}});
  json::object more;
  more["objection"] = json_text(view(body.getObjection()));
  more["content"] = json_text(view(body.getContent()));
  return {{view(body.getApplication()), {}, objected, std::move(more)}};
}

}  // namespace

void Explanation::apply(const Recorded& recorded, Rows& rows) {
  // What the views in `all` point into, where the record has no text.
  std::vector<std::string> ids;
  auto all = all_decided(recorded, ids, rows);
  json::object basis = basis_of_command(recorded, !all.empty(), rows);
  if (all.empty()) return;
  json::object head;
  set_head(head, recorded);
  std::string leaf = events::base64(events::leaf_hash(recorded.bytes));
  for (const Decided& one : all) {
    json::object row = head;
    set_decided(row, one);
    for (const auto& member : basis) row[member.key()] = member.value();
    row["leafHash"] = json_text(leaf);
    rows.put({one.application, number(recorded.position)}, std::move(row));
  }
}

}  // namespace projections
