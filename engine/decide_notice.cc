#include <algorithm>
#include <optional>

#include "engine/decide_areas.h"
#include "engine/recusal.h"
#include "engine/separation.h"
#include "events/texts.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::StepKind;
using events::string;
using events::view;

Result<const PublicNotice*> find_notice(const Context& context, std::string_view id) {
  const auto& notice = context.memory.get<PublicNotice>(id);
  if (notice.position == 0) {
    return fail(Code::not_found, "没有这份公示：" + std::string(id),
                "there is no notice " + std::string(id));
  }
  return &notice;
}

bool has(capnp::List<capnp::Text>::Reader list, capnp::Text::Reader text) {
  for (auto one : list) {
    if (one == text) return true;
  }
  return false;
}

// 申报单位内部公示（applicant-unit）
events::Words channel_name(const Scheme& scheme, std::string_view id) {
  std::string own(id);
  for (auto one : scheme.reader().getChannels()) {
    if (view(one.getChannel()) != id) continue;
    return {string(one.getName().getZh()) + "（" + own + "）",
            string(one.getName().getEn()) + " (" + own + ")"};
  }
  return {own, own};
}

// The clause about objections, or the one under which the notice waits for them, or its own.
std::string objection_clause(const RoundStep& at) {
  auto all = at.scheme->reader();
  if (all.hasObjections()) return string(all.getObjections().getClause());
  auto terms = at.step.getNotice();
  return terms.hasObjections() ? string(terms.getObjections()) : at.clause();
}

// The newest of its list, not interrupted, and of a list that still holds.
Result<> need_current(const Round& round, const RoundStep& at, const PublicNotice& notice,
                      std::string_view id) {
  auto newest = round.notices.find({notice.step, notice.track});
  bool current = newest != round.notices.end() && newest->second.notice == id;
  if (current && newest->second.published == 0) {
    return refuse(Code::conflict, at.clause(), "所公示的名单已失效，该公示随之作废，须重新公示",
                  "the list that was shown no longer holds, nor does its notice: show the new one");
  }
  if (current && notice.interrupted == 0) return {};
  return refuse(
      Code::conflict, at.clause(), "公示 " + std::string(id) + " 已中断或已被重新公示取代",
      "the notice " + std::string(id) + " was interrupted, or the list has been shown anew since");
}

// A list is shown once, unless its notice was interrupted or undone, or an objection changed it.
Result<> need_unshown(const Round& round, const RoundStep& at, const StepTrack& key) {
  auto shown = round.notices.find(key);
  if (shown == round.notices.end()) return {};
  if (shown->second.interrupted > 0 || shown->second.published == 0) return {};
  bool again = at.scheme->reader().getObjections().getNoticeAgain();
  if (again && list_changed(round, shown->second.listed)) return {};
  return refuse(Code::conflict, at.clause(), "该名单已公示", "this list is under notice already");
}

// Where the list is shown inside each applicant too, that is proven before the notice ends.
Result<> need_proofs(const Round& round, const RoundStep& at, const PublicNotice& notice) {
  auto terms = at.step.getNotice();
  if (!terms.hasInternal()) return {};
  std::string missing;
  for (const std::string& id : standing(round, notice.listed)) {
    if (!notice.proven.contains(id)) missing += (missing.empty() ? "" : ", ") + id;
  }
  if (missing.empty()) return {};
  return refuse(Code::too_early, string(terms.getInternal()),
                "尚无申报单位内部公示的证明：" + missing,
                "there is no proof yet that these showed it inside their unit: " + missing);
}

Result<> need_unchanged(const Round& round, const RoundStep& at, const PublicNotice& notice) {
  auto objections = at.scheme->reader().getObjections();
  if (!objections.getNoticeAgain() || !list_changed(round, notice.listed)) return {};
  return refuse(Code::conflict, string(objections.getClause()),
                "异议成立后名单已有变化，须重新公示",
                "an upheld objection changed the list: it has to be shown again");
}

