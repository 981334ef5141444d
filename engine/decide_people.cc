#include <algorithm>

#include "engine/credit_code.h"
#include "engine/decide_areas.h"
#include "engine/separation.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::string;
using events::view;

RoleHeld role_of(events::Role::Reader role) {
  return {string(role.getRole()), string(role.getScheme()), string(role.getBody()), 0,
          std::nullopt,           string(role.getRound())};
}

bool holds(const Person& person, const RoleHeld& role) {
  return std::ranges::any_of(person.roles, [&](const RoleHeld& held) { return held.same(role); });
}

Result<> need_evidence(capnp::Text::Reader evidence) {
  return need_text(evidence, "须写明证明材料，如文号或证书编号",
                   "the evidence must be named, such as a document or certificate number");
}

std::unexpected<events::Error> already(std::string_view id) {
  return fail(Code::conflict, "标识已被使用：" + std::string(id),
              "the id is in use already: " + std::string(id));
}

// What the newest version of the scheme keeps apart, as soon as there is one.
Result<> need_no_clash(const Context& context, const Person& person, const RoleHeld& role) {
  if (role.scheme.empty()) return {};
  const auto& versions = context.memory.get<SchemeVersions>(role.scheme).versions;
  if (versions.empty()) return {};
  const Scheme& scheme = *versions.rbegin()->second;
  auto clash = find_clash(scheme, person, role.role, role.round);
  if (!clash) return {};
  return refuse_clash(scheme, *clash, role.role);
}

// A role for one round is one of the round's scheme. The round may be called later.
Result<> need_round_of_scheme(const Context& context, const RoleHeld& role) {
  if (role.round.empty()) return {};
  if (role.scheme.empty()) {
    return fail(Code::invalid, "限于一轮的角色须写明办法（scheme）",
                "a role for one round names its scheme");
  }
  const auto& round = context.memory.get<Round>(role.round);
  if (round.position == 0 || round.scheme == role.scheme) return {};
  return fail(Code::conflict, "轮次 " + role.round + " 属于另一个办法：" + round.scheme,
              "the round " + role.round + " is one of another scheme: " + round.scheme);
}

bool is_administrator(const RoleHeld& role) {
  return role.role == "administrator" && role.scheme.empty();
}

// Who registers applicants: an administrator, or staff in any scheme's organ.
Result<> need_staff(Context& context) {
  const auto& person = context.memory.get<Person>(context.actor());
  if (!person.roles.empty()) return {};
  return fail(Code::forbidden, "登记须由工作人员办理", "registering is for staff");
}

}  // namespace

Result<> decide_register_person(Context& context, RegisterPerson::Reader command) {
  TRY(need_role(context, "administrator"));
  if (view(command.getPerson()) == "clock") return already("clock");
  if (context.memory.get<Person>(view(command.getPerson())).registered) {
    // The first administrator stands in the log before anybody can be registered: he names himself.
    if (command.getPerson() != context.command.getActor())
      return already(view(command.getPerson()));
  }
  auto event = context.out.emit().initPersonRegistered();
  event.setPerson(command.getPerson());
  event.setName(command.getName());
  return {};
}

Result<> decide_propose_role(Context& context, ProposeRole::Reader command) {
  TRY(need_role(context, "administrator"));
  if (context.memory.get<Proposal>(view(command.getProposal())).position > 0) {
    return already(view(command.getProposal()));
  }
  const auto& person = context.memory.get<Person>(view(command.getRole().getPerson()));
  if (!person.registered) {
    return fail(Code::not_found, "此人尚未登记：" + string(command.getRole().getPerson()),
                "this person is not registered: " + string(command.getRole().getPerson()));
  }
  if (holds(person, role_of(command.getRole()))) {
    return fail(Code::conflict, "此人已有该角色", "this person holds that role already");
  }
  TRY(need_round_of_scheme(context, role_of(command.getRole())));
  auto until = command.getRole().getUntil();
  if (until != 0 && events::to_date(until) < context.today) {
    return fail(Code::invalid, "任期的最后一天已经过去",
                "the last day of the term is over already");
  }
  auto event = context.out.emit().initRoleProposed();
  event.setProposal(command.getProposal());
  event.setRole(command.getRole());
  return {};
}

