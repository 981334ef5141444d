#include "engine/evolve.h"

#include <algorithm>

#include "engine/decision.h"
#include "events/code.h"
#include "events/record.h"

namespace engine {
namespace {

using events::Event;
using events::string;
using events::to_date;
using events::to_moment;
using events::view;

RoleHeld role_of(events::Role::Reader role, Position granted) {
  RoleHeld held{string(role.getRole()), string(role.getScheme()), string(role.getBody()), granted};
  if (role.getUntil() != 0) held.until = to_date(role.getUntil());
  held.round = string(role.getRound());
  return held;
}

template <class List>
std::vector<std::string> strings(List list) {
  std::vector<std::string> out;
  for (auto one : list) out.push_back(string(one));
  return out;
}

template <class E>
StepTrack step_track(E event) {
  return {string(event.getStep()), string(event.getTrack())};
}

void drop_role(Person& person, const RoleHeld& role) {
  std::erase_if(person.roles, [&](const RoleHeld& held) { return held.same(role); });
}

}  // namespace

void evolve(LogState& state, const Recorded& recorded) {
  state.position = recorded.position;
  if (recorded.event().isRoleGranted() || recorded.event().isLogOpened()) ++state.administrators;
  if (recorded.event().isRoleEnded()) --state.administrators;
  if (!recorded.event().isLogOpened()) return;
  auto opened = recorded.event().getLogOpened();
  state.zone = string(opened.getZone());
  state.simulated = opened.getClock() == events::ClockKind::SIMULATED;
}

void evolve(Person& person, const Recorded& recorded) {
  person.position = recorded.position;
  auto event = recorded.event();
  if (event.isLogOpened()) {
    person.registered = true;
    person.roles.push_back({"administrator", "", "", recorded.position});
  } else if (event.isPersonRegistered()) {
    person.registered = true;
  } else if (event.isApplicantRegistered()) {
    person.represents.push_back(string(event.getApplicantRegistered().getApplicant()));
  } else if (event.isRoleGranted()) {
    RoleHeld role = role_of(event.getRoleGranted().getRole(), recorded.position);
    drop_role(person, role);
    person.roles.push_back(role);
  } else if (event.isRoleEnded()) {
    drop_role(person, role_of(event.getRoleEnded().getRole(), 0));
  }
}

void evolve(Proposal& proposal, const Recorded& recorded) {
  proposal.position = recorded.position;
  auto event = recorded.event();
  if (event.isRoleProposed()) {
    auto role = event.getRoleProposed().getRole();
    proposal.person = string(role.getPerson());
    proposal.role = role_of(role, 0);
    proposal.proposed_by = string(recorded.record.getActor());
  } else if (event.isRoleGranted()) {
    proposal.granted = true;
  }
}

void evolve(CreditCode& code, const Recorded& recorded) {
  code.position = recorded.position;
  auto event = recorded.event();
  if (event.isApplicantRegistered()) {
    code.applicant = string(event.getApplicantRegistered().getApplicant());
  }
}

void evolve(Applicant& applicant, const Recorded& recorded) {
  applicant.position = recorded.position;
  auto event = recorded.event();
  if (event.isApplicantRegistered()) {
    auto registered = event.getApplicantRegistered();
    applicant.representative = string(registered.getRepresentative());
    applicant.individual = registered.isIndividual();
  } else if (event.isApplicationSubmitted()) {
    auto one = event.getApplicationSubmitted();
    applicant.applications.push_back(
        {string(one.getScheme()), one.getYear(), string(one.getApplication()), recorded.position});
  } else if (event.isApplicationWithdrawn()) {
    auto one = event.getApplicationWithdrawn();
    if (one.getCountsForYear()) return;
    std::erase_if(applicant.applications, [&](const PastApplication& past) {
      return past.application == view(one.getApplication());
    });
  } else if (event.isEarlierApplicationRegistered()) {
    auto one = event.getEarlierApplicationRegistered();
    applicant.applications.push_back(
        {string(one.getScheme()), one.getYear(), "", recorded.position});
  } else if (event.isEarlierAwardRegistered()) {
    auto one = event.getEarlierAwardRegistered();
    applicant.awards.push_back({string(one.getScheme()), string(one.getAward()),
                                to_date(one.getConferredOn()), recorded.position});
  } else if (event.isAwardConferred()) {
    auto one = event.getAwardConferred();
    applicant.awards.push_back({string(one.getScheme()), string(one.getAward()),
                                to_date(one.getConferredOn()), recorded.position});
  } else if (event.isRelationRegistered()) {
    auto one = event.getRelationRegistered();
    Relation relation{string(one.getPerson()), one.getGround(), {}, {}, recorded.position};
    if (one.getFrom() != 0) relation.from = to_date(one.getFrom());
    if (one.getUntil() != 0) relation.until = to_date(one.getUntil());
    applicant.relations.push_back(std::move(relation));
  }
}

void evolve(PublicNotice& notice, const Recorded& recorded) {
  notice.position = recorded.position;
  auto event = recorded.event();
  if (event.isNoticePublished()) {
    auto published = event.getNoticePublished();
    notice.round = string(published.getRound());
    notice.step = string(published.getStep());
    notice.track = string(published.getTrack());
    notice.listed = strings(published.getListed());
    notice.opens_on = to_date(published.getOpensOn());
    notice.last_day = to_date(published.getLastDay());
    notice.closes = to_moment(published.getCloses());
    notice.published = recorded.position;
  } else if (event.isNoticeEnded()) {
    notice.ended = recorded.position;
  } else if (event.isNoticeInterrupted()) {
    notice.interrupted = recorded.position;
  } else if (event.isInternalNoticeProven()) {
    notice.proven.insert(string(event.getInternalNoticeProven().getApplication()));
  } else if (event.isDeadlineMoved()) {
    notice.last_day = to_date(event.getDeadlineMoved().getLastDay());
    notice.closes = to_moment(event.getDeadlineMoved().getCloses());
  }
}

void evolve(Objection& objection, const Recorded& recorded) {
  objection.position = recorded.position;
  auto event = recorded.event();
  if (event.isObjectionFiled()) {
    objection.notice = string(event.getObjectionFiled().getNotice());
    objection.round = string(event.getObjectionFiled().getRound());
    objection.application = string(event.getObjectionFiled().getApplication());
    objection.settle_by = to_moment(event.getObjectionFiled().getSettleBy());
  } else if (event.isObjectionSettled()) {
    objection.settled = true;
  }
}

void evolve(Consultation& consultation, const Recorded& recorded) {
  consultation.position = recorded.position;
  auto event = recorded.event();
  if (event.isDepartmentAsked()) {
    auto asked = event.getDepartmentAsked();
    consultation.application = string(asked.getApplication());
    consultation.step = string(asked.getStep());
    consultation.body = string(asked.getBody());
  } else if (event.isDepartmentAnswered()) {
    consultation.answered = recorded.position;
  }
}

void evolve(SchemeVersions& scheme, const Recorded& recorded) {
  scheme.position = recorded.position;
  auto event = recorded.event();
  if (event.isSchemeTextAdded()) {
    auto text = event.getSchemeTextAdded().getText();
    scheme.parts.append(reinterpret_cast<const char*>(text.begin()), text.size());
  } else if (event.isSchemePublished()) {
    // It was read and checked before it was published; a text that no longer reads has no version,
    // and whatever rests on it is refused.
    auto read = Scheme::read(scheme.parts, "scheme");
    if (read) scheme.versions.emplace(recorded.position, *read);
    scheme.parts.clear();
  } else if (event.isSchemeRepealed()) {
    scheme.repealed_on = to_date(event.getSchemeRepealed().getRepealedOn());
    scheme.repealed = recorded.position;
  }
}

void evolve(CalendarState& calendar, const Recorded& recorded) {
  calendar.position = recorded.position;
  if (!recorded.event().isCalendarPublished()) return;
  auto published = recorded.event().getCalendarPublished();
  calendar.calendar.add(read_notice(published.getNotice(), recorded.position));
}

void evolve(CommandOutcome& outcome, const Recorded& recorded) {
  outcome.position = recorded.position;
  outcome.parts = recorded.record.getParts();
  auto digest = recorded.record.getCommandDigest();
  if (digest.size() == outcome.digest.size()) std::ranges::copy(digest, outcome.digest.begin());
  if (recorded.event().isRefusalsSuppressed()) {
    outcome.refused = true;
    outcome.refusal = refusals_suppressed();
  }
  if (!recorded.event().isCommandRefused()) return;
  outcome.refused = true;
  auto refused = recorded.event().getCommandRefused();
  outcome.refusal.clause = string(refused.getClause());
  outcome.refusal.words = {string(refused.getWords().getZh()), string(refused.getWords().getEn())};
  outcome.refusal.code =
      events::parse_code(view(refused.getCode())).value_or(events::Code::conflict);
}

void evolve(Refusals& refusals, const Recorded& recorded) {
  refusals.position = recorded.position;
  if (recorded.event().isRefusalsSuppressed()) {
    refusals.suppressed = true;
  } else {
    ++refusals.count;
  }
}

}  // namespace engine
