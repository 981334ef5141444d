#include <algorithm>

#include "engine/decide_areas.h"
#include "engine/recusal.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::string;
using events::view;

// What every act about a recusal looks at, done under the recusal clause.
struct RecusalDesk {
  const Application& application;
  const Round& round;
  std::shared_ptr<const Scheme> scheme;
  std::string clause;
};

Result<RecusalDesk> desk_of(Context& context, const Application& application) {
  const Round& round = *TRY(find_round(context, application.round));
  auto scheme = TRY(scheme_of(context, round));
  std::string clause = recusal_clause(*scheme);
  context.out.findings.push_back({clause, "recusal", events::Verdict::MET, "", "", {}});
  return RecusalDesk{application, round, scheme, clause};
}

Result<RecusalDesk> recusal_desk(Context& context, std::string_view id) {
  return desk_of(context, *TRY(find_application(context, id)));
}

Ground read_ground(events::Tie::Reader tie) {
  return {tie.getGround(), string(tie.getExplanation())};
}

Result<> need_explanation(events::Tie::Reader tie) {
  return need_text(tie.getExplanation(), "须说明利害关系的事实",
                   "the facts of the tie have to be explained");
}

// An applicant of the round, the inspector, or an organ that the scheme names.
bool may_ask(const Context& context, const RecusalDesk& desk) {
  const auto& actor = context.memory.get<Person>(context.actor());
  if (context.role() == "applicant") {
    return std::ranges::any_of(desk.round.applications, [&](const auto& one) {
      return one.second.submitted_by == context.actor() && !one.second.gone();
    });
  }
  if (context.role() == "inspector") return holds_role(actor, "inspector", "");
  for (auto organ : desk.scheme->reader().getRecusal().getAskedBy()) {
    if (context.role() == view(organ)) return holds_role(actor, view(organ), desk.round);
  }
  return false;
}

Result<> need_decider(const RecusalDesk& desk) {
  auto terms = desk.scheme->reader().getRecusal();
  if (!terms.hasDecidedBy()) {
    return refuse(
        Code::conflict, desk.clause,
        "办法没有规定由谁决定回避（recusal.decidedBy），不能申请或责令回避",
        "the scheme names nobody who decides on recusals (recusal.decidedBy), so none can "
        "be requested or ordered");
  }
  return {};
}

Result<> need_deciding_organ(const Context& context, const RecusalDesk& desk) {
  TRY(need_decider(desk));
  std::string organ = string(desk.scheme->reader().getRecusal().getDecidedBy());
  const auto& actor = context.memory.get<Person>(context.actor());
  if (context.role() == organ && holds_role(actor, organ, desk.round)) return {};
  auto by = organ_name(*desk.scheme, organ);
  return refuse(Code::forbidden, desk.clause, "回避由" + by.zh + "决定",
                "recusals are decided by the " + by.en);
}

Result<> need_participant(const Context& context, const RecusalDesk& desk, std::string_view id) {
  const auto& person = context.memory.get<Person>(id);
  if (takes_part(desk.round, desk.application.track, id, person)) return {};
  return fail(Code::conflict, "此人不参与本轮评审工作：" + std::string(id),
              "this person has no part in the round: " + std::string(id));
}

Result<> need_not_recused(const RecusalDesk& desk, std::string_view person) {
  if (!desk.application.recused.contains(person)) return {};
  return fail(Code::conflict, "此人已对该申报回避", "this person is recused from it already");
}

}  // namespace

Result<> decide_declare_tie(Context& context, DeclareTie::Reader command) {
  auto desk = TRY(recusal_desk(context, view(command.getApplication())));
  const auto& person = context.memory.get<Person>(context.actor());
  if (!takes_part(desk.round, desk.application.track, context.actor(), person)) {
    return fail(Code::forbidden, "只有本轮的评审人员和工作人员申报利害关系",
                "ties are declared by the reviewers and staff of the round");
  }
  auto known = desk.application.declarations.find(context.actor());
  // A tie may come to mind later; a declared tie never turns into none.
  if (known != desk.application.declarations.end() && known->second.tie) {
    return refuse(Code::conflict, desk.clause, "已申报有利害关系；申报和回避都不可撤销",
                  "a tie was declared: neither it nor the recusal can be taken back");
  }
  if (command.isNone()) TRY(need_unrecused(context, *desk.scheme, desk.application));
  auto event = context.out.emit().initTieDeclared();
  event.setApplication(command.getApplication());
  event.setReviewer(context.command.getActor());
  if (command.isNone()) {
    event.setNone();
    return {};
  }
  event.setTie(command.getTie());
  enter_recusal(context, *desk.scheme, desk.round, desk.application, std::string(context.actor()),
                events::RecusalKind::VOLUNTARY, read_ground(command.getTie()));
  return {};
}

