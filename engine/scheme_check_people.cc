#include <set>
#include <string>

#include "engine/draw.h"
#include "engine/scheme_checks.h"
#include "events/record.h"

namespace engine {
namespace {

using events::Source;
using events::Step;
using events::string;
using events::view;

// An organ that acts by a role: neither a group, which acts through its members, nor an applicant.
void need_role_organ(const SchemeCheck& check, std::string_view organ, const SchemePath& path) {
  if (organ != "reviewer" && organ != "applicant") return;
  check.report.add(path, "须是以角色办理的机构，不能是 reviewer 或 applicant",
                   "must be an organ that acts by a role, not “reviewer” or “applicant”");
}

void check_recusal(const SchemeCheck& check) {
  if (!check.scheme.reader().hasRecusal()) return;
  auto recusal = check.scheme.reader().getRecusal();
  SchemePath path = SchemePath{} / "recusal";
  need_role_organ(check, view(recusal.getDecidedBy()), path / "decidedBy");
  for (unsigned i = 0; i < recusal.getAskedBy().size(); ++i) {
    need_role_organ(check, view(recusal.getAskedBy()[i]), path / "askedBy" / std::size_t(i));
  }
  if (recusal.getAskedBy().size() == 0 || recusal.hasDecidedBy()) return;
  check.report.add(path / "decidedBy", "有人可以申请回避，就须写明由谁决定",
                   "where somebody may ask for a recusal, somebody decides on it");
}

void check_pool(const SchemeCheck& check) {
  if (!check.scheme.reader().hasPool()) return;
  auto pool = check.scheme.reader().getPool();
  SchemePath path = SchemePath{} / "pool";
  need_role_organ(check, view(pool.getWho()), path / "who");
  if (pool.hasClause() || pool.getSource() != Source::COMPLETE) return;
  check.report.add(path, "须写明条款（clause），或注明来源状态（source）",
                   "says neither its clause nor the status of its source");
}

void check_specialties(const SchemeCheck& check, Step::Reader step, const SchemePath& path) {
  auto group = step.getGroup();
  std::set<std::string_view> seen;
  for (unsigned i = 0; i < group.getSpecialties().size(); ++i) {
    std::string_view one = view(group.getSpecialties()[i]);
    SchemePath here = path / "specialties" / std::size_t(i);
    if (one.empty() || one == any_specialty) {
      check.report.add(here, "须是专业名称，不能留空或写作 any",
                       "must name a specialty, and not “any”");
    }
    seen.insert(one);
  }
  if (seen.size() > group.getSize()) {
    check.report.add(path / "specialties", "专业多于评审组人数",
                     "are more than the group has members");
  }
  if (!seen.empty() && !check.scheme.reader().hasPool()) {
    check.report.add(path / "specialties", "专业登记在专家库中：须有 pool",
                     "stand in the pool of experts: the scheme needs a pool");
  }
}

void check_draw(const SchemeCheck& check, Step::Reader step, const SchemePath& path) {
  auto group = step.getGroup();
  if (group.hasWitness()) need_role_organ(check, view(group.getWitness()), path / "witness");
  if (group.getMethod() == events::GroupMethod::SELECTION) return;
  if (!check.scheme.reader().hasPool()) {
    check.report.add(path / "method", "抽取须有专家库（pool）", "a draw needs a pool of experts");
  }
  if (!group.hasWitness()) {
    check.report.add(path, "抽取须写明在场监督的机构（witness）",
                     "a draw names the organ that supervises it (witness)");
  } else if (group.getWitness() == step.getWho()) {
    check.report.add(path / "witness", "监督抽取的机构不能是办理抽取的机构",
                     "who supervises the draw is not who holds it");
  }
}

}  // namespace

void check_people(const SchemeCheck& check) {
  check_recusal(check);
  check_pool(check);
  for (auto step : check.scheme.reader().getSteps()) {
    if (!step.hasGroup()) continue;
    SchemePath path = SchemePath{} / "steps" / view(step.getStep()) / "group";
    check_specialties(check, step, path);
    check_draw(check, step, path);
  }
}

}  // namespace engine