// Two persons from the first day: whoever proposes does not grant, and nobody grants to himself.
Result<> decide_grant_role(Context& context, GrantRole::Reader command) {
  TRY(need_role(context, "administrator"));
  const auto& proposal = context.memory.get<Proposal>(view(command.getProposal()));
  if (proposal.position == 0) {
    return fail(Code::not_found, "没有这项授权提议：" + string(command.getProposal()),
                "there is no proposal " + string(command.getProposal()));
  }
  if (proposal.granted) {
    return fail(Code::conflict, "该授权提议已经生效", "this proposal was granted already");
  }
  // The first administrator is alone: for the second one, and for no other role, he is enough.
  bool administrator = is_administrator(proposal.role);
  bool alone = context.memory.get<LogState>("log").administrators < 2;
  if (proposal.proposed_by == context.actor() && !(administrator && alone)) {
    return refuse(Code::forbidden, "probity:four-eyes", "授权须两人办理：提议人不能自己确认",
                  "a grant takes two persons: who proposed it cannot grant it");
  }
  if (proposal.person == context.actor()) {
    return refuse(Code::forbidden, "probity:four-eyes", "授权须两人办理：不能确认给自己的授权",
                  "a grant takes two persons: nobody grants a role to himself");
  }
  const auto& person = context.memory.get<Person>(proposal.person);
  if (holds(person, proposal.role)) {
    return fail(Code::conflict, "此人已有该角色", "this person holds that role already");
  }
  TRY(need_round_of_scheme(context, proposal.role));
  TRY(need_no_clash(context, person, proposal.role));
  auto event = context.out.emit().initRoleGranted();
  event.setProposal(command.getProposal());
  event.setProposedBy(proposal.proposed_by);
  auto role = event.initRole();
  role.setPerson(proposal.person);
  role.setRole(proposal.role.role);
  if (administrator) event.setLog("log");
  if (!proposal.role.scheme.empty()) {
    role.setScheme(proposal.role.scheme);
    event.setOrgan(organ_id(proposal.role.scheme, proposal.role.role));
  }
  if (!proposal.role.body.empty()) role.setBody(proposal.role.body);
  if (!proposal.role.round.empty()) role.setRound(proposal.role.round);
  if (!proposal.role.until) return {};
  role.setUntil(events::to_days(*proposal.role.until));
  event.setCloses(events::to_micros(
      events::start_of(*proposal.role.until + std::chrono::days(1), context.zone)));
  return {};
}

namespace {

// What ending a role leaves on record, whoever ends it.
void emit_role_ended(Context& context, events::Role::Reader role, const std::string& reason) {
  auto event = context.out.emit().initRoleEnded();
  event.setRole(role);
  if (role.getScheme().size() > 0) {
    event.setOrgan(organ_id(view(role.getScheme()), view(role.getRole())));
  }
  event.setReason(reason);
  if (is_administrator(role_of(role))) event.setLog("log");
}

Result<> need_other_administrator(const Context& context, events::Role::Reader role) {
  if (!is_administrator(role_of(role))) return {};
  if (context.memory.get<LogState>("log").administrators >= 2) return {};
  return refuse(Code::conflict, "probity:last-administrator",
                "最后一名管理员的角色不能终止；请先授予另一人管理员角色",
                "the role of the last administrator cannot end: grant it to somebody else first");
}

}  // namespace

Result<> decide_end_role(Context& context, EndRole::Reader command) {
  TRY(need_role(context, "administrator"));
  const auto& person = context.memory.get<Person>(view(command.getRole().getPerson()));
  if (!holds(person, role_of(command.getRole()))) {
    return fail(Code::not_found, "此人没有该角色", "this person does not hold that role");
  }
  TRY(need_text(command.getReason(), "终止授权须写明理由", "ending a role gives its reason"));
  TRY(need_other_administrator(context, command.getRole()));
  emit_role_ended(context, command.getRole(), string(command.getReason()));
  return {};
}

