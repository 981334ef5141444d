#include <algorithm>
#include <set>

#include "engine/decide_areas.h"
#include "engine/scoring.h"
#include "engine/step_graph.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

struct TrackDesk {
  const Round& round;
  RoundStep at;
  StepTrack key;
};

// The round's step for one track, before anything was done at it.
Result<TrackDesk> track_desk(Context& context, std::string_view round_id, std::string_view step,
                             std::string_view track, std::initializer_list<StepKind> kinds) {
  const Round& round = *TRY(find_round(context, round_id));
  auto at = TRY(find_step(context, round, step, kinds));
  TRY(need_track(at, track));
  TRY(need_organ(context, round, at, track));
  TRY(need_before(round, at, track));
  StepTrack key{at.id(), std::string(track)};
  if (round.outcomes.contains(key)) {
    return refuse(Code::conflict, at.clause(), "“" + name_zh(at) + "”已办理过",
                  "\"" + name_en(at) + "\" has been done already");
  }
  return TrackDesk{round, at, key};
}

// The review whose results the step rests on.
std::string review_before(const RoundStep& at) {
  for (auto one : at.step.getAfter()) {
    auto before = at.scheme->step(view(one));
    if (before && before->getKind() == StepKind::REVIEW) return string(one);
  }
  return {};
}

// Whoever is gone, or has failed a step before this one, is neither waited for nor compared.
bool in_question(const TrackDesk& desk, const RoundEntry& entry) {
  if (entry.track != desk.key.second || entry.gone()) return false;
  auto before = StepGraph(*desk.at.scheme).before(desk.at.step, desk.key.second);
  return std::ranges::none_of(entry.failed,
                              [&](const std::string& step) { return before.contains(step); });
}

std::vector<std::string> still_open(const TrackDesk& desk,
                                    const std::vector<ReviewResult>& results) {
  std::vector<std::string> open;
  for (const auto& [id, entry] : desk.round.applications) {
    if (entry.accepted == 0 || !in_question(desk, entry)) continue;
    if (std::ranges::find(results, id, &ReviewResult::application) == results.end()) {
      open.push_back(id);
    }
  }
  return open;
}

// Those from whom the list is chosen, best first as far as there is a ranking.
std::vector<RankedEntry> candidates(const TrackDesk& desk) {
  std::string from = string(desk.at.step.getList().getFrom());
  StepTrack key{from, desk.key.second};
  std::vector<RankedEntry> out;
  if (auto ranking = desk.round.rankings.find(key); ranking != desk.round.rankings.end()) {
    out = ranking->second;
  } else if (auto list = desk.round.lists.find(key); list != desk.round.lists.end()) {
    for (const std::string& id : list->second.listed) out.push_back({id, 0});
  }
  std::erase_if(out, [&](const RankedEntry& one) {
    return desk.round.applications.at(one.application).gone();
  });
  return out;
}

bool in_quota(events::Quota::Reader quota, std::string_view track) {
  for (auto one : quota.getTracks()) {
    if (view(one) == track) return true;
  }
  return false;
}

// How many this step has listed already for tracks that share the quota.
std::size_t used_places(const TrackDesk& desk, events::Quota::Reader quota) {
  std::size_t used = 0;
  for (const auto& [place, list] : desk.round.lists) {
    if (place.first != desk.key.first || !in_quota(quota, place.second)) continue;
    used += standing(desk.round, list.listed).size();
  }
  return used;
}

std::unexpected<events::Error> too_many(std::string clause, std::size_t places, std::size_t asked,
                                        bool soft) {
  return refuse(Code::conflict, std::move(clause),
                "名额为 " + std::to_string(places) + " 个，已列 " + std::to_string(asked) + " 个" +
                    (soft ? "；超过须写明理由" : ""),
                "the places are " + std::to_string(places) + ", and " + std::to_string(asked) +
                    " would be listed" + (soft ? "; to exceed them, give a reason" : ""));
}

