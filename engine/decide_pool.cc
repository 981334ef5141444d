#include <algorithm>

#include "engine/decide_areas.h"
#include "engine/draw.h"
#include "engine/years.h"

namespace engine {
namespace {

using events::Code;
using events::fail;
using events::string;
using events::to_date;
using events::view;

struct PoolDesk {
  std::shared_ptr<const Scheme> scheme;
  std::string clause;
  const Pool& pool;
};

// Without an organ of its own, the pool is kept by whoever publishes the call.
std::string keeper(const Scheme& scheme) {
  if (scheme.reader().getPool().hasWho()) return string(scheme.reader().getPool().getWho());
  for (auto step : scheme.reader().getSteps()) {
    if (step.getKind() == events::StepKind::CALL) return string(step.getWho());
  }
  return {};
}

Result<PoolDesk> pool_desk(Context& context, std::string_view id) {
  const auto& versions = context.memory.get<SchemeVersions>(id).versions;
  if (versions.empty()) {
    return fail(Code::not_found, "办法尚未发布：" + std::string(id),
                "the scheme has not been published: " + std::string(id));
  }
  auto scheme = versions.rbegin()->second;
  if (!scheme->reader().hasPool()) {
    return fail(Code::conflict, "该办法没有专家库（pool）", "the scheme has no pool of experts");
  }
  auto terms = scheme->reader().getPool();
  std::string clause = terms.hasClause() ? string(terms.getClause()) : "probity:pool";
  context.out.findings.push_back({clause, "pool", events::Verdict::MET, "", "", {}});
  std::string organ = keeper(*scheme);
  const auto& actor = context.memory.get<Person>(context.actor());
  if (context.role() != organ || !holds_role(actor, organ, id)) {
    auto by = organ_name(*scheme, organ);
    return refuse(Code::forbidden, clause, "专家出入库由" + by.zh + "办理",
                  "experts are admitted and removed by the " + by.en);
  }
  return PoolDesk{scheme, clause, context.memory.get<Pool>(id)};
}

// The last day of the term: as given, within what the scheme allows, or all that it allows.
Result<std::optional<Date>> last_day(const PoolDesk& desk, AdmitExpert::Reader command) {
  Date from = to_date(command.getFrom());
  std::optional<Date> until;
  if (command.getUntil() != 0) until = to_date(command.getUntil());
  if (until && *until < from) {
    return fail(Code::invalid, "聘期的最后一天早于第一天", "the term ends before it begins");
  }
  unsigned years = desk.scheme->reader().getPool().getTermYears();
  if (years == 0) return until;
  Date longest = add_years(from, static_cast<int>(years)) - std::chrono::days(1);
  if (!until || *until <= longest) return until.value_or(longest);
  std::string day = events::text(longest);
  return refuse(Code::conflict, desk.clause,
                "聘期最长 " + std::to_string(years) + " 年，最后一天不能晚于 " + day,
                "a term is at most " + std::to_string(years) + " years: it ends on " + day +
                    " at the latest");
}

Result<> check_specialties(AdmitExpert::Reader command) {
  auto all = command.getSpecialties();
  if (all.size() == 0) {
    return fail(Code::invalid, "须写明专业", "at least one specialty is to be named");
  }
  for (auto one : all) {
    if (one.size() > 0 && view(one) != any_specialty) continue;
    return fail(Code::invalid, "专业不能留空，也不能写作 any",
                "a specialty is not empty, and not called \"any\"");
  }
  return {};
}

}  // namespace

Result<> decide_admit_expert(Context& context, AdmitExpert::Reader command) {
  auto desk = TRY(pool_desk(context, view(command.getScheme())));
  if (!context.memory.get<Person>(view(command.getExpert())).registered) {
    return fail(Code::not_found, "此人尚未登记：" + string(command.getExpert()),
                "this person is not registered: " + string(command.getExpert()));
  }
  auto known = desk.pool.experts.find(view(command.getExpert()));
  bool there = known != desk.pool.experts.end() && known->second.removed == 0;
  if (there && (!known->second.until || *known->second.until >= to_date(command.getFrom()))) {
    return fail(Code::conflict, "此人在库且聘期未满；续聘须自期满次日起",
                "this expert's term is not over yet: a new one begins after it");
  }
  TRY(check_specialties(command));
  auto until = TRY(last_day(desk, command));
  TRY(need_text(command.getEvidence(), "须写明资格证明材料",
                "the evidence of the qualification must be named"));
  auto event = context.out.emit().initExpertAdmitted();
  event.setScheme(command.getScheme());
  event.setExpert(command.getExpert());
  event.setSpecialties(command.getSpecialties());
  event.setFrom(command.getFrom());
  if (until) event.setUntil(events::to_days(*until));
  event.setEvidence(command.getEvidence());
  return {};
}

Result<> decide_remove_expert(Context& context, RemoveExpert::Reader command) {
  auto desk = TRY(pool_desk(context, view(command.getScheme())));
  auto known = desk.pool.experts.find(view(command.getExpert()));
  if (known == desk.pool.experts.end() || known->second.removed > 0) {
    return fail(Code::not_found, "此人不在库：" + string(command.getExpert()),
                "this person is not in the pool: " + string(command.getExpert()));
  }
  TRY(need_text(command.getReason(), "出库须写明理由", "a removal gives its reason"));
  auto event = context.out.emit().initExpertRemoved();
  event.setScheme(command.getScheme());
  event.setExpert(command.getExpert());
  event.setReason(command.getReason());
  return {};
}

// A hint for those who ask about ties. It changes no decision but the list of who may be drawn.
Result<> decide_register_relation(Context& context, RegisterRelation::Reader command) {
  if (context.memory.get<Person>(context.actor()).roles.empty()) {
    return fail(Code::forbidden, "登记须由工作人员办理", "registering is for staff");
  }
  if (!context.memory.get<Person>(view(command.getPerson())).registered) {
    return fail(Code::not_found, "此人尚未登记：" + string(command.getPerson()),
                "this person is not registered: " + string(command.getPerson()));
  }
  if (context.memory.get<Applicant>(view(command.getApplicant())).position == 0) {
    return fail(Code::not_found, "申报主体尚未登记：" + string(command.getApplicant()),
                "the applicant is not registered: " + string(command.getApplicant()));
  }
  if (command.getFrom() != 0 && command.getUntil() != 0 && command.getUntil() < command.getFrom()) {
    return fail(Code::invalid, "关系的结束日期早于开始日期", "the relation ends before it begins");
  }
  TRY(need_text(command.getEvidence(), "须写明关系的出处，如登记信息或举报编号",
                "the source of the relation must be named, such as a register or a report"));
  auto event = context.out.emit().initRelationRegistered();
  event.setPerson(command.getPerson());
  event.setApplicant(command.getApplicant());
  event.setGround(command.getGround());
  if (command.getFrom() != 0) event.setFrom(command.getFrom());
  if (command.getUntil() != 0) event.setUntil(command.getUntil());
  event.setEvidence(command.getEvidence());
  return {};
}

}  // namespace engine