// By when an objection that is filed now has to be settled; nothing where the scheme sets no time.
Result<std::optional<Deadline>> settle_by(const Context& context, const Round& round,
                                          const RoundStep& at) {
  auto terms = at.scheme->reader().getObjections();
  if (!terms.hasSettledWithin()) return std::nullopt;
  const Calendar& calendar = context.memory.get<CalendarState>(round.calendar).calendar;
  return TRY(calendar.deadline(context.today, read_period(terms.getSettledWithin()), context.today,
                               context.zone));
}

// Whoever is recused from the application, or stands for it, does not settle what is said of it.
Result<> need_impartial(const Context& context, const RoundStep& at,
                        const Application& application) {
  TRY(need_unrecused(context, *at.scheme, application));
  return need_stranger(context, at, application);
}

// Settling late is on record; refusing it would leave the objection open for good.
void note_settling_time(Context& context, const RoundStep& at, const Objection& objection) {
  if (objection.settle_by == Moment()) return;
  auto verdict = context.now < objection.settle_by ? events::Verdict::MET : events::Verdict::UNMET;
  context.out.findings.push_back({objection_clause(at),
                                  "objections.settledWithin",
                                  verdict,
                                  "< " + events::local_text(objection.settle_by, context.zone),
                                  events::local_text(context.now, context.zone),
                                  {objection.position}});
}

}  // namespace

Result<> decide_publish_notice(Context& context, PublishNotice::Reader command) {
  const Round& round = *TRY(find_round(context, view(command.getRound())));
  auto at = TRY(find_step(context, round, view(command.getStep()), {StepKind::NOTICE}));
  TRY(need_track(at, view(command.getTrack())));
  TRY(need_organ(context, round, at));
  TRY(need_before(round, at, view(command.getTrack())));
  if (context.memory.get<PublicNotice>(view(command.getNotice())).position > 0) {
    return fail(Code::conflict, "公示标识已被使用：" + string(command.getNotice()),
                "the notice's id is in use: " + string(command.getNotice()));
  }
  StepTrack key{at.id(), string(command.getTrack())};
  TRY(need_unshown(round, at, key));
  auto terms = at.step.getNotice();
  auto list = round.lists.find({string(terms.getList()), key.second});
  if (list == round.lists.end()) {
    return refuse(Code::too_early, at.clause(), "待公示的名单尚未确定",
                  "the list to be shown has not been fixed");
  }
  TRY(need_unrecused(context, *at.scheme, round, list->second.listed));
  for (auto channel : terms.getChannels()) {
    if (has(command.getChannels(), channel)) continue;
    events::Words name = channel_name(*at.scheme, view(channel));
    return refuse(Code::conflict, at.clause(), "公示渠道缺少：" + name.zh,
                  "a channel of publicity is missing: " + name.en);
  }
  const Calendar& calendar = context.memory.get<CalendarState>(round.calendar).calendar;
  std::string zone = string(at.scheme->reader().getZone());
  auto shortest =
      TRY(calendar.deadline(context.today, read_period(terms.getLasting()), context.today, zone));
  Date last = shortest.last;
  if (command.getLastDay() != 0) last = events::to_date(command.getLastDay());
  if (last < shortest.last) {
    std::string day = events::text(shortest.last);
    return refuse(Code::conflict, at.clause(), "公示期不足：最后一天不能早于 " + day,
                  "the notice is too short: its last day cannot be before " + day);
  }
  context.out.rest_on(list->second.position);
  auto event = context.out.emit().initNoticePublished();
  event.setNotice(command.getNotice());
  event.setRound(command.getRound());
  event.setStep(command.getStep());
  event.setTrack(command.getTrack());
  event.setList(list->second.position);
  auto listed = standing(round, list->second.listed);
  events::set_all(event.initListed(events::size_of(listed)), listed);
  event.setChannels(command.getChannels());
  event.setOpensOn(events::to_days(context.today));
  event.setLastDay(events::to_days(last));
  event.setCloses(events::to_micros(events::start_of(last + std::chrono::days(1), zone)));
  event.setCalendarPosition(shortest.calendar_position);
  return {};
}

