#include "engine/track_desk.h"

#include <algorithm>

#include "engine/step_graph.h"

namespace engine {

using events::Code;
using events::Result;
using events::StepKind;
using events::string;
using events::view;

namespace {

// Whoever is gone, or has failed a step before this one, is not compared with others.
bool in_question(const TrackDesk& desk, const RoundEntry& entry) {
  if (entry.track != desk.key.second || entry.gone()) return false;
  auto before = StepGraph(*desk.at.scheme).before(desk.at.step, desk.key.second);
  return std::ranges::none_of(entry.failed,
                              [&](const std::string& step) { return before.contains(step); });
}

// Accepted; where the scheme knows no acceptance on the track, whoever applied.
bool admitted(const TrackDesk& desk, const RoundEntry& entry) {
  if (entry.accepted > 0) return true;
  for (auto step : desk.at.scheme->reader().getSteps()) {
    bool accepts = step.getKind() == StepKind::ACCEPT;
    if (accepts && desk.at.scheme->applies(step, desk.key.second)) return false;
  }
  return entry.submitted > 0;
}

}  // namespace

Result<TrackDesk> track_desk(Context& context, std::string_view round_id, std::string_view step,
                             std::string_view track, std::initializer_list<StepKind> kinds) {
  const Round& round = *TRY(find_round(context, round_id));
  auto at = TRY(find_step(context, round, step, kinds));
  TRY(need_track(at, track));
  TRY(need_organ(context, round, at, track));
  TRY(need_before(round, at, track));
  TrackDesk desk{round, at, {at.id(), std::string(track)}};
  TRY(need_undone(desk));
  return desk;
}

Result<> need_undone(const TrackDesk& desk) {
  if (!desk.round.outcomes.contains(desk.key)) return {};
  return refuse(Code::conflict, desk.at.clause(), "“" + name_zh(desk.at) + "”已办理过",
                "\"" + name_en(desk.at) + "\" has been done already");
}

std::vector<std::string> in_the_running(const TrackDesk& desk) {
  std::vector<std::string> out;
  for (const auto& [id, entry] : desk.round.applications) {
    if (admitted(desk, entry) && in_question(desk, entry)) out.push_back(id);
  }
  for (auto id : StepGraph(*desk.at.scheme).before(desk.at.step, desk.key.second)) {
    auto list = desk.round.lists.find({std::string(id), desk.key.second});
    if (list == desk.round.lists.end()) continue;
    std::erase_if(out, [&](const std::string& one) {
      return std::ranges::find(list->second.listed, one) == list->second.listed.end();
    });
  }
  return out;
}

std::vector<RankedEntry> candidates(const TrackDesk& desk, std::string_view track) {
  StepTrack key{string(desk.at.step.getList().getFrom()), track};
  std::vector<RankedEntry> out;
  if (auto ranking = desk.round.rankings.find(key); ranking != desk.round.rankings.end()) {
    out = ranking->second;
  } else if (auto list = desk.round.lists.find(key); list != desk.round.lists.end()) {
    for (const std::string& id : list->second.listed) out.push_back({id, 0, 0, {}});
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

Places used_places(const Round& round, std::string_view step, events::Quota::Reader quota) {
  Places used;
  for (const auto& [place, list] : round.lists) {
    if (place.first != step || !in_quota(quota, place.second)) continue;
    used.listed += standing(round, list.listed).size();
  }
  auto vacancies = round.vacancies.find(step);
  if (vacancies == round.vacancies.end()) return used;
  for (const Vacancy& one : vacancies->second) {
    bool shared = std::ranges::any_of(
        one.tracks, [&](const std::string& track) { return in_quota(quota, track); });
    if (shared) used.vacant += one.places;
  }
  return used;
}

std::vector<std::string> counted_steps(const RoundStep& at, std::string_view track) {
  std::vector<std::string> steps;
  auto add = [&](capnp::List<capnp::Text>::Reader ids, bool reviews) {
    for (auto id : ids) {
      auto step = at.scheme->step(view(id));
      if (!step || !at.scheme->applies(*step, track)) continue;
      if (!reviews || step->getKind() == StepKind::REVIEW) steps.push_back(string(id));
    }
  };
  if (at.step.hasCounts()) {
    add(at.step.getCounts(), false);
  } else {
    add(at.step.getAfter(), true);
  }
  return steps;
}

const StepResult* result_of(const Round& round, std::string_view step, std::string_view track,
                            std::string_view application) {
  auto results = round.results.find({std::string(step), std::string(track)});
  if (results == round.results.end()) return nullptr;
  auto found = std::ranges::find(results->second, application, &StepResult::application);
  return found == results->second.end() ? nullptr : &*found;
}

Result<> need_uncounted(const Round& round, const RoundStep& at, std::string_view step,
                        std::string_view track) {
  StepGraph graph(*at.scheme);
  for (auto later : at.scheme->reader().getSteps()) {
    StepTrack done{string(later.getStep()), track};
    if (!round.outcomes.contains(done) || !graph.before(later, track).contains(at.id())) continue;
    for (auto counted : later.getCounts()) {
      if (view(counted) != step) continue;
      RoundStep by{at.scheme, later};
      return refuse(Code::too_late, at.clause(), "已计入“" + name_zh(by) + "”，不能再改",
                    "it has been counted in \"" + name_en(by) + "\" and is frozen");
    }
  }
  return {};
}

}  // namespace engine
