// What somebody does at the wrong moment: ties that come to mind late, withdrawals, other times,
// other people, and what is never granted.
#include <algorithm>

#include "engine/evolve.h"
#include "events/record.h"
#include "events/subject.h"
#include "tests/simulation/generated_round.h"
#include "tests/simulation/generated_scheme.h"

namespace tests {
namespace {

using engine::Application;
using events::string;
using events::view;

}  // namespace

GeneratedRound::Object GeneratedRound::tie() {
  const Ids grounds{"employed",   "relative", "dispute", "prepared",
                    "controlled", "invested", "other"};
  return {{"ground", dice_.pick(grounds)}, {"explanation", percent(97) ? "（虚构）关系" : ""}};
}

void GeneratedRound::trouble() {
  Ids all;
  for (const auto& [id, entry] : round().applications) {
    if (!entry.gone() || percent(5)) all.push_back(id);
  }
  auto about = dice_.up_to(9);
  if (about < 2) return trouble_about_time();
  if (about < 4 || all.empty()) return trouble_about_people();
  const Application& one = application(dice_.pick(all));
  if (about < 7) return trouble_about_recusal(one);
  trouble_about(one);
}

void GeneratedRound::trouble_about_recusal(const Application& one) {
  const Ids organs{"office", "agency", "board", "reviewer", "reviewer", "reviewer"};
  std::string organ = dice_.pick(organs);
  Ids group = reviewers_of(one);
  std::string person =
      organ == "reviewer" && !group.empty() ? dice_.pick(group) : one_of(organ).person;
  auto terms = scheme_->reader().getRecusal();
  std::string decides = terms.hasDecidedBy() ? string(terms.getDecidedBy()) : "office";
  Object body{{"application", one.id}};
  switch (dice_.up_to(6)) {
    case 0:
    case 1:
      body["tie"] = tie();
      say({person, organ}, "declareTie", std::move(body));
      return;
    case 2:
    case 3: {
      const Ids askers{"applicant", "supervisor", "inspector", "inspector"};
      requests_.push_back(id("request"));
      body["request"] = requests_.back();
      body["person"] = person;
      body["tie"] = tie();
      say(one_of(dice_.pick(askers)), "requestRecusal", std::move(body));
      if (percent(50)) decide_recusal(decides);
      return;
    }
    case 4:
      if (!requests_.empty()) decide_recusal(decides);
      return;
    case 5:
      body["person"] = person;
      body["tie"] = tie();
      say(one_of(decides), "orderRecusal", std::move(body));
      return;
    default:
      body["person"] = person;
      body["reason"] = "（虚构）人手不够";
      say(one_of(decides), "liftRecusal", std::move(body));
  }
}

void GeneratedRound::decide_recusal(const std::string& organ) {
  say(one_of(organ), "decideRecusal",
      {{"request", percent(80) ? requests_.back() : dice_.pick(requests_)},
       {"granted", percent(60)},
       {"reason", "（虚构）理由"}});
}

void GeneratedRound::trouble_about(const Application& one) {
  Object body{{"application", one.id}};
  switch (dice_.up_to(4)) {
    case 0:
      if (!percent(50)) return;
      body["reason"] = "（虚构）放弃";
      say(representative(one), "withdrawApplication", std::move(body));
      return;
    case 1:
      return transfer(one);
    case 2:
    case 3: {
      // Any step that there is for an application, whether it is its time or not.
      auto steps = scheme_->reader().getSteps();
      auto step = steps[static_cast<unsigned>(dice_.up_to(steps.size() - 1))];
      if (step.hasReview()) return explain(step, one.id);
      if (step.getKind() == events::StepKind::EXAMINE) return supplement(step, one);
      return enter_result(step, one);
    }
    default:
      say(one_of("office"), "registerRelation",
          {{"person", one_of("reviewer").person},
           {"applicant", one.applicant},
           {"ground", "employed"},
           {"from", "2010-01-01"},
           {"until", percent(50) ? "2016-06-01" : "2011-01-01"},
           {"evidence", "（虚构）登记信息"}});
  }
}

// Where there is a second way in, somebody takes it; where there is none, somebody tries.
void GeneratedRound::transfer(const Application& one) {
  Ids tracks;
  std::string application = one.id;
  std::string proposer = "office";
  for (auto track : scheme_->reader().getTracks()) {
    if (!track.hasTransfer() && !percent(10)) continue;
    tracks.push_back(string(track.getTrack()));
    if (!track.hasTransfer()) continue;
    proposer = string(track.getTransfer().getProposer());
    Ids from = standing(string(track.getTransfer().getFrom()[0]));
    if (!from.empty()) application = dice_.pick(from);
  }
  if (tracks.empty()) return;
  std::string track = tracks.back();
  say(one_of(proposer), "transferTrack",
      {{"application", application},
       {"track", track},
       {"reason", "（虚构）更合适"},
       {"form", answers(string(scheme_->step("apply")->getForm()), track)}});
}

void GeneratedRound::trouble_about_time() {
  auto steps = scheme_->reader().getSteps();
  auto step = steps[static_cast<unsigned>(dice_.up_to(steps.size() - 1))];
  for (auto one : steps) {
    if (one.hasCloses() && percent(40)) step = one;
  }
  Object body{{"round", generated_round}, {"step", string(step.getStep())}};
  auto choice = dice_.up_to(9);
  if (choice == 0) {
    say(one_of("office"), "passDeadline", std::move(body));
  } else if (choice == 1 && percent(40)) {
    auto days = static_cast<int>(dice_.between(60, 200));
    say({"admin-1", ""}, "repealScheme",
        {{"scheme", generated_id}, {"repealedOn", day(days)}, {"document", "废止〔2017〕1号"}});
  } else if (choice == 2) {
    Object notice{
        {"announcedOn", day(0)}, {"paper", id("调休")}, {"off", listed({day(3), day(5)})}};
    say({"admin-1", ""}, "publishCalendar",
        {{"calendar", generated_calendar}, {"notices", boost::json::array{std::move(notice)}}});
  } else if (choice == 3 && percent(20)) {
    say({"admin-1", ""}, "publishScheme", {{"scheme", generated_id}, {"text", text_}});
  } else {
    body["reason"] = "（虚构）延期";
    if (percent(80)) body["lastDay"] = day(static_cast<int>(dice_.between(5, 60)));
    std::string who = string(steps[0].getWho());
    if (step.hasCloses() && step.getCloses().isWithin()) {
      auto within = step.getCloses().getWithin();
      if (within.hasExtendedBy()) who = string(within.getExtendedBy());
    }
    if (step.hasNotice()) who = string(step.getWho());
    for (const auto& [place, notice] : round().notices) {
      if (place.first == view(step.getStep()) && percent(80)) body["notice"] = notice.notice;
    }
    say(one_of(who), "moveDeadline", std::move(body));
  }
}

void GeneratedRound::trouble_about_people() {
  auto places = round().groups;
  auto choice = dice_.up_to(9);
  if (choice < 5 && !places.empty()) {
    auto place = places.begin();
    std::advance(place, dice_.up_to(places.size() - 1));
    replace_member(place->first, dice_.pick(place->second.reviewers));
  } else if (choice < 7) {
    std::string keeper = string(scheme_->reader().getPool().getWho());
    if (keeper.empty()) keeper = string(scheme_->reader().getSteps()[0].getWho());
    say(one_of(keeper), "removeExpert",
        {{"scheme", generated_id}, {"expert", one_of("reviewer").person}, {"reason", "（虚构）"}});
  } else if (choice == 7) {
    const Ids organs{"office", "board", "reviewer"};
    std::string organ = dice_.pick(organs);
    std::string person = one_of(organ).person;
    if (members_.at(organ).size() < 2) return;
    Object role{{"person", person}, {"role", organ}, {"scheme", generated_id}};
    if (say({"admin-1", ""}, "endRole", {{"role", std::move(role)}, {"reason", "（虚构）调离"}})) {
      std::erase(members_.at(organ), person);
    }
  } else if (choice == 8) {
    std::string person = id("newcomer");
    register_person(person);
    grant(person, percent(50) ? "reviewer" : "office");
  } else {
    grant("admin-1", "board");
    send({"admin-1", ""}, "grantRole", {{"proposal", "proposal1"}});
  }
}

}  // namespace tests