// Anybody may say that the period is over; the clock decides whether it is.
Result<> decide_end_notice(Context& context, EndNotice::Reader command) {
  const PublicNotice& notice = *TRY(find_notice(context, view(command.getNotice())));
  const Round& round = *TRY(find_round(context, notice.round));
  auto at = TRY(find_step(context, round, notice.step, {StepKind::NOTICE}));
  if (notice.ended > 0) {
    return fail(Code::conflict, "公示已结束", "the notice has ended already");
  }
  TRY(need_current(round, at, notice, view(command.getNotice())));
  if (context.now < notice.closes) {
    std::string when = events::local_text(notice.closes, context.zone);
    return refuse(Code::too_early, at.clause(), "公示期到 " + when + " 才结束",
                  "the notice runs until " + when);
  }
  auto ready = need_unchanged(round, at, notice);
  if (ready) ready = need_proofs(round, at, notice);
  // The clock only waits: what it cannot end yet is no attempt that anybody made.
  if (!ready && context.actor() == "clock") ready.error().clause.clear();
  TRY(ready);
  auto event = context.out.emit().initNoticeEnded();
  event.setNotice(command.getNotice());
  event.setRound(notice.round);
  event.setStep(notice.step);
  event.setTrack(notice.track);
  auto listed = standing(round, notice.listed);
  events::set_all(event.initListed(events::size_of(listed)), listed);
  return {};
}

Result<> decide_file_objection(Context& context, FileObjection::Reader command) {
  const PublicNotice& notice = *TRY(find_notice(context, view(command.getNotice())));
  const Round& round = *TRY(find_round(context, notice.round));
  auto at = TRY(find_step(context, round, notice.step, {StepKind::NOTICE}));
  if (context.memory.get<Objection>(view(command.getObjection())).position > 0) {
    return fail(Code::conflict, "异议标识已被使用：" + string(command.getObjection()),
                "the objection's id is in use: " + string(command.getObjection()));
  }
  TRY(need_current(round, at, notice, view(command.getNotice())));
  if (context.now >= notice.closes) {
    return refuse(Code::too_late, objection_clause(at), "公示期已满，异议未在期内提出",
                  "the notice is over: the objection came too late");
  }
  if (std::ranges::find(notice.listed, view(command.getApplication())) == notice.listed.end()) {
    return fail(Code::invalid, "该申报不在此公示名单上",
                "this application is not on the list under notice");
  }
  if (command.getContent().size() == 0) {
    return fail(Code::invalid, "异议须写明内容", "an objection must say what it objects to");
  }
  if (at.scheme->reader().getObjections().getEvidence() && command.getEvidence().size() == 0) {
    return refuse(Code::conflict, objection_clause(at), "异议须附证据（evidence）",
                  "an objection comes with its evidence");
  }
  auto settle = TRY(settle_by(context, round, at));
  auto event = context.out.emit().initObjectionFiled();
  event.setObjection(command.getObjection());
  event.setNotice(command.getNotice());
  event.setRound(notice.round);
  event.setApplication(command.getApplication());
  event.setObjector(context.command.getActor());
  event.setContent(command.getContent());
  if (command.getEvidence().size() > 0) event.setEvidence(command.getEvidence());
  if (settle) event.setSettleBy(events::to_micros(settle->closes));
  return {};
}

