#include "engine/separation.h"

#include <algorithm>

#include "events/record.h"

namespace engine {
namespace {

using events::Code;
using events::Result;
using events::string;
using events::view;

bool names(events::Organ::Reader organ, std::string_view other) {
  for (auto one : organ.getApartFrom()) {
    if (view(one) == other) return true;
  }
  return false;
}

// The clause under which the two are kept apart; it may stand with either of them.
std::optional<std::string> apart(const Scheme& scheme, std::string_view a, std::string_view b) {
  for (auto [one, other] : {std::pair(a, b), std::pair(b, a)}) {
    auto organ = scheme.organ(one);
    if (organ && names(*organ, other)) return string(organ->getClause());
  }
  return std::nullopt;
}

bool represents_in(const Person& person, const Round& round) {
  return std::ranges::any_of(round.applications, [&](const auto& one) {
    const RoundEntry& entry = one.second;
    return !entry.gone() &&
           std::ranges::find(person.represents, entry.applicant) != person.represents.end();
  });
}

}  // namespace

std::optional<Clash> find_clash(const Scheme& scheme, const Person& person, std::string_view organ,
                                std::string_view round) {
  for (const RoleHeld& held : person.roles) {
    if (held.scheme != scheme.id() || held.role == organ) continue;
    bool elsewhere = !held.round.empty() && !round.empty() && held.round != round;
    if (elsewhere) continue;
    if (auto clause = apart(scheme, held.role, organ)) return Clash{held.role, *clause};
  }
  return std::nullopt;
}

std::unexpected<events::Error> refuse_clash(const Scheme& scheme, const Clash& clash,
                                            std::string_view organ) {
  events::Words held = organ_name(scheme, clash.held);
  events::Words wanted = organ_name(scheme, organ);
  std::string clause = clash.clause.empty() ? "probity:apart" : clash.clause;
  return refuse(Code::forbidden, clause,
                held.zh + "与" + wanted.zh + "不得由同一人兼任；请先终止其中一项",
                "the " + held.en + " and the " + wanted.en +
                    " are not for one person; one of the two has to end first");
}

Result<> need_apart(const Context& context, const Round& round, const RoundStep& at,
                    std::string_view organ) {
  const Person& person = context.memory.get<Person>(context.actor());
  if (auto clash = find_clash(*at.scheme, person, organ, round.id)) {
    return refuse_clash(*at.scheme, *clash, organ);
  }
  auto clause = apart(*at.scheme, organ, "applicant");
  if (!clause || !represents_in(person, round)) return {};
  return refuse_clash(*at.scheme, {"applicant", *clause}, organ);
}

Result<> need_stranger(const Context& context, const RoundStep& at,
                       const Application& application) {
  const auto& applicant = context.memory.get<Applicant>(application.applicant);
  if (applicant.representative != context.actor()) return {};
  auto recusal = at.scheme->reader().getRecusal();
  return refuse(Code::forbidden, recusal.hasClause() ? string(recusal.getClause()) : at.clause(),
                "您是该申报主体的代表，不得以机构身份办理其申报",
                "you represent this applicant, so you cannot act on its application for an organ");
}

}  // namespace engine