// Anybody may say that a term is over; the clock decides whether it is.
Result<> decide_expire_role(Context& context, ExpireRole::Reader command) {
  const auto& person = context.memory.get<Person>(view(command.getRole().getPerson()));
  auto wanted = role_of(command.getRole());
  auto held = std::ranges::find_if(
      person.roles, [&](const RoleHeld& one) { return one.same(wanted) && one.until; });
  if (held == person.roles.end()) {
    return fail(Code::not_found, "此人没有这项有任期的角色",
                "this person does not hold that role for a term");
  }
  if (context.today <= *held->until) {
    std::string day = events::text(*held->until);
    return fail(Code::too_early, "任期到 " + day + " 为止", "the term lasts until " + day);
  }
  TRY(need_other_administrator(context, command.getRole()));
  emit_role_ended(context, command.getRole(), "任期届满 / its term is over");
  return {};
}

Result<> decide_register_applicant(Context& context, RegisterApplicant::Reader command) {
  TRY(need_staff(context));
  if (context.memory.get<Applicant>(view(command.getApplicant())).position > 0) {
    return already(view(command.getApplicant()));
  }
  const auto& representative = context.memory.get<Person>(view(command.getRepresentative()));
  if (!representative.registered) {
    return fail(Code::not_found, "申报代表尚未登记：" + string(command.getRepresentative()),
                "the representative is not registered: " + string(command.getRepresentative()));
  }
  auto event = context.out.emit().initApplicantRegistered();
  event.setApplicant(command.getApplicant());
  event.setRepresentative(command.getRepresentative());
  if (command.isIndividual()) {
    event.setIndividual(command.getIndividual());
    return {};
  }
  auto organisation = command.getOrganisation();
  TRY(check_credit_code(view(organisation.getCreditCode())));
  const auto& code = context.memory.get<CreditCode>(view(organisation.getCreditCode()));
  if (code.position > 0) {
    return refuse(Code::conflict, "probity:one-applicant",
                  "该统一社会信用代码已由申报主体 " + code.applicant + " 登记；请使用该申报主体",
                  "this credit code belongs to the applicant " + code.applicant +
                      ", which is registered already: use that one");
  }
  event.setOrganisation(organisation);
  return {};
}

Result<> decide_register_earlier_award(Context& context, RegisterEarlierAward::Reader command) {
  TRY(need_staff(context));
  if (context.memory.get<Applicant>(view(command.getApplicant())).position == 0) {
    return fail(Code::not_found, "申报主体尚未登记：" + string(command.getApplicant()),
                "the applicant is not registered: " + string(command.getApplicant()));
  }
  if (events::to_date(command.getConferredOn()) > context.today) {
    return fail(Code::invalid, "获奖日期不能晚于今天", "the award cannot lie in the future");
  }
  TRY(need_evidence(command.getEvidence()));
  auto event = context.out.emit().initEarlierAwardRegistered();
  event.setApplicant(command.getApplicant());
  event.setScheme(command.getScheme());
  event.setAward(command.getAward());
  event.setConferredOn(command.getConferredOn());
  event.setEvidence(command.getEvidence());
  return {};
}

Result<> decide_register_earlier_application(Context& context,
                                             RegisterEarlierApplication::Reader command) {
  TRY(need_staff(context));
  if (context.memory.get<Applicant>(view(command.getApplicant())).position == 0) {
    return fail(Code::not_found, "申报主体尚未登记：" + string(command.getApplicant()),
                "the applicant is not registered: " + string(command.getApplicant()));
  }
  TRY(need_evidence(command.getEvidence()));
  auto event = context.out.emit().initEarlierApplicationRegistered();
  event.setApplicant(command.getApplicant());
  event.setScheme(command.getScheme());
  event.setYear(command.getYear());
  event.setEvidence(command.getEvidence());
  return {};
}

}  // namespace engine