Result<> check_places(Context& context, const TrackDesk& desk, std::size_t listed, bool reason) {
  auto terms = desk.at.step.getList();
  bool soft = terms.getLimit() == events::Limit::SOFT;
  if (terms.getPlaces() > 0 && listed > terms.getPlaces() && !(soft && reason)) {
    return too_many(desk.at.clause(), terms.getPlaces(), listed, soft);
  }
  if (!terms.getQuota()) return {};
  for (auto quota : desk.at.scheme->reader().getQuotas()) {
    if (!in_quota(quota, desk.key.second)) continue;
    std::size_t asked = used_places(desk, quota) + listed;
    std::string clause = string(quota.getClause());
    bool exceedable = quota.getLimit() == events::Limit::SOFT;
    if (asked > quota.getPlaces() && !(exceedable && reason)) {
      return too_many(clause, quota.getPlaces(), asked, exceedable);
    }
    context.out.findings.push_back({clause,
                                    "quotas",
                                    events::Verdict::MET,
                                    "≤ " + std::to_string(quota.getPlaces()),
                                    std::to_string(asked),
                                    {}});
  }
  return {};
}

// Whoever is on the list, nobody of a better rank may be missing without a written reason.
bool passes_over(const std::vector<RankedEntry>& from, const std::set<std::string>& listed) {
  unsigned worst = 0;
  for (const auto& one : from) {
    if (listed.contains(one.application)) worst = std::max(worst, one.rank);
  }
  return std::ranges::any_of(from, [&](const RankedEntry& one) {
    return !listed.contains(one.application) && one.rank <= worst && worst > 0;
  });
}

// The step at which those who do not come on this list are told.
std::optional<events::Step::Reader> told_at(const TrackDesk& desk) {
  for (auto step : desk.at.scheme->reader().getSteps()) {
    bool here = step.hasNotOn() && view(step.getNotOn()) == desk.at.id();
    if (here && desk.at.scheme->applies(step, desk.key.second)) return step;
  }
  return std::nullopt;
}

Result<> check_listed(Context& context, const TrackDesk& desk, const std::vector<RankedEntry>& from,
                      const std::set<std::string>& listed) {
  for (const std::string& id : listed) {
    if (std::ranges::find(from, id, &RankedEntry::application) == from.end()) {
      if (context.memory.get<Application>(id).excluded.position > 0) {
        TRY(find_application(context, id));
      }
      return refuse(Code::conflict, desk.at.clause(), "不在可选范围内：" + id,
                    "not among those to choose from: " + id);
    }
    const auto& application = context.memory.get<Application>(id);
    TRY(need_before(desk.round, desk.at, application));
    if (application.recused.contains(context.actor())) {
      std::string clause = string(desk.at.scheme->reader().getRecusal().getClause());
      return refuse(Code::forbidden, clause, "您已对申报 " + id + " 回避，不得参与确定名单",
                    "you are recused from application " + id + " and cannot list it");
    }
  }
  return {};
}

}  // namespace

Result<> decide_fix_ranking(Context& context, FixRanking::Reader command) {
  auto desk = TRY(track_desk(context, view(command.getRound()), view(command.getStep()),
                             view(command.getTrack()), {StepKind::RANK}));
  auto found = desk.round.results.find({review_before(desk.at), desk.key.second});
  std::vector<ReviewResult> results;
  if (found != desk.round.results.end()) results = found->second;
  std::erase_if(results, [&](const ReviewResult& one) {
    return !in_question(desk, desk.round.applications.at(one.application));
  });
  if (auto open = still_open(desk, results); !open.empty()) {
    return refuse(Code::too_early, desk.at.clause(), "还有申报未评审完：" + open.front(),
                  "an application has not been reviewed to the end: " + open.front());
  }
  auto fraction = [](const ReviewResult& one) { return Fraction{one.numerator, one.denominator}; };
  // By id among equals, so that every machine writes the same event; they share the rank.
  std::ranges::sort(results, [&](const ReviewResult& a, const ReviewResult& b) {
    if (fraction(a) == fraction(b)) return a.application < b.application;
    return fraction(b) < fraction(a);
  });
  auto event = context.out.emit().initRankingFixed();
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  auto entries = event.initEntries(static_cast<unsigned>(results.size()));
  std::uint16_t rank = 0;
  for (unsigned i = 0; i < results.size(); ++i) {
    bool tied = i > 0 && fraction(results[i]) == fraction(results[i - 1]);
    if (!tied) rank = static_cast<std::uint16_t>(i + 1);
    entries[i].setApplication(results[i].application);
    entries[i].setRank(rank);
    entries[i].setNumerator(results[i].numerator);
    entries[i].setDenominator(results[i].denominator);
    context.out.rest_on(results[i].position);
  }
  return {};
}

