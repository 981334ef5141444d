#include "engine/step_rules.h"

#include <algorithm>

#include "engine/refusal.h"
#include "engine/rule_words.h"
#include "engine/rules.h"
#include "events/record.h"

namespace engine {
namespace {

using events::Code;
using events::Result;
using events::string;
using events::view;

std::string until_zh(const OpenQuestion& question, const Context& context) {
  if (!question.has_end()) return "";
  return "，期限到 " + events::local_text(question.closes, context.zone);
}

std::string until_en(const OpenQuestion& question, const Context& context) {
  if (!question.has_end()) return "";
  return "; there is time until " + events::local_text(question.closes, context.zone);
}

bool over(const OpenQuestion& question, const Context& context) {
  return question.has_end() && context.now >= question.closes;
}

Result<> need_supplement(const Context& context, const RoundStep& at,
                         const Application& application) {
  auto found = application.supplements.find(at.id());
  if (found == application.supplements.end()) return {};
  const OpenQuestion& wanted = found->second;
  if (!wanted.open() || over(wanted, context)) return {};
  return refuse(Code::too_early, at.clause(),
                "已要求补正，申报主体尚未提交" + until_zh(wanted, context),
                "a supplement was requested and has not been filed" + until_en(wanted, context));
}

// Whoever does not answer in time agrees, where the scheme says so; elsewhere it is waited for.
Result<> need_answer(Context& context, const RoundStep& at, const Consulted& one) {
  if (!one.question.open()) return {};
  bool consent = at.step.getConsult().getSilence() == events::Silence::CONSENT;
  if (consent && over(one.question, context)) {
    context.out.findings.push_back({at.clause(),
                                    "steps." + at.id() + ".consult.silence",
                                    events::Verdict::MET,
                                    one.body,
                                    "",
                                    {one.question.asked}});
    return {};
  }
  return refuse(Code::too_early, at.clause(),
                one.body + " 尚未答复书面征询" + until_zh(one.question, context),
                one.body + " has not answered what it was asked" + until_en(one.question, context));
}

}  // namespace

Result<> check_rules(Context& context, const Round& round, const RoundStep& at,
                     const Application& application, const FormValues* submitted) {
  const auto& applicant = context.memory.get<Applicant>(application.applicant);
  Facts facts{*at.scheme, round, application, applicant, context.today, context.now, submitted};
  if (judge(at.step, facts, context.out.findings)) return {};
  return refusal(context.out.findings, *at.scheme);
}

Result<> check_object(const RoundStep& at, std::string_view track, const Applicant& applicant) {
  bool individual = at.scheme->track(track)->getObject() == events::Object::INDIVIDUAL;
  if (individual == applicant.individual) return {};
  std::string clause = string(at.scheme->track(track)->getClause());
  return refuse(Code::conflict, clause,
                individual ? "该类别只受理个人申报" : "该类别不受理个人申报",
                individual ? "this track is for individuals" : "this track is not for individuals");
}

Result<> need_answers(Context& context, const RoundStep& at, const Application& application) {
  TRY(need_supplement(context, at, application));
  if (!at.step.hasConsult()) return {};
  std::vector<std::string_view> asked;
  for (const auto& [id, one] : application.consulted) {
    if (one.step != at.id()) continue;
    TRY(need_answer(context, at, one));
    asked.push_back(one.body);
  }
  events::Words missing;
  for (auto body : at.step.getConsult().getBodies()) {
    if (std::ranges::find(asked, view(body)) != asked.end()) continue;
    add(missing, {string(body), string(body)}, "、", ", ");
  }
  if (missing.zh.empty()) return {};
  return refuse(Code::too_early, at.clause(), "尚未书面征询：" + missing.zh,
                "not asked yet: " + missing.en);
}

}  // namespace engine
