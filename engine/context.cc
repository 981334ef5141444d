#include "engine/context.h"

#include <algorithm>

#include "engine/expiry.h"
#include "engine/recusal.h"
#include "engine/separation.h"
#include "engine/step_graph.h"

namespace engine {
namespace {

using events::Code;
using events::Result;
using events::StepKind;
using events::string;
using events::view;

std::string step_name_zh(const Scheme& scheme, std::string_view id) {
  auto step = scheme.step(id);
  return step ? string(step->getName().getZh()) : std::string(id);
}

std::string step_name_en(const Scheme& scheme, std::string_view id) {
  auto step = scheme.step(id);
  if (!step || !step->getName().hasEn()) return std::string(id);
  return string(step->getName().getEn());
}

enum class Progress { open, passed, failed };

Progress progress_of(const Round& round, std::string_view step, std::string_view track) {
  auto found = round.outcomes.find({std::string(step), std::string(track)});
  if (found == round.outcomes.end()) return Progress::open;
  return found->second.passed ? Progress::passed : Progress::failed;
}

// A ranking or a list that was undone since still stands in each application that it named.
bool is_undone(const Round& round, events::Step::Reader step, const Application& application,
               const StepOutcome& own) {
  if (is_of_application(step.getKind())) return false;
  auto whole = round.outcomes.find({string(step.getStep()), application.track});
  return whole == round.outcomes.end() || whole->second.position != own.position;
}

Progress progress_of(const Round& round, events::Step::Reader step,
                     const Application& application) {
  auto own = application.outcomes.find(view(step.getStep()));
  if (own != application.outcomes.end() && !is_undone(round, step, application, own->second)) {
    return own->second.passed ? Progress::passed : Progress::failed;
  }
  return progress_of(round, view(step.getStep()), application.track);
}

std::unexpected<events::Error> not_yet(const RoundStep& at, std::string_view missing,
                                       Progress progress) {
  std::string zh = step_name_zh(*at.scheme, missing);
  std::string en = step_name_en(*at.scheme, missing);
  if (progress == Progress::failed) {
    return refuse(Code::conflict, at.clause(), "“" + zh + "”未通过，不能进行“" + name_zh(at) + "”",
                  "\"" + en + "\" was not passed, so \"" + name_en(at) + "\" cannot follow");
  }
  return refuse(Code::too_early, at.clause(), "“" + zh + "”尚未完成，不能进行“" + name_zh(at) + "”",
                "\"" + en + "\" has not been done yet, so \"" + name_en(at) + "\" cannot follow");
}

std::unexpected<events::Error> not_of(const RoundStep& at, std::string_view id) {
  auto organ = organ_name(*at.scheme, id);
  return refuse(Code::forbidden, at.clause(), "“" + name_zh(at) + "”由" + organ.zh + "办理",
                "\"" + name_en(at) + "\" is for the " + organ.en);
}

// Whoever has the right role, but acts for somebody else's application or track.
std::unexpected<events::Error> not_representative(const RoundStep& at) {
  return refuse(Code::forbidden, at.clause(), "“" + name_zh(at) + "”只能由该申报主体登记的代表办理",
                "\"" + name_en(at) + "\" is for the applicant's registered representative only");
}

std::unexpected<events::Error> not_member(const RoundStep& at) {
  return refuse(Code::forbidden, at.clause(), "“" + name_zh(at) + "”只能由该类别评审组的成员办理",
                "\"" + name_en(at) + "\" is for members of this track's review group only");
}

// A notice is passed when its period is over and every objection has its written report.
Result<> need_settled(const Round& round, const RoundStep& at, std::string_view before,
                      std::string_view track) {
  auto notice = round.notices.find({std::string(before), std::string(track)});
  if (notice == round.notices.end()) return {};
  auto objections = at.scheme->reader().getObjections();
  if (objections.getNoticeAgain() && list_changed(round, notice->second.listed)) {
    return refuse(Code::too_early, string(objections.getClause()),
                  "异议成立后名单已有变化，须重新公示",
                  "an upheld objection changed the list: it has to be shown again");
  }
  if (notice->second.open_objections.empty()) return {};
  auto terms = at.scheme->step(before)->getNotice();
  std::string clause = terms.hasObjections() ? string(terms.getObjections()) : at.clause();
  std::string open = *notice->second.open_objections.begin();
  return refuse(Code::too_early, clause, "异议 " + open + " 尚无书面核查报告",
                "objection " + open + " has no written report yet");
}

// Whoever is on the list, or was not in question for it, has nothing to do here.
Result<> need_not_on(const Round& round, const RoundStep& at, const Application& application) {
  std::string list = string(at.step.getNotOn());
  if (progress_of(round, list, application.track) == Progress::open) {
    return not_yet(at, list, Progress::open);
  }
  auto own = application.outcomes.find(list);
  if (own != application.outcomes.end() && !own->second.passed) return {};
  std::string zh = step_name_zh(*at.scheme, list);
  std::string en = step_name_en(*at.scheme, list);
  return refuse(
      Code::conflict, at.clause(), "“" + name_zh(at) + "”只针对参加“" + zh + "”而未列入的申报",
      "\"" + name_en(at) + "\" is only for those who did not come on the list of \"" + en + "\"");
}

}  // namespace

std::string name_zh(const RoundStep& at) { return step_name_zh(*at.scheme, at.id()); }
std::string name_en(const RoundStep& at) { return step_name_en(*at.scheme, at.id()); }

events::Words organ_name(const Scheme& scheme, std::string_view organ) {
  std::string id(organ);
  auto found = scheme.organ(organ);
  std::string zh = found ? string(found->getName().getZh()) : id;
  std::string en = found && found->getName().hasEn() ? string(found->getName().getEn()) : zh;
  return {zh + "（角色 " + id + "）", en + " (role: " + id + ")"};
}

Result<const Round*> find_round(const Context& context, std::string_view id) {
  const Round& round = context.memory.get<Round>(id);
  if (round.scheme.empty()) {
    return events::fail(Code::not_found, "没有这个轮次：" + std::string(id),
                        "there is no round " + std::string(id));
  }
  return &round;
}

Result<const Application*> find_application(const Context& context, std::string_view id) {
  const Application& application = context.memory.get<Application>(id);
  if (application.submitted == 0) {
    return events::fail(Code::not_found, "没有这份申报：" + std::string(id),
                        "there is no application " + std::string(id));
  }
  if (application.withdrawn > 0) {
    return events::fail(Code::conflict, "申报 " + std::string(id) + " 已撤回",
                        "application " + std::string(id) + " was withdrawn");
  }
  if (application.excluded.position > 0) {
    return refuse(Code::conflict, application.excluded.clause,
                  "申报 " + std::string(id) + " 已终止，不再进入任何步骤",
                  "application " + std::string(id) + " is excluded and gets to no further step");
  }
  return &application;
}

Result<std::shared_ptr<const Scheme>> scheme_of(const Context& context, const Round& round) {
  const auto& versions = context.memory.get<SchemeVersions>(round.scheme).versions;
  auto found = versions.find(round.scheme_position);
  if (found == versions.end()) {
    return events::fail(
        Code::corrupt, "读不出轮次所依据的办法：" + round.scheme,
        "the scheme version that the round is pinned to cannot be read: " + round.scheme);
  }
  return found->second;
}

Result<RoundStep> find_step(const Context& context, const Round& round, std::string_view id,
                            std::initializer_list<StepKind> kinds) {
  auto scheme = TRY(scheme_of(context, round));
  auto step = scheme->step(id);
  if (step && std::ranges::find(kinds, step->getKind()) != kinds.end()) {
    // Whatever comes of it, it is done under the step's clause.
    context.out.findings.push_back(
        {string(step->getClause()), "steps." + std::string(id), events::Verdict::MET, "", "", {}});
    RoundStep at{scheme, *step};
    TRY(note_expiry(context, round, at));
    return at;
  }
  std::string known;
  for (auto one : scheme->reader().getSteps()) {
    if (std::ranges::find(kinds, one.getKind()) == kinds.end()) continue;
    known += (known.empty() ? "" : ", ") + string(one.getStep());
  }
  return events::fail(
      Code::invalid, "办法中没有可用于此指令的步骤“" + std::string(id) + "”；可用：" + known,
      "the scheme has no step \"" + std::string(id) + "\" for this command; there are: " + known);
}

bool holds_role(const Person& person, std::string_view role, std::string_view scheme) {
  return std::ranges::any_of(person.roles, [&](const RoleHeld& held) {
    return held.role == role && held.counts_in(scheme, "");
  });
}

bool holds_role(const Person& person, std::string_view role, const Round& round) {
  return std::ranges::any_of(person.roles, [&](const RoleHeld& held) {
    return held.role == role && held.counts_in(round.scheme, round.id);
  });
}

Result<> need_role(const Context& context, std::string_view role) {
  const Person& person = context.memory.get<Person>(context.actor());
  if (holds_role(person, role, "")) return {};
  return events::fail(Code::forbidden, "需要角色：" + std::string(role),
                      "this needs the role " + std::string(role));
}

bool in_group(const Round& round, std::string_view track, std::string_view person) {
  for (const auto& [place, group] : round.groups) {
    if (place.second != track) continue;
    if (std::ranges::find(group.reviewers, person) != group.reviewers.end()) return true;
  }
  return false;
}

std::vector<std::string> standing(const Round& round, std::vector<std::string> listed) {
  std::erase_if(listed, [&](const std::string& id) { return round.applications.at(id).gone(); });
  return listed;
}

bool list_changed(const Round& round, const std::vector<std::string>& listed) {
  return std::ranges::any_of(listed, [&](const std::string& id) {
    auto entry = round.applications.find(id);
    return entry != round.applications.end() && entry->second.excluded > 0;
  });
}

Moment end_of(Date last_day, const Context& context) {
  return events::start_of(last_day + std::chrono::days(1), context.zone);
}

Result<> need_member(const Context& context, const Round& round, const RoundStep& at,
                     std::string_view organ) {
  const Person& person = context.memory.get<Person>(context.actor());
  if (context.role() != organ || !holds_role(person, organ, round)) return not_of(at, organ);
  return need_apart(context, round, at, organ);
}

Result<> need_organ(const Context& context, const Round& round, const RoundStep& at) {
  return need_member(context, round, at, view(at.step.getWho()));
}

Result<> need_organ(const Context& context, const Round& round, const RoundStep& at,
                    std::string_view track) {
  TRY(need_organ(context, round, at));
  if (at.step.getWho() != "reviewer" || in_group(round, track, context.actor())) return {};
  return not_member(at);
}

Result<> need_part(const Context& context, const Round& round, const RoundStep& at,
                   const Application& application) {
  TRY(need_unrecused(context, *at.scheme, application));
  if (context.role() != view(at.step.getWho())) return not_of(at, view(at.step.getWho()));
  if (context.role() == "applicant") {
    const auto& applicant = context.memory.get<Applicant>(application.applicant);
    if (applicant.representative == context.actor()) return {};
    return not_representative(at);
  }
  if (context.role() == "reviewer" && !in_group(round, application.track, context.actor())) {
    return not_member(at);
  }
  TRY(need_organ(context, round, at));
  return need_stranger(context, at, application);
}

Result<> need_before(const Round& round, const RoundStep& at, std::string_view track) {
  for (auto one : at.step.getAfter()) {
    auto before = at.scheme->step(view(one));
    // Steps that each application passes on its own are asked of the applications, not of the
    // track.
    bool of_track =
        before && (before->hasList() || before->hasNotice() || before->hasGroup() ||
                   before->getKind() == StepKind::RANK || before->getKind() == StepKind::APPROVE);
    if (!of_track || !at.scheme->applies(*before, track)) continue;
    Progress progress = progress_of(round, view(one), track);
    if (progress != Progress::passed) return not_yet(at, view(one), progress);
    TRY(need_settled(round, at, view(one), track));
  }
  return {};
}

Result<> need_before(const Round& round, const RoundStep& at, const Application& application) {
  for (auto one : at.step.getAfter()) {
    auto before = at.scheme->step(view(one));
    if (before && !at.scheme->applies(*before, application.track)) continue;
    Progress progress = before ? progress_of(round, *before, application) : Progress::open;
    if (progress != Progress::passed) return not_yet(at, view(one), progress);
    TRY(need_settled(round, at, view(one), application.track));
  }
  if (at.step.hasNotOn()) return need_not_on(round, at, application);
  return {};
}

Result<> need_undone(const RoundStep& at, const Application& application) {
  if (!application.outcomes.contains(at.id())) return {};
  return refuse(Code::conflict, at.clause(), "“" + name_zh(at) + "”已办理过",
                "\"" + name_en(at) + "\" has been done already");
}

Result<> need_track(const RoundStep& at, std::string_view track) {
  if (!at.scheme->track(track)) {
    std::string known;
    for (auto one : at.scheme->reader().getTracks()) {
      known += (known.empty() ? "" : ", ") + string(one.getTrack());
    }
    return events::fail(
        Code::invalid, "办法中没有类别“" + std::string(track) + "”；可用：" + known,
        "the scheme has no track \"" + std::string(track) + "\"; there are: " + known);
  }
  if (at.scheme->applies(at.step, track)) return {};
  return refuse(Code::conflict, at.clause(), "“" + name_zh(at) + "”不适用于该类别",
                "\"" + name_en(at) + "\" does not apply to this track");
}

Result<> need_text(capnp::Text::Reader text, std::string zh, std::string en) {
  if (text.size() > 0) return {};
  return events::fail(Code::invalid, std::move(zh), std::move(en));
}

}  // namespace engine
