#include "engine/eligible.h"

#include <algorithm>
#include <optional>

#include "engine/years.h"

namespace engine {
namespace {

using events::string;
using events::Words;

class Eligibility {
 public:
  Eligibility(const Context& context, const Round& round, const Scheme& scheme,
              std::string_view track, const std::vector<Demand>& demands)
      : context_(context), round_(round), scheme_(scheme), track_(track), demands_(demands) {}

  std::optional<Excluded> why_not(const std::string& person, const Expert& expert) const {
    if (auto reason = by_pool(person, expert)) return reason;
    if (auto reason = by_roles(person)) return reason;
    if (auto reason = by_application(person)) return reason;
    if (auto reason = by_relation(person)) return reason;
    if (wanted(expert).empty() && !anybody_wanted()) {
      return Excluded{person, {"没有所需专业", "none of the wanted specialties"}, expert.admitted};
    }
    return std::nullopt;
  }

  // Those of the expert's specialties that are asked for.
  std::vector<std::string> wanted(const Expert& expert) const {
    std::vector<std::string> out;
    for (const std::string& one : expert.specialties) {
      if (std::ranges::find(demands_, one, &Demand::specialty) != demands_.end()) {
        out.push_back(one);
      }
    }
    return out;
  }

 private:
  bool anybody_wanted() const {
    return std::ranges::find(demands_, any_specialty, &Demand::specialty) != demands_.end();
  }

  std::optional<Excluded> by_pool(const std::string& person, const Expert& expert) const {
    if (expert.removed > 0) {
      return Excluded{person, {"已出库", "removed from the pool"}, expert.removed};
    }
    if (context_.today < expert.from) {
      return Excluded{person, {"聘期未开始", "the term has not begun"}, expert.admitted};
    }
    if (expert.until && context_.today > *expert.until) {
      return Excluded{person, {"聘期已满", "the term is over"}, expert.admitted};
    }
    return std::nullopt;
  }

  // Staff of the round, recommending bodies among them, do not judge in it.
  std::optional<Excluded> by_roles(const std::string& person) const {
    bool reviewer = false;
    for (const RoleHeld& held : context_.memory.get<Person>(person).roles) {
      if (!held.counts_in(round_.scheme, round_.id)) continue;
      if (held.role == "reviewer") {
        reviewer = true;
        continue;
      }
      return Excluded{
          person,
          {"本轮工作人员（角色 " + held.role + "）", "staff of the round (role " + held.role + ")"},
          held.granted};
    }
    if (reviewer) return std::nullopt;
    return Excluded{person, {"尚未授予评审员角色", "does not hold the role of a reviewer"}, 0};
  }

  std::optional<Excluded> by_application(const std::string& person) const {
    for (const auto& [id, entry] : round_.applications) {
      bool represents = context_.memory.get<Applicant>(entry.applicant).representative == person;
      if (!entry.gone() && (represents || entry.submitted_by == person)) {
        return Excluded{person,
                        {"本轮申报 " + id + " 的申报人或代表",
                         "applies in this round, or represents an applicant: " + id},
                        entry.submitted};
      }
      if (entry.track != track_) continue;
      if (auto recused = entry.recused.find(person); recused != entry.recused.end()) {
        return Excluded{person,
                        {"已对申报 " + id + " 回避", "recused from application " + id},
                        recused->second};
      }
    }
    return std::nullopt;
  }

  // Still going on, or over for less than the window.
  bool in_window(const Relation& relation) const {
    if (relation.from && *relation.from > context_.today) return false;
    if (!relation.until) return true;
    int years = scheme_.reader().getRecusal().getWindowYears();
    return add_years(*relation.until, years) >= context_.today;
  }

  std::optional<Excluded> by_relation(const std::string& person) const {
    for (const auto& [id, entry] : round_.applications) {
      if (entry.track != track_ || entry.gone()) continue;
      for (const Relation& one : context_.memory.get<Applicant>(entry.applicant).relations) {
        if (one.person != person || !in_window(one)) continue;
        return Excluded{
            person,
            {"与申报 " + id + " 的申报主体有关联关系", "a relation to the applicant of " + id},
            one.position};
      }
    }
    return std::nullopt;
  }

  const Context& context_;
  const Round& round_;
  const Scheme& scheme_;
  std::string_view track_;
  const std::vector<Demand>& demands_;
};

}  // namespace

Eligible find_eligible(const Context& context, const Round& round, const Scheme& scheme,
                       std::string_view track, const std::vector<Demand>& demands) {
  Eligibility eligibility(context, round, scheme, track, demands);
  Eligible found;
  for (const auto& [person, expert] : context.memory.get<Pool>(round.scheme).experts) {
    if (auto reason = eligibility.why_not(person, expert)) {
      found.excluded.push_back(std::move(*reason));
    } else {
      found.candidates.push_back({person, eligibility.wanted(expert)});
    }
  }
  return found;
}

}  // namespace engine
