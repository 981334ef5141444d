#include <algorithm>

#include "engine/decide_areas.h"

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

// The clause under which the notice waits for its objections, or that of the notice itself.
std::string objection_clause(const RoundStep& at) {
  auto terms = at.step.getNotice();
  return terms.hasObjections() ? string(terms.getObjections()) : at.clause();
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
  if (round.notices.contains(key)) {
    return refuse(Code::conflict, at.clause(), "该名单已公示", "this list is under notice already");
  }
  auto terms = at.step.getNotice();
  auto list = round.lists.find({string(terms.getList()), key.second});
  if (list == round.lists.end()) {
    return refuse(Code::too_early, at.clause(), "待公示的名单尚未确定",
                  "the list to be shown has not been fixed");
  }
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
  const auto& listed = list->second.listed;
  auto listed_out = event.initListed(static_cast<unsigned>(listed.size()));
  for (unsigned i = 0; i < listed.size(); ++i) listed_out.set(i, listed[i]);
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
  if (context.now < notice.closes) {
    std::string when = events::local_text(notice.closes, context.zone);
    return refuse(Code::too_early, at.clause(), "公示期到 " + when + " 才结束",
                  "the notice runs until " + when);
  }
  auto event = context.out.emit().initNoticeEnded();
  event.setNotice(command.getNotice());
  event.setRound(notice.round);
  event.setStep(notice.step);
  event.setTrack(notice.track);
  auto listed = event.initListed(static_cast<unsigned>(notice.listed.size()));
  for (unsigned i = 0; i < notice.listed.size(); ++i) listed.set(i, notice.listed[i]);
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
  auto event = context.out.emit().initObjectionFiled();
  event.setObjection(command.getObjection());
  event.setNotice(command.getNotice());
  event.setRound(notice.round);
  event.setApplication(command.getApplication());
  event.setObjector(context.command.getActor());
  event.setContent(command.getContent());
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
  return {};
}

}  // namespace engine
