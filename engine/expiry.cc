#include "engine/expiry.h"

#include "events/record.h"

namespace engine {
namespace {

using events::Code;
using events::Result;
using events::string;
using events::to_date;

// The first day on which it is no longer in force, by its own text or by a repeal.
struct End {
  Date day;
  Position repealed = 0;  // 0: by its own text.
};

std::optional<End> repeal_of(const Scheme& scheme, const SchemeVersions& versions) {
  std::optional<End> end;
  if (scheme.reader().getRepealedOn() != 0) end = {to_date(scheme.reader().getRepealedOn()), 0};
  bool sooner = versions.repealed > 0 && (!end || versions.repealed_on < end->day);
  if (sooner) end = {versions.repealed_on, versions.repealed};
  return end;
}

std::optional<End> end_of_force(const Scheme& scheme, const SchemeVersions& versions) {
  auto end = repeal_of(scheme, versions);
  if (scheme.reader().getValidUntil() == 0) return end;
  Date over = to_date(scheme.reader().getValidUntil()) + std::chrono::days(1);
  if (!end || over < end->day) return End{over, 0};
  return end;
}

std::string clause_of(const Scheme& scheme, const std::string& fallback) {
  return scheme.reader().hasValidity() ? string(scheme.reader().getValidity()) : fallback;
}

}  // namespace

Result<> need_in_force(const Scheme& scheme, const SchemeVersions& versions,
                       const std::string& fallback, Date today) {
  auto all = scheme.reader();
  std::string clause = clause_of(scheme, fallback);
  if (today < to_date(all.getInForceFrom())) {
    std::string day = events::text(to_date(all.getInForceFrom()));
    return refuse(Code::too_early, clause, "办法自 " + day + " 起施行",
                  "the scheme is in force from " + day);
  }
  if (all.getValidUntil() != 0 && today > to_date(all.getValidUntil())) {
    std::string day = events::text(to_date(all.getValidUntil()));
    return refuse(Code::too_late, clause, "办法有效期至 " + day + "，不能再开新轮次",
                  "the scheme was valid until " + day + ": no new round can be opened");
  }
  auto repeal = repeal_of(scheme, versions);
  if (repeal && today >= repeal->day) {
    std::string day = events::text(repeal->day);
    return refuse(Code::too_late, clause, "办法已于 " + day + " 废止，不能再开新轮次",
                  "the scheme was repealed on " + day + ": no new round can be opened");
  }
  return {};
}

Result<> note_expiry(const Context& context, const Round& round, const RoundStep& at) {
  const auto& versions = context.memory.get<SchemeVersions>(round.scheme);
  auto end = end_of_force(*at.scheme, versions);
  if (!end || context.today < end->day) return {};
  std::string day = events::text(end->day);
  std::string clause = clause_of(*at.scheme, at.clause());
  if (at.scheme->reader().getOnExpiry() == events::OnExpiry::ROUNDS_END) {
    return refuse(Code::too_late, clause, "办法已于 " + day + " 失效，依本办法所开轮次随之终止",
                  "the scheme ended on " + day + ", and its rounds end with it");
  }
  if (end->repealed == 0) return {};
  context.out.findings.push_back(
      {clause, "onExpiry", events::Verdict::MET, "", day, {end->repealed}});
  return {};
}

}  // namespace engine
