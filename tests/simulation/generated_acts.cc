// What is done for each application of a generated round: applying, examining, asking back,
// results.
#include <algorithm>

#include "events/record.h"
#include "tests/simulation/generated_round.h"
#include "tests/simulation/generated_scheme.h"

namespace tests {
namespace {

using engine::Application;
using events::FieldType;
using events::StepKind;
using events::string;
using events::view;

bool gives_result(StepKind kind) {
  return kind == StepKind::EVALUATE || kind == StepKind::DEFEND || kind == StepKind::HEAR;
}

}  // namespace

void GeneratedRound::apply(Step step) {
  for (Entrant& one : entrants_) {
    if (round().applications.contains(one.application) || percent(30)) continue;
    if (one.refused > 1) continue;
    Object body = at_step(step, one.application);
    body["round"] = generated_round;
    body["applicant"] = one.applicant;
    body["track"] = one.track;
    body["form"] = answers(string(step.getForm()), one.track);
    bool passed = say({one.representative, "applicant"}, "submitApplication", std::move(body));
    if (!passed) ++one.refused;
  }
}

// Good ones, as the names of the fields say what is good; now and then another.
GeneratedRound::Object GeneratedRound::answers(const std::string& form, const std::string& track) {
  Object answers;
  auto found = scheme_->form(form);
  if (!found) return answers;
  bool well = !percent(12);
  for (auto field : found->getFields()) {
    bool asked = !field.hasTracks();
    for (auto one : field.getTracks()) asked = asked || view(one) == track;
    if (!asked && !percent(1)) continue;
    bool good = well || percent(60);
    std::string id = string(field.getField());
    if (!good && percent(20)) continue;
    if (field.getType() == FieldType::NUMBER) answers[id] = good ? "50" : "0";
    if (field.getType() == FieldType::DATE) answers[id] = good ? "2005-06-01" : "2016-12-01";
    if (field.getType() == FieldType::FLAG)
      answers[id] = good != id.starts_with("flaw") ? "true" : "false";
    if (field.getType() == FieldType::TEXT) answers[id] = good ? "（虚构）说明" : "";
    if (field.getType() == FieldType::CHOICE) {
      answers[id] = string(field.getChoices()[good ? 0 : 1]);
    }
  }
  return answers;
}

void GeneratedRound::act(Step step, const Application& one) {
  if (step.hasConsult()) consult(step, one);
  if (step.getKind() == StepKind::EXAMINE) supplement(step, one);
  if (step.hasAdjusts() && percent(60)) adjust(step, one);
  Object body = at_step(step, one.id);
  bool failed = percent(step.getFailing() ? 15 : 1);
  body["outcome"] = failed ? "failed" : "passed";
  if (failed || step.getOpinion() || percent(20)) body["opinion"] = "（虚构）意见";
  if (step.hasForm()) body["form"] = answers(string(step.getForm()), one.track);
  Someone who = one_of(string(step.getWho()), one);
  if (step.hasChannel() && percent(95)) who.person = "north";
  say(who, "act", std::move(body));
}

// Everybody is asked at once; the answers take a while.
void GeneratedRound::consult(Step step, const Application& one) {
  std::string who = string(step.getWho());
  for (auto body : step.getConsult().getBodies()) {
    bool asked = std::ranges::any_of(one.consulted, [&](const auto& known) {
      return known.second.step == view(step.getStep()) && known.second.body == view(body);
    });
    if (asked) continue;
    Object question = at_step(step, one.id);
    question["consultation"] = id("consultation");
    question["body"] = string(body);
    question["question"] = "有无意见";
    if (percent(60)) question["lastDay"] = day(static_cast<int>(dice_.up_to(9)));
    say(one_of(who, one), "askDepartment", std::move(question));
  }
  auto known = application(one.id).consulted;
  for (const auto& [id, asked] : known) {
    if (asked.step != view(step.getStep()) || !asked.question.open() || percent(40)) continue;
    say(one_of(who, one), "answerDepartment",
        {{"consultation", id}, {"objects", percent(8)}, {"answer", "（虚构）答复"}});
  }
}

void GeneratedRound::supplement(Step step, const Application& one) {
  auto found = one.supplements.find(string(step.getStep()));
  bool open = found != one.supplements.end() && found->second.open();
  if (!open && percent(15)) {
    Object body = at_step(step, one.id);
    body["wanted"] = "（虚构）补充材料";
    if (percent(70)) body["lastDay"] = day(static_cast<int>(dice_.between(1, 9)));
    open = say(one_of(string(step.getWho()), one), "requestSupplement", std::move(body));
  }
  if (!open || percent(40)) return;
  Object body = at_step(step, one.id);
  body["explanation"] = "（虚构）补正说明";
  if (percent(70)) {
    auto form = scheme_->step(one.step)->getForm();
    body["form"] = answers(string(form), one.track);
  }
  say(representative(one), "fileSupplement", std::move(body));
}

// Whether something has been built on the results of the step.
bool GeneratedRound::counted(Step step, const std::string& track) {
  for (auto later : scheme_->reader().getSteps()) {
    for (auto one : later.getCounts()) {
      bool done = round().outcomes.contains({string(later.getStep()), track});
      if (done && view(one) == view(step.getStep())) return true;
    }
  }
  return false;
}

void GeneratedRound::enter_result(Step step, const Application& one) {
  if (!gives_result(step.getKind())) return;
  auto results = round().results.find({string(step.getStep()), one.track});
  bool known = results != round().results.end() &&
               std::ranges::any_of(results->second, [&](const engine::StepResult& result) {
                 return result.application == one.id;
               });
  if ((known || counted(step, one.track)) && !percent(2)) return;
  Object body = at_step(step, one.id);
  auto sheets = dice_.between(1, 4);
  body["hundredths"] = dice_.between(20, 100) * 100 * sheets;
  if (sheets > 1) body["outOf"] = sheets;
  body["basis"] = "（虚构）计票";
  if (known || percent(3)) body["reason"] = "（虚构）更正";
  say(one_of(string(step.getWho()), one), "enterResult", std::move(body));
}

// What the site showed, in one item or in all of them.
void GeneratedRound::adjust(Step step, const Application& one) {
  std::string rubric = string(scheme_->track(one.track)->getRubric());
  unsigned by = scheme_->rubric(rubric)->getStepPercent();
  Object scores;
  for (const auto& [place, agreed] : one.agreed) {
    if (place.first != view(step.getAdjusts()) || percent(40)) continue;
    unsigned other = agreed.percent >= by ? agreed.percent - by : agreed.percent + by;
    scores[place.second] = {{"percent", other}, {"reason", "（虚构）现场所见"}};
  }
  if (scores.empty()) return;
  Object body = at_step(step, one.id);
  body["scores"] = std::move(scores);
  bool members = step.getWho() == "reviewer";
  say(members ? leader(one) : one_of(string(step.getWho()), one), "adjustScores", std::move(body));
}

}  // namespace tests