Result<> decide_request_recusal(Context& context, RequestRecusal::Reader command) {
  auto desk = TRY(recusal_desk(context, view(command.getApplication())));
  if (context.memory.get<RecusalRequest>(view(command.getRequest())).position > 0) {
    return fail(Code::conflict, "回避申请标识已被使用：" + string(command.getRequest()),
                "the request's id is in use: " + string(command.getRequest()));
  }
  TRY(need_decider(desk));
  if (!may_ask(context, desk)) {
    return refuse(Code::forbidden, desk.clause,
                  "回避只能由本轮申报主体的代表、监察人员或办法规定的机构申请",
                  "a recusal is asked for by an applicant of the round, the inspector or an organ "
                  "that the scheme names");
  }
  if (command.getPerson() == context.command.getActor()) {
    return fail(Code::invalid, "本人的利害关系请自行申报（declareTie）",
                "your own tie is for you to declare (declareTie)");
  }
  TRY(need_participant(context, desk, view(command.getPerson())));
  TRY(need_not_recused(desk, view(command.getPerson())));
  if (desk.application.challenged.contains(view(command.getPerson()))) {
    return fail(Code::conflict, "对此人的回避申请正待决定",
                "a request about this person is waiting to be decided");
  }
  TRY(need_explanation(command.getTie()));
  auto event = context.out.emit().initRecusalRequested();
  event.setRequest(command.getRequest());
  event.setApplication(command.getApplication());
  event.setRound(desk.application.round);
  event.setPerson(command.getPerson());
  event.setTie(command.getTie());
  return {};
}

Result<> decide_decide_recusal(Context& context, DecideRecusal::Reader command) {
  const auto& request = context.memory.get<RecusalRequest>(view(command.getRequest()));
  if (request.position == 0) {
    return fail(Code::not_found, "没有这项回避申请：" + string(command.getRequest()),
                "there is no request " + string(command.getRequest()));
  }
  auto desk = TRY(recusal_desk(context, request.application));
  if (request.decided > 0) {
    return fail(Code::conflict, "该回避申请已决定", "this request has been decided");
  }
  if (context.actor() == request.person || context.actor() == request.asked_by) {
    return refuse(Code::forbidden, desk.clause, "被申请人和申请人都不得决定该回避申请",
                  "neither who is challenged nor who asked for it decides on a recusal");
  }
  TRY(need_deciding_organ(context, desk));
  TRY(need_unrecused(context, *desk.scheme, desk.application));
  TRY(need_text(command.getReason(), "回避决定须写明理由", "a decision gives its reason"));
  context.out.rest_on(request.position);
  auto event = context.out.emit().initRecusalDecided();
  event.setRequest(command.getRequest());
  event.setApplication(request.application);
  event.setRound(desk.application.round);
  event.setPerson(request.person);
  event.setGranted(command.getGranted());
  event.setReason(command.getReason());
  if (!command.getGranted()) return {};
  enter_recusal(context, *desk.scheme, desk.round, desk.application, request.person,
                events::RecusalKind::REQUESTED, {request.ground, request.explanation});
  return {};
}

Result<> decide_order_recusal(Context& context, OrderRecusal::Reader command) {
  auto desk = TRY(recusal_desk(context, view(command.getApplication())));
  TRY(need_deciding_organ(context, desk));
  TRY(need_unrecused(context, *desk.scheme, desk.application));
  if (command.getPerson() == context.command.getActor()) {
    return fail(Code::invalid, "本人的利害关系请自行申报（declareTie）",
                "your own tie is for you to declare (declareTie)");
  }
  TRY(need_participant(context, desk, view(command.getPerson())));
  TRY(need_not_recused(desk, view(command.getPerson())));
  TRY(need_explanation(command.getTie()));
  enter_recusal(context, *desk.scheme, desk.round, desk.application, string(command.getPerson()),
                events::RecusalKind::ORDERED, read_ground(command.getTie()));
  return {};
}

// The command is there so that the attempt stands on record, whatever became of the application.
Result<> decide_lift_recusal(Context& context, LiftRecusal::Reader command) {
  const auto& application = context.memory.get<Application>(view(command.getApplication()));
  if (application.submitted == 0) {
    return fail(Code::not_found, "没有这份申报：" + string(command.getApplication()),
                "there is no application " + string(command.getApplication()));
  }
  auto desk = TRY(desk_of(context, application));
  return refuse(Code::forbidden, desk.clause, "回避不可解除，任何角色都不例外；此次请求已记录",
                "a recusal is never lifted, in no role; that you asked is on record");
}

}  // namespace engine
