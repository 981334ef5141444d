// The steps of a generated scheme: which there are, and what comes before what.
#include <algorithm>

#include "tests/simulation/generated_scheme.h"

namespace tests {
namespace {

namespace json = boost::json;

using Ids = std::vector<std::string>;

Ids with(Ids ids, const std::string& one) {
  if (std::ranges::find(ids, one) == ids.end()) ids.push_back(one);
  return ids;
}

}  // namespace

json::object GeneratedScheme::step(const std::string& kind, const std::string& who) {
  return {{"kind", kind},
          {"name", kind},
          {"clause", clause()},
          {"who", who},
          {"after", listed(front_)}};
}

// All applications come through here.
void GeneratedScheme::follow(const std::string& id, json::object step) {
  steps_[id] = std::move(step);
  front_ = {id};
}

// Only some do, so that what follows also comes after what was there before.
void GeneratedScheme::beside(const std::string& id, json::object step) {
  steps_[id] = std::move(step);
  front_.push_back(id);
}

void GeneratedScheme::steps() {
  steps_["call"] = {{"kind", "call"}, {"name", "call"}, {"clause", clause()}, {"who", staff()}};
  front_ = {"call"};
  apply();
  admission();
  draws();
  auto stages = dice_.up_to(2);
  for (std::uint64_t i = 0; i < stages; ++i) {
    judgement();
    if (chosen_.empty()) continue;
    if (i + 1 < stages || percent(40)) shortlist();
    if (percent(40)) act(percent(50) ? "visit" : "hear");
  }
  decision();
  award();
}

void GeneratedScheme::apply() {
  in_call_ = percent(80);
  json::object made = step("apply", "applicant");
  made["form"] = form(6, true);
  entry_ = fields_;
  if (in_call_) made["closes"] = {{"inCall", json::object{}}};
  if (auto all = rules(entry_, true); !all.empty()) made["requires"] = std::move(all);
  follow("apply", std::move(made));
  passed_.push_back("apply");
}

void GeneratedScheme::admission() {
  Ids kinds{"recommend", "examine", "consult", "record", "notify"};
  bool accepted = percent(75);
  auto count = dice_.up_to(3);
  for (std::uint64_t i = 0; i < count; ++i) act(dice_.pick(kinds));
  if (!accepted) return;
  json::object made = step("accept", staff());
  if (percent(40)) made["closes"] = closing();
  if (percent(20)) {
    if (auto all = rules(entry_, false); !all.empty()) made["requires"] = std::move(all);
  }
  follow("accept", std::move(made));
  passed_.push_back("accept");
}

// A step for each application at which somebody does, or finds, something.
void GeneratedScheme::act(const std::string& kind) {
  std::string who = percent(15) ? "applicant" : staff();
  bool report = kind == "examine" || kind == "consult" || kind == "recommend";
  if (report) who = kind == "recommend" ? "recommender" : staff();
  if (kind == "visit" && !draws_.empty() && percent(60)) who = "reviewer";
  json::object made = step(kind, who);
  std::vector<Field> known = entry_;
  if (percent(40)) {
    std::string id = form(3, false);
    if (kind == "recommend" && percent(60)) {
      forms_[id].get_object()["fields"].get_object()["channel"] = {
          {"name", "channel"},
          {"type", "choice"},
          {"required", true},
          {"choices", listed({"north", "south"})}};
      made["channel"] = "channel";
    }
    made["form"] = id;
    known.insert(known.end(), fields_.begin(), fields_.end());
  }
  if (percent(50)) made["opinion"] = true;
  if (percent(30)) made["failing"] = true;
  if (percent(35)) made["closes"] = closing();
  if ((kind == "examine" || kind == "consult") && percent(60)) {
    json::object terms{{"silence", percent(50) ? "consent" : "answerNeeded"}};
    if (percent(50)) terms["veto"] = true;
    if (percent(70)) terms["bodies"] = listed(percent(50) ? Ids{"tax"} : Ids{"tax", "safety"});
    made["consult"] = std::move(terms);
  }
  bool partly = tracks_.size() > 1 && percent(20);
  if (partly) made["tracks"] = listed({dice_.pick(tracks_)});
  if (!partly && percent(25)) {
    if (auto all = rules(known, false); !all.empty()) made["requires"] = std::move(all);
  }
  std::string place = id(kind);
  if (partly) return beside(place, std::move(made));
  follow(place, std::move(made));
  passed_.push_back(place);
}

// One for all tracks, or one for each of them.
void GeneratedScheme::draws() {
  if (percent(12)) return;
  bool each = tracks_.size() > 1 && percent(40);
  for (std::size_t i = 0; i < (each ? tracks_.size() : 1); ++i) {
    json::object made = step("draw", staff());
    made["after"] = percent(60) ? listed({"call"}) : listed(front_);
    if (each) made["tracks"] = listed({tracks_[i]});
    json::object group{{"size", percent(50) ? 3 : 2}};
    group["odd"] = group["size"] == 3 && percent(60);
    ground(group);
    if (percent(50)) {
      group["method"] = percent(60) ? "draw" : "either";
      group["witness"] = "supervisor";
      pool_ = true;
    }
    if (percent(30)) {
      group["specialties"] = listed({"quality"});
      pool_ = true;
    }
    made["group"] = std::move(group);
    std::string place = id("draw");
    steps_[place] = std::move(made);
    draws_.push_back(place);
  }
}

std::string GeneratedScheme::result_step(const std::string& kind, const Ids& after) {
  json::object made = step(kind, !draws_.empty() && percent(30) ? "reviewer" : staff());
  made["after"] = listed(after);
  if (percent(20)) made["closes"] = closing();
  std::string place = id(kind);
  steps_[place] = std::move(made);
  return place;
}

std::string GeneratedScheme::review_step(const Ids& after) {
  json::object made = step("review", "reviewer");
  Ids before = after;
  for (const std::string& draw : draws_) before.push_back(draw);
  made["after"] = listed(before);
  if (percent(30)) made["closes"] = closing();
  const Ids combinations{"mean", "median", "trimmedMean"};
  json::object terms{{"scoresAtLeast", dice_.between(1, 2)}, {"combine", dice_.pick(combinations)}};
  ground(terms);
  if (percent(40)) terms["commitment"] = clause();
  if (percent(40)) terms["declaration"] = clause();
  if (percent(30)) terms["comments"] = true;
  if (percent(40)) terms["outlierPercent"] = dice_.between(5, 40);
  if (percent(40)) terms["spreadPercent"] = dice_.between(5, 60);
  if (percent(40)) terms["consensus"] = true;
  made["review"] = std::move(terms);
  std::string place = id("review");
  steps_[place] = std::move(made);
  return place;
}

// Results beside each other or one after the other, and the ranking that counts them.
void GeneratedScheme::judgement() {
  Ids results;
  Ids ends;
  std::string review;
  auto turn = [&]() -> const Ids& {
    if (!ends.empty() && percent(30)) front_ = std::exchange(ends, {});
    return front_;
  };
  auto add = [&](const std::string& made) {
    ends.push_back(made);
    results.push_back(made);
  };
  if (!draws_.empty() && percent(80)) add(review = review_step(turn()));
  for (const char* kind : {"evaluate", "defend", "hear"}) {
    if (percent(25)) add(result_step(kind, turn()));
  }
  if (results.empty()) add(result_step("evaluate", front_));
  front_ = ends;
  for (const std::string& one : results) passed_.push_back(one);
  bool agreed = !review.empty() && steps_[review].at("review").as_object().contains("consensus");
  if (agreed && percent(60)) {
    json::object made = step("visit", percent(60) ? "reviewer" : staff());
    made["after"] = listed(with(front_, review));
    made["adjusts"] = review;
    follow(id("visit"), std::move(made));
  }
  if (percent(8)) return;  // Judged and not compared, as where all who are good enough get it.
  json::object made = step("rank", staff());
  bool alone = !review.empty() && (results.size() == 1 || percent(35));
  made["after"] = listed(alone ? with(front_, review) : front_);
  if (!alone || (results.size() == 1 && percent(40))) made["counts"] = listed(weigh(results));
  judged_.clear();
  if (!made.contains("counts")) {
    std::ranges::copy_if(results, std::back_inserter(judged_),
                         [&](const std::string& one) { return one != review; });
  }
  chosen_ = id("ranking");
  follow(chosen_, std::move(made));
}

Ids GeneratedScheme::weigh(const Ids& results) {
  std::uint64_t left = 100;
  for (std::size_t i = 0; i < results.size(); ++i) {
    auto after = results.size() - 1 - i;
    auto own = after == 0 ? left : dice_.between(1, left - after);
    steps_[results[i]].as_object()["weightPercent"] = own;
    left -= own;
  }
  return results;
}

json::object GeneratedScheme::list_terms(const std::string& from) {
  json::object terms{{"from", from}};
  if (percent(25)) terms["limit"] = "soft";
  if (percent(20)) terms["ratioPercent"] = dice_.between(100, 150);
  bool ranked = steps_.at(from).at("kind") == "rank";
  if (ranked && percent(20)) terms["pointsAtLeast"] = dice_.between(10, 50);
  return terms;
}

void GeneratedScheme::shortlist() {
  json::object made = step("select", !draws_.empty() && percent(25) ? "reviewer" : staff());
  json::object terms = list_terms(chosen_);
  terms["places"] = dice_.between(1, 4);
  made["list"] = std::move(terms);
  if (!judged_.empty() && percent(60)) made["counts"] = listed(std::exchange(judged_, {}));
  std::string place = id("shortlist");
  std::string ranking = std::exchange(chosen_, place);
  follow(place, std::move(made));
  told(place, ranking);
  if (percent(40)) notice(place);
}

// Those who did not come on the list, told behind the ranking that it was chosen from.
void GeneratedScheme::told(const std::string& list, const std::string& ranking) {
  if (!percent(30) || steps_[ranking].at("kind") != "rank") return;
  json::object made = step("notify", staff());
  made["after"] = listed({ranking});
  made["notOn"] = list;
  steps_[id("told")] = std::move(made);
}

void GeneratedScheme::notice(const std::string& list) {
  json::object made = step("notice", staff());
  json::object terms{{"list", list}, {"lasting", period(2)}};
  terms["channels"] = listed(percent(50) ? Ids{"web"} : Ids{"web", "paper"});
  if (percent(50)) terms["objections"] = clause();
  if (percent(25)) terms["internal"] = clause();
  made["notice"] = std::move(terms);
  std::string place = id("notice");
  follow(place, std::move(made));
  front_ = {list, place};
}

void GeneratedScheme::decision() {
  if (chosen_.empty()) return;
  std::string who = percent(75) ? "board" : staff();
  json::object made = step("deliberate", who);
  if (committee_ && who == "board" && percent(75)) made["ballot"] = true;
  json::object terms = list_terms(chosen_);
  if (percent(80)) {
    terms["quota"] = true;
  } else {
    terms["places"] = dice_.between(1, 3);
  }
  made["list"] = std::move(terms);
  if (!judged_.empty()) made["counts"] = listed(judged_);
  follow("decision", std::move(made));
  told("decision", chosen_);
  if (percent(60)) notice("decision");
  if (percent(15)) return;
  made = step("approve", percent(60) ? "board" : staff());
  made["after"] = listed(with(front_, "decision"));
  follow("approve", std::move(made));
  front_ = {"decision", "approve"};
  if (percent(25)) notice("decision");
}

void GeneratedScheme::award() {
  // An award comes only after what applications of every track pass.
  if (chosen_.empty()) follow(id("record"), step("record", staff()));
  follow("confer", step("confer", percent(60) ? "board" : staff()));
  for (const char* kind : {"pay", "report", "notify", "record"}) {
    if (!percent(30)) continue;
    json::object made = step(kind, kind == std::string("report") ? "applicant" : staff());
    made["after"] = listed({"confer"});
    if (percent(40)) made["opinion"] = true;
    steps_[id(kind)] = std::move(made);
  }
}

}  // namespace tests
