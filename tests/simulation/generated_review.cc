// The groups of a generated round, selected or drawn, and what their members say.
#include <algorithm>

#include "engine/evolve.h"
#include "events/sha256.h"
#include "events/subject.h"
#include "events/text_encoding.h"
#include "tests/simulation/generated_round.h"
#include "tests/simulation/generated_scheme.h"

namespace tests {
namespace {

namespace json = boost::json;
using engine::Application;
using events::string;
using events::view;

}  // namespace

void GeneratedRound::form_group(Step step, const std::string& track) {
  using events::GroupMethod;
  auto terms = step.getGroup();
  bool begun = round().draws.contains({string(step.getStep()), track});
  bool drawn = terms.getMethod() == GroupMethod::DRAW ||
               (terms.getMethod() == GroupMethod::EITHER && (begun || percent(50)));
  if (drawn && !percent(2)) return draw_group(step, track);
  std::size_t size = terms.getSize() + (percent(20) ? dice_.between(1, 2) : 0);
  Ids left = members_.at("reviewer");
  Ids members;
  while (members.size() < size && !left.empty()) {
    std::string one = dice_.pick(left);
    std::erase(left, one);
    members.push_back(one);
  }
  Object body = at_track(step, track);
  body["group"] = id("group");
  body["reviewers"] = listed(members);
  body["leader"] = dice_.pick(members);
  say(one_of(string(step.getWho()), track), "formReviewGroup", std::move(body));
}

// One of its three acts after the other, as far as it has come.
void GeneratedRound::draw_group(Step step, const std::string& track) {
  std::string who = string(step.getWho());
  auto terms = step.getGroup();
  auto begun = round().draws.find({string(step.getStep()), track});
  std::string draw = begun == round().draws.end() ? "" : begun->second;
  if (draw.empty() || percent(5)) {
    draw = id("draw");
    auto seed = id("0123456789abcdef0123456789abcde");
    if (seed.size() % 2 != 0) seed += "0";
    Object demands;
    unsigned size = terms.getSize();
    if (terms.hasSpecialties()) {
      demands["quality"] = 1;
      --size;
    }
    demands["any"] = size;
    Object body = at_track(step, track);
    body["draw"] = draw;
    body["demands"] = std::move(demands);
    body["digest"] = events::hex(events::sha256(*events::parse_hex(seed)));
    if (percent(50)) body["reason"] = "（虚构）前次抽取不能揭示";
    seeds_[draw] = seed;
    if (!say(one_of(who, track), "commitDraw", std::move(body))) return;
  }
  if (known<engine::Draw>(draw).witness_seed.empty()) {
    std::string seed = "00112233445566778899aabbccddee" + std::to_string(dice_.between(10, 99));
    say(one_of("supervisor", track), "witnessDraw", {{"draw", draw}, {"seed", seed}});
  }
  say(one_of(who, track), "openDraw",
      {{"draw", draw}, {"seed", seeds_[draw]}, {"group", id("group")}});
}

// By the next reserve, where there are some and he is one.
void GeneratedRound::replace_member(const engine::StepTrack& place, const std::string& leaves) {
  Ids stay = round().groups.at(place).reviewers;
  std::string who = string(scheme_->step(place.first)->getWho());
  Ids all = members_.at("reviewer");
  auto draw = round().draws.find(place);
  if (draw != round().draws.end() && percent(85)) {
    auto reserves = known<engine::Draw>(draw->second).reserves;
    if (!reserves.empty()) all = reserves;
  }
  const auto& gone = round().groups.at(place).gone;
  std::erase_if(all, [&](const std::string& one) {
    return std::ranges::find(stay, one) != stay.end() || gone.contains(one);
  });
  std::erase(stay, leaves);
  std::string joins = all.empty() ? one_of("reviewer").person : all.front();
  Object body = at_track(*scheme_->step(place.first), place.second);
  body["leaves"] = leaves;
  if (percent(90)) body["joins"] = joins;
  body["leader"] = stay.empty() || percent(20) ? joins : stay.front();
  body["reason"] = "（虚构）因病";
  say(one_of(who, place.second), "replaceMember", std::move(body));
}

// Whoever is recused leaves a group that has too few without him, and so does who is no reviewer
// any more.
void GeneratedRound::fill_group(Step step, const Application& one) {
  bool few = reviewers_of(one).size() < step.getReview().getScoresAtLeast();
  const Ids& all = members_.at("reviewer");
  auto groups = round().groups;
  for (const auto& [place, group] : groups) {
    if (place.second != one.track) continue;
    for (const std::string& reviewer : group.reviewers) {
      bool out = std::ranges::find(all, reviewer) == all.end();
      if (out || (few && one.recused.contains(reviewer))) return replace_member(place, reviewer);
    }
  }
}

GeneratedRound::Someone GeneratedRound::leader(const Application& one) {
  Ids members = reviewers_of(one);
  if (members.empty()) return one_of("reviewer");
  std::string leader = group_of(one.track)->leader;
  bool acts = std::ranges::find(members, leader) != members.end();
  return {acts ? leader : members.front(), "reviewer"};
}

void GeneratedRound::review(Step step, const Application& one) {
  std::string id = one.id;
  fill_group(step, one);
  for (const std::string& reviewer : reviewers_of(one)) score(step, id, reviewer);
  auto terms = step.getReview();
  bool explains = terms.getOutlierPercent() > 0 || terms.getSpreadPercent() > 0;
  if (explains && percent(70)) explain(step, id);
  if (terms.getConsensus() || percent(1)) agree(step, application(id));
  say(leader(application(id)), "closeReview", at_step(step, id));
}

// What somebody has left to do until his sheet is in.
void GeneratedRound::score(Step step, const std::string& id, const std::string& reviewer) {
  const Application& one = application(id);
  Someone who{reviewer, "reviewer"};
  auto sheet = one.sheets.find({string(step.getStep()), reviewer});
  bool revised = sheet != one.sheets.end();
  if (revised && sheet->second.submitted > 0 && !percent(1)) return;
  if (reviewer == representative(one).person && percent(80)) {
    say(who, "declareTie", {{"application", id}, {"tie", tie()}});
    return;
  }
  auto terms = step.getReview();
  if (terms.hasCommitment() && !round().commitments.contains(reviewer)) {
    say(who, "signCommitment", {{"round", generated_round}, {"text", "（虚构）承诺"}});
  }
  if (terms.hasDeclaration() && !one.declarations.contains(reviewer)) {
    Object body{{"application", id}};
    if (percent(6)) {
      body["tie"] = tie();
    } else {
      body["none"] = Object{};
    }
    say(who, "declareTie", std::move(body));
  }
  Object body = at_step(step, id);
  body["scores"] = scores(one, terms.getComments() ? "comment" : "");
  if (revised) body["reason"] = "（虚构）改分";
  say(who, "enterScores", std::move(body));
  say(who, "submitScores", at_step(step, id));
}

// Every item, about as good as the applicant is, with words beside each where they are wanted.
GeneratedRound::Object GeneratedRound::scores(const Application& one, const char* words) {
  std::string rubric = string(scheme_->track(one.track)->getRubric());
  unsigned by = scheme_->rubric(rubric)->getStepPercent();
  auto found = std::ranges::find(entrants_, one.id, &Entrant::application);
  Object scores;
  for (const auto& item : scheme_->items(rubric)) {
    auto wanted = found->percent + dice_.up_to(2 * by);
    auto percent = std::min<std::uint64_t>(100, wanted / by * by);
    if (dice_.percent(1)) percent += 1;
    Object score{{"percent", percent}};
    if (*words != 0) score[words] = "（虚构）评语";
    scores[item.item] = std::move(score);
  }
  return scores;
}

// Each explains his sheet and, one of them, every item.
void GeneratedRound::explain(Step step, const std::string& id) {
  for (const std::string& reviewer : reviewers_of(application(id))) {
    auto sheet = application(id).sheets.find({string(step.getStep()), reviewer});
    if (sheet == application(id).sheets.end() || sheet->second.explained.contains("")) continue;
    Object body = at_step(step, id);
    body["reason"] = "（虚构）说明";
    if (!say({reviewer, "reviewer"}, "explainScore", body)) continue;
    for (const auto& item :
         scheme_->items(string(scheme_->track(application(id).track)->getRubric()))) {
      if (step.getReview().getSpreadPercent() == 0) continue;
      body["item"] = item.item;
      say({reviewer, "reviewer"}, "explainScore", body);
    }
  }
}

void GeneratedRound::agree(Step step, const Application& one) {
  bool agreed = std::ranges::any_of(
      one.agreed, [&](const auto& known) { return known.first.first == view(step.getStep()); });
  if (agreed && !percent(30)) return;
  Object body = at_step(step, one.id);
  body["scores"] = scores(one, percent(90) ? "reason" : "");
  say(leader(one), "enterConsensus", std::move(body));
}

}  // namespace tests