Result<> decide_settle_objection(Context& context, SettleObjection::Reader command) {
  const auto& objection = context.memory.get<Objection>(view(command.getObjection()));
  if (objection.position == 0) {
    return fail(Code::not_found, "没有这项异议：" + string(command.getObjection()),
                "there is no objection " + string(command.getObjection()));
  }
  if (objection.settled) return fail(Code::conflict, "异议已处理", "the objection is settled");
  const PublicNotice& notice = *TRY(find_notice(context, objection.notice));
  const Round& round = *TRY(find_round(context, notice.round));
  auto at = TRY(find_step(context, round, notice.step, {StepKind::NOTICE}));
  TRY(need_organ(context, round, at));
  const auto& application = context.memory.get<Application>(objection.application);
  TRY(need_impartial(context, at, application));
  if (command.getReport().size() == 0) {
    return refuse(Code::conflict, objection_clause(at), "处理异议须有书面核查报告",
                  "settling an objection needs a written verification report");
  }
  auto event = context.out.emit().initObjectionSettled();
  event.setObjection(command.getObjection());
  event.setNotice(objection.notice);
  event.setRound(objection.round);
  event.setUpheld(command.getUpheld());
  event.setReport(command.getReport());
  note_settling_time(context, at, objection);
  bool gone = application.withdrawn > 0 || application.excluded.position > 0;
  if (!command.getUpheld() || gone) return {};
  auto excluded = context.out.emit().initApplicationExcluded();
  excluded.setApplication(objection.application);
  excluded.setRound(objection.round);
  excluded.setStep(notice.step);
  excluded.setObjection(command.getObjection());
  excluded.setReason(command.getReport());
  excluded.setClause(objection_clause(at));
  return {};
}

Result<> decide_interrupt_notice(Context& context, InterruptNotice::Reader command) {
  const PublicNotice& notice = *TRY(find_notice(context, view(command.getNotice())));
  const Round& round = *TRY(find_round(context, notice.round));
  auto at = TRY(find_step(context, round, notice.step, {StepKind::NOTICE}));
  TRY(need_organ(context, round, at));
  TRY(need_current(round, at, notice, view(command.getNotice())));
  if (notice.ended > 0) {
    return fail(Code::conflict, "公示已结束", "the notice has ended already");
  }
  TRY(need_text(command.getReason(), "中断公示须写明理由", "an interruption gives its reason"));
  auto event = context.out.emit().initNoticeInterrupted();
  event.setNotice(command.getNotice());
  event.setRound(notice.round);
  event.setStep(notice.step);
  event.setTrack(notice.track);
  event.setReason(command.getReason());
  return {};
}

// The applicant proves what was shown inside its own unit; the organ of the notice may file it.
Result<> decide_prove_internal_notice(Context& context, ProveInternalNotice::Reader command) {
  const PublicNotice& notice = *TRY(find_notice(context, view(command.getNotice())));
  const Round& round = *TRY(find_round(context, notice.round));
  auto at = TRY(find_step(context, round, notice.step, {StepKind::NOTICE}));
  const Application& application = *TRY(find_application(context, view(command.getApplication())));
  if (!at.step.getNotice().hasInternal()) {
    return fail(Code::invalid, "“" + name_zh(at) + "”不要求内部公示",
                "\"" + name_en(at) + "\" is not shown inside the applicants");
  }
  const auto& applicant = context.memory.get<Applicant>(application.applicant);
  bool own = context.role() == "applicant" && applicant.representative == context.actor();
  if (!own) {
    TRY(need_unrecused(context, *at.scheme, application));
    TRY(need_organ(context, round, at));
  }
  TRY(need_current(round, at, notice, view(command.getNotice())));
  if (std::ranges::find(notice.listed, view(command.getApplication())) == notice.listed.end()) {
    return fail(Code::invalid, "该申报不在此公示名单上",
                "this application is not on the list under notice");
  }
  if (notice.proven.contains(view(command.getApplication()))) {
    return fail(Code::conflict, "已有该申报的内部公示证明", "this has been proven already");
  }
  TRY(need_text(command.getEvidence(), "须写明内部公示的证明材料",
                "what proves the notice inside the unit must be named"));
  auto event = context.out.emit().initInternalNoticeProven();
  event.setNotice(command.getNotice());
  event.setApplication(command.getApplication());
  event.setEvidence(command.getEvidence());
  return {};
}

}  // namespace engine