Result<> decide_fix_list(Context& context, FixList::Reader command) {
  auto desk = TRY(track_desk(context, view(command.getRound()), view(command.getStep()),
                             view(command.getTrack()), {StepKind::SELECT, StepKind::DELIBERATE}));
  auto from = candidates(desk);
  std::set<std::string> listed;
  for (auto one : command.getListed()) listed.insert(string(one));
  bool reason = command.getReason().size() > 0;
  TRY(check_listed(context, desk, from, listed));
  TRY(check_places(context, desk, listed.size(), reason));
  if (listed.empty() && !reason) {
    return refuse(Code::conflict, desk.at.clause(), "名单空缺须写明理由",
                  "leaving the list empty needs a written reason");
  }
  if (passes_over(from, listed) && !reason) {
    return refuse(Code::conflict, desk.at.clause(), "越过名次更前或相同的申报须写明理由",
                  "passing over a better or equal rank needs a written reason");
  }
  StepTrack chosen_from{string(desk.at.step.getList().getFrom()), desk.key.second};
  if (auto before = desk.round.outcomes.find(chosen_from); before != desk.round.outcomes.end()) {
    context.out.rest_on(before->second.position);
  }
  auto event = context.out.emit().initListFixed();
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  std::vector<std::string> chosen;
  std::vector<std::string> others;
  for (const auto& one : from) {
    (listed.contains(one.application) ? chosen : others).push_back(one.application);
  }
  auto listed_out = event.initListed(static_cast<unsigned>(chosen.size()));
  for (unsigned i = 0; i < chosen.size(); ++i) listed_out.set(i, chosen[i]);
  auto others_out = event.initOthers(static_cast<unsigned>(others.size()));
  for (unsigned i = 0; i < others.size(); ++i) others_out.set(i, others[i]);
  if (reason) event.setReason(command.getReason());
  if (auto told = told_at(desk)) event.setTold(told->getStep());
  return {};
}

Result<> decide_approve_list(Context& context, ApproveList::Reader command) {
  auto desk = TRY(track_desk(context, view(command.getRound()), view(command.getStep()),
                             view(command.getTrack()), {StepKind::APPROVE}));
  // The list that is approved is the newest one that the step comes after.
  const FixedList* list = nullptr;
  for (auto one : desk.at.step.getAfter()) {
    auto found = desk.round.lists.find({string(one), desk.key.second});
    if (found != desk.round.lists.end()) list = &found->second;
  }
  if (!list) {
    return fail(Code::conflict, "没有待批准的名单", "there is no list to approve");
  }
  TRY(need_text(command.getDocument(), "批准须写明文号", "an approval names its document"));
  context.out.rest_on(list->position);
  auto event = context.out.emit().initListApproved();
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  event.setList(list->position);
  event.setDocument(command.getDocument());
  auto standing_now = standing(desk.round, list->listed);
  auto listed = event.initListed(static_cast<unsigned>(standing_now.size()));
  for (unsigned i = 0; i < standing_now.size(); ++i) listed.set(i, standing_now[i]);
  return {};
}

Result<> decide_confer_award(Context& context, ConferAward::Reader command) {
  const Application& application = *TRY(find_application(context, view(command.getApplication())));
  const Round& round = *TRY(find_round(context, application.round));
  auto at = TRY(find_step(context, round, view(command.getStep()), {StepKind::CONFER}));
  TRY(need_track(at, application.track));
  TRY(need_part(context, round, at, application));
  // An approved list stands in each application it names; another one has no such outcome.
  for (auto one : at.step.getAfter()) {
    if (application.outcomes.contains(view(one))) continue;
    return refuse(Code::conflict, at.clause(), "该申报不在已批准的名单上",
                  "this application is not on an approved list");
  }
  TRY(need_before(round, at, application));
  if (application.outcomes.contains(at.id())) {
    return refuse(Code::conflict, at.clause(), "已授奖", "the award has been conferred already");
  }
  TRY(need_text(command.getCertificate(), "授奖须写明证书编号", "an award names its certificate"));
  auto event = context.out.emit().initAwardConferred();
  event.setApplication(command.getApplication());
  event.setApplicant(application.applicant);
  event.setRound(application.round);
  event.setStep(command.getStep());
  event.setTrack(application.track);
  event.setScheme(round.scheme);
  event.setAward(at.scheme->award_of(application.track));
  event.setConferredOn(events::to_days(context.today));
  event.setCertificate(command.getCertificate());
  return {};
}

}  // namespace engine
