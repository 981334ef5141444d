#include "engine/recusal.h"

#include <algorithm>

#include "engine/step_graph.h"
#include "events/texts.h"

namespace engine {
namespace {

using events::Code;
using events::Result;
using events::StepKind;
using events::string;
using events::view;

std::unexpected<events::Error> recused_from(const Scheme& scheme, const std::string& id) {
  return refuse(Code::forbidden, recusal_clause(scheme),
                "您已对申报 " + id + " 回避，不得参与其任何环节；回避不可解除，请由他人办理",
                "you are recused from application " + id +
                    " and may take no part in it; a recusal is never lifted: somebody else has to "
                    "do this");
}

std::unexpected<events::Error> challenged_on(const Scheme& scheme, const std::string& id) {
  return refuse(Code::forbidden, recusal_clause(scheme),
                "对您在申报 " + id + " 上的回避申请尚未决定，决定之前不得参与",
                "your recusal from application " + id +
                    " has been asked for: until that is decided you may take no part in it");
}

// Whether anything was done at the step, which compares the applications of a track.
bool was_begun(const Round& round, const StepTrack& place) {
  return round.outcomes.contains(place) || round.notices.contains(place) ||
         round.balloted.contains(place);
}

// Where the result of a review stands in what came after it.
std::vector<std::string> rests_on(const Scheme& scheme, const Round& round,
                                  const Application& application, const std::string& step) {
  std::vector<std::string> undone = {step};
  StepGraph graph(scheme);
  for (auto one : scheme.reader().getSteps()) {
    std::string id = string(one.getStep());
    if (one.getKind() == StepKind::DRAW) continue;
    if (is_of_application(one.getKind())) {
      bool adjusted = one.hasAdjusts() && view(one.getAdjusts()) == step;
      if (adjusted && application.outcomes.contains(id)) undone.push_back(id);
    } else if (was_begun(round, {id, application.track}) &&
               graph.before(one, application.track).contains(step)) {
      undone.push_back(id);
    }
  }
  return undone;
}

void void_sheet(Context& context, const Scheme& scheme, const Round& round,
                const Application& application, const std::string& step, const Sheet& sheet,
                const std::string& person) {
  auto event = context.out.emit().initScoresVoided();
  event.setApplication(application.id);
  event.setRound(application.round);
  event.setStep(step);
  event.setTrack(application.track);
  event.setReviewer(person);
  std::uint32_t total = 0;
  for (const auto& [item, score] : sheet.scores) total += score.hundredths;
  event.setHundredths(total);
  event.setSheet(sheet.submitted);
  bool counted = sheet.counted && application.outcomes.contains(step);
  event.setCounted(counted);
  // What is conferred is taken back by a revocation, and by nothing else.
  auto conferred = round.conferred.find(application.track);
  if (!counted || (conferred != round.conferred.end() && conferred->second > 0)) return;
  auto steps = rests_on(scheme, round, application, step);
  events::set_all(event.initUndone(events::size_of(steps)), steps);
}

}  // namespace

std::string recusal_clause(const Scheme& scheme) {
  auto terms = scheme.reader().getRecusal();
  return terms.hasClause() ? string(terms.getClause()) : "probity:recusal";
}

Result<> need_unrecused(const Context& context, const Scheme& scheme,
                        const Application& application) {
  if (application.recused.contains(context.actor())) return recused_from(scheme, application.id);
  if (application.challenged.contains(context.actor())) {
    return challenged_on(scheme, application.id);
  }
  return {};
}

Result<> need_unrecused(const Context& context, const Scheme& scheme, const Round& round,
                        const std::vector<std::string>& applications) {
  for (const std::string& id : applications) {
    auto entry = round.applications.find(id);
    if (entry == round.applications.end()) continue;
    if (entry->second.recused.contains(context.actor())) return recused_from(scheme, id);
    if (entry->second.challenged.contains(context.actor())) return challenged_on(scheme, id);
  }
  return {};
}

Result<> need_unrecused_on(const Context& context, const Scheme& scheme, const Round& round,
                           std::string_view track) {
  std::vector<std::string> all;
  for (const auto& [id, entry] : round.applications) {
    if (entry.track == track && !entry.gone()) all.push_back(id);
  }
  return need_unrecused(context, scheme, round, all);
}

bool takes_part(const Round& round, std::string_view track, std::string_view id,
                const Person& person) {
  if (in_group(round, track, id)) return true;
  return std::ranges::any_of(
      person.roles, [&](const RoleHeld& held) { return held.counts_in(round.scheme, round.id); });
}

void enter_recusal(Context& context, const Scheme& scheme, const Round& round,
                   const Application& application, const std::string& person,
                   events::RecusalKind kind, const Ground& ground) {
  auto event = context.out.emit().initRecusalEntered();
  event.setApplication(application.id);
  event.setPerson(person);
  event.setKind(kind);
  event.setClause(recusal_clause(scheme));
  event.setRound(application.round);
  event.initTie().setGround(ground.ground);
  event.getTie().setExplanation(ground.explanation);
  for (const auto& [place, sheet] : application.sheets) {
    if (place.second != person || sheet.scores.empty()) continue;
    void_sheet(context, scheme, round, application, place.first, sheet, person);
  }
}

}  // namespace engine
