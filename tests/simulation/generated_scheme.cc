#include "tests/simulation/generated_scheme.h"

#include <boost/json/serialize.hpp>

namespace tests {
namespace {

namespace json = boost::json;

constexpr unsigned clauses = 12;

std::string cited(std::uint64_t number) { return "第" + std::to_string(number) + "条"; }

json::object named(const std::string& name) { return {{"zh", name + "（虚构）"}, {"en", name}}; }

// The first two levels as lines of their own, so that a fault's place can be read.
void write(std::string& out, const json::object& map, unsigned depth) {
  for (const auto& [key, value] : map) {
    out.append(2 * depth, ' ').append(json::serialize(json::value(key))).append(":");
    if (depth == 0 && value.is_object() && !value.get_object().empty()) {
      out += "\n";
      write(out, value.get_object(), depth + 1);
    } else {
      out += " " + json::serialize(value) + "\n";
    }
  }
}

}  // namespace

json::array listed(const std::vector<std::string>& ids) {
  json::array all;
  for (const auto& id : ids) all.emplace_back(id);
  return all;
}

GeneratedScheme::GeneratedScheme(Dice& dice) : dice_(dice) {
  head();
  organs();
  tracks();
  quotas();
  rubrics();
  steps();
  scheme_["forms"] = forms_;
  scheme_["steps"] = steps_;
  people();
  publicity();
}

std::string GeneratedScheme::text() const {
  std::string out;
  write(out, scheme_, 0);
  return out;
}

void GeneratedScheme::head() {
  scheme_ = {{"scheme", generated_id},
             {"name", named("scheme")},
             {"issuer", "某市"},
             {"issuedOn", "2015-01-02"},
             {"inForceFrom", "2015-02-01"},
             {"nature", percent(50) ? "commendation" : "grading"},
             {"cycle", json::object{}},
             {"zone", "Asia/Shanghai"},
             {"calendar", generated_calendar}};
  if (percent(50)) scheme_["cycle"] = {{"everyYears", dice_.between(1, 3)}};
  if (percent(15)) scheme_["validUntil"] = "2017-12-31";
  if (percent(50)) {
    scheme_["onExpiry"] = percent(50) ? "pinnedVersionContinues" : "roundsEnd";
  }
  const Ids anchors{"applicationDeadline", "call", "yearEnd", "today"};
  if (percent(60)) scheme_["lookbackAnchor"] = dice_.pick(anchors);
  json::object all;
  for (unsigned i = 1; i <= clauses; ++i) {
    all[cited(i)] = {{"title", "标题"}, {"gist", named("gist " + std::to_string(i))}};
  }
  scheme_["clauses"] = std::move(all);
}

void GeneratedScheme::organs() {
  json::object all;
  for (const char* organ :
       {"office", "agency", "board", "supervisor", "recommender", "reviewer", "applicant"}) {
    all[organ] = {{"name", named(organ)}};
  }
  auto apart = [&](const char* organ, const Ids& others) {
    if (!percent(30)) return;
    all[organ].get_object()["apartFrom"] = listed(others);
    if (percent(60)) all[organ].get_object()["clause"] = clause();
  };
  apart("agency", {"office"});
  apart("reviewer", percent(50) ? Ids{"applicant"} : Ids{"agency", "board"});
  apart("supervisor", {"office", "agency"});
  committee_ = percent(70);
  if (committee_) {
    json::object terms{{"quorumPercent", dice_.between(30, 66)},
                       {"majorityPercent", dice_.between(30, 66)},
                       {"secretBallot", percent(50)}};
    if (percent(50)) terms["membersAtLeast"] = dice_.between(1, 3);
    ground(terms);
    all["board"].get_object()["committee"] = std::move(terms);
  }
  scheme_["organs"] = std::move(all);
}

void GeneratedScheme::tracks() {
  const Ids objects{"organisation", "individual", "project", "managementModel", "result"};
  auto count = dice_.between(1, 3);
  auto awards = dice_.between(1, count);
  json::object all_awards;
  for (std::uint64_t i = 1; i <= awards; ++i) {
    all_awards["award" + std::to_string(i)] = {
        {"name", named("award")}, {"level", i}, {"clause", clause()}};
  }
  json::object all;
  Ids objects_of;
  for (std::uint64_t i = 1; i <= count; ++i) {
    tracks_.push_back("track" + std::to_string(i));
    objects_of.push_back(dice_.pick(objects));
    auto award = i <= awards ? i : dice_.between(1, awards);
    all[tracks_.back()] = {{"name", named(tracks_.back())},
                           {"award", "award" + std::to_string(award)},
                           {"object", objects_of.back()},
                           {"rubric", percent(60) ? "rubric1" : "rubric2"},
                           {"clause", clause()}};
  }
  bool same = count > 1 && (objects_of[0] == "individual") == (objects_of[1] == "individual");
  if (same && percent(60)) {
    all[tracks_[1]].get_object()["transfer"] = {
        {"from", listed({tracks_[0]})}, {"proposer", staff()}, {"clause", clause()}};
  }
  scheme_["awards"] = std::move(all_awards);
  scheme_["tracks"] = std::move(all);
}

// Each track its own, or one for all, or both.
void GeneratedScheme::quotas() {
  json::array all;
  auto add = [&](const Ids& tracks) {
    json::object quota{
        {"tracks", listed(tracks)}, {"places", dice_.between(1, 3)}, {"clause", clause()}};
    if (percent(40)) quota["limit"] = percent(70) ? "soft" : "hard";
    if (percent(40)) quota["mayStayVacant"] = true;
    all.push_back(std::move(quota));
  };
  bool shared = percent(40);
  if (shared) add(tracks_);
  for (const std::string& track : tracks_) {
    if (!shared || percent(30)) add({track});
  }
  scheme_["quotas"] = std::move(all);
}

void GeneratedScheme::rubrics() {
  const std::vector<unsigned> totals{100, 100, 60, 200, 1000};
  const std::vector<unsigned> steps{1, 5, 10, 20, 25, 50};
  json::object all;
  for (const char* name : {"rubric1", "rubric2"}) {
    auto total = dice_.pick(totals);
    json::object rubric{{"name", named(name)},
                        {"total", total},
                        {"stepPercent", dice_.pick(steps)},
                        {"parts", parts(total, "", percent(40) ? 2 : 1)}};
    ground(rubric);
    all[name] = std::move(rubric);
  }
  scheme_["rubrics"] = std::move(all);
}

json::object GeneratedScheme::parts(unsigned points, const std::string& item, unsigned depth) {
  json::object all;
  auto count = static_cast<unsigned>(dice_.between(1, 3));
  for (unsigned i = 1; i <= count; ++i) {
    unsigned left = count - i;
    auto own = left == 0 ? points : static_cast<unsigned>(dice_.between(1, points - left));
    points -= own;
    std::string id = item + (item.empty() ? "" : ".") + std::to_string(i);
    json::object part{{"name", named("item")}, {"points", own}};
    if (depth > 1 && own > 3) part["parts"] = parts(own, id, depth - 1);
    all[id] = std::move(part);
  }
  return all;
}

void GeneratedScheme::people() {
  if (percent(90)) {
    json::object terms{{"clause", clause()}, {"windowYears", dice_.between(1, 5)}};
    if (percent(85)) terms["decidedBy"] = staff();
    if (terms.contains("decidedBy") && percent(60)) terms["askedBy"] = listed({"supervisor"});
    scheme_["recusal"] = std::move(terms);
  }
  if (pool_ || percent(20)) {
    json::object terms;
    ground(terms);
    if (percent(50)) terms["termYears"] = dice_.between(1, 3);
    if (percent(30)) terms["who"] = staff();
    scheme_["pool"] = std::move(terms);
  }
  if (percent(60)) {
    json::object terms{{"settledBy", staff()}};
    ground(terms);
    scheme_["rankTies"] = std::move(terms);
  }
  scheme_["recommenders"] = {{"north", {{"name", named("north")}, {"clause", clause()}}},
                             {"south", {{"name", named("south")}, {"clause", clause()}}}};
}

void GeneratedScheme::publicity() {
  scheme_["channels"] = {{"web", {{"name", named("web")}, {"clause", clause()}}},
                         {"paper", {{"name", named("paper")}, {"clause", clause()}}}};
  if (percent(30)) return;
  json::object terms{{"clause", clause()}, {"evidence", percent(50)}};
  if (percent(50)) terms["settledWithin"] = period(3);
  if (percent(40)) terms["noticeAgain"] = true;
  scheme_["objections"] = std::move(terms);
}

std::string GeneratedScheme::clause() { return cited(dice_.between(1, clauses)); }

std::string GeneratedScheme::staff() {
  const Ids organs{"office", "office", "agency", "board"};
  return dice_.pick(organs);
}

}  // namespace tests
