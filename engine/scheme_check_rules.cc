#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/scheme_checks.h"
#include "events/record.h"

namespace engine {
namespace {

using events::FieldType;
using events::Rule;
using events::Step;
using events::StepKind;
using events::string;
using events::view;

using Tracks = std::vector<std::string_view>;

bool names(capnp::List<capnp::Text>::Reader list, std::string_view id) {
  for (auto one : list) {
    if (view(one) == id) return true;
  }
  return false;
}

std::string type_name(FieldType type) {
  auto all = capnp::Schema::from<FieldType>().getEnumerants();
  return all[static_cast<unsigned>(type)].getProto().getName().cStr();
}

// Looks at the rules of one step. They are judged on its own form, on those of the steps before it
// and on the one that was applied with.
class RuleCheck {
 public:
  RuleCheck(const SchemeCheck& check, Step::Reader step)
      : scheme_(check.scheme), report_(check.report), step_(step), sources_(sources(check.graph)) {
    for (Step::Reader one : sources_) {
      auto form = scheme_.form(view(one.getForm()));
      forms_known_ = forms_known_ && form;
      if (!form) continue;
      for (auto field : form->getFields()) fields_.push_back(view(field.getField()));
    }
  }

  void run(const Tracks& tracks) {
    SchemePath path = SchemePath{} / "steps" / view(step_.getStep()) / "requires";
    auto rules = step_.getRequires();
    for (unsigned i = 0; i < rules.size(); ++i) check(rules[i], path / std::size_t(i), tracks);
  }

 private:
  void check(Rule::Reader rule, const SchemePath& path, const Tracks& outer) {
    check_clause(rule, path);
    Tracks tracks = narrowed(rule, path, outer);
    switch (rule.which()) {
      case Rule::ALL:
        return check_list(rule.getAll(), path / "all", tracks);
      case Rule::ANY:
        return check_list(rule.getAny(), path / "any", tracks);
      case Rule::NONE:
        return check_list(rule.getNone(), path / "none", tracks);
      case Rule::WHEN:
        check(rule.getWhen().getIf(), path / "when" / "if", tracks);
        return check(rule.getWhen().getThen(), path / "when" / "then", tracks);
      case Rule::GIVEN:
        check_field(view(rule.getGiven()), path / "given", tracks);
        return;
      case Rule::EQUALS:
        return check_equals(rule.getEquals(), path / "equals", tracks);
      case Rule::AT_LEAST:
        return check_typed(rule.getAtLeast(), FieldType::NUMBER, path / "atLeast", tracks);
      case Rule::AT_MOST:
        return check_typed(rule.getAtMost(), FieldType::NUMBER, path / "atMost", tracks);
      case Rule::YEARS_SINCE:
        check_years(rule.getYearsSince().getYears(), path / "yearsSince");
        return check_typed(rule.getYearsSince(), FieldType::DATE, path / "yearsSince", tracks);
      case Rule::NONE_WITHIN:
        check_years(rule.getNoneWithin().getYears(), path / "noneWithin");
        return check_typed(rule.getNoneWithin(), FieldType::DATE, path / "noneWithin", tracks);
      case Rule::NO_AWARD_WITHIN:
        if (rule.getNoAwardWithin().getSessions() > 0) return;
        return check_years(rule.getNoAwardWithin().getYears(), path / "noAwardWithin");
      case Rule::BEFORE:
        return check_before(view(rule.getBefore()), path / "before");
      case Rule::HELD_AWARD:
      case Rule::ONCE_A_YEAR:
      case Rule::UNSET:
        return;
    }
  }

  void check_list(capnp::List<Rule>::Reader rules, const SchemePath& path, const Tracks& tracks) {
    if (rules.size() == 0) {
      report_.add(path, "没有列出任何规则", "lists no rule");
    }
    for (unsigned i = 0; i < rules.size(); ++i) check(rules[i], path / std::size_t(i), tracks);
  }

  // Whoever is refused under a clause reads its gist.
  void check_clause(Rule::Reader rule, const SchemePath& path) {
    if (!rule.hasClause()) return;
    auto clause = scheme_.clause(view(rule.getClause()));
    if (!clause || clause->hasGist()) return;
    report_.add(path / "clause", "此条款须有要旨（gist），供被拒者阅读",
                "this clause needs a gist, for whoever is refused under it to read");
  }

  Tracks narrowed(Rule::Reader rule, const SchemePath& path, const Tracks& outer) {
    if (!rule.hasTracks()) return outer;
    Tracks tracks;
    std::ranges::copy_if(outer, std::back_inserter(tracks),
                         [&](std::string_view track) { return names(rule.getTracks(), track); });
    for (unsigned i = 0; i < rule.getTracks().size(); ++i) {
      std::string_view track = view(rule.getTracks()[i]);
      if (!scheme_.track(track) || std::ranges::find(outer, track) != outer.end()) continue;
      report_.add(path / "tracks" / std::size_t(i), "外层规则或步骤不涉及此类别，永不适用",
                  "the rule or step around it is not about this track, so it would never apply");
    }
    return tracks;
  }

  // The field as it stands in the form; nothing, and a fault, where a rule could not read it.
  std::optional<events::Field::Reader> check_field(std::string_view id, const SchemePath& path,
                                                   const Tracks& tracks) {
    if (!forms_known_) return std::nullopt;
    if (std::ranges::find(fields_, id) == fields_.end()) {
      bool apply = step_.getKind() == StepKind::APPLY;
      report_.unknown(path, id, apply ? "申报表单的字段" : "此步骤及此前各步骤表单的字段",
                      apply ? "fields of the application form"
                            : "fields of this step's form and of those before it",
                      fields_);
      return std::nullopt;
    }
    Tracks without;
    std::optional<events::Field::Reader> found;
    for (std::string_view track : tracks) {
      auto field = field_of(id, track);
      if (field) found = field;
      if (!field) without.push_back(track);
    }
    std::string name(id);
    if (!without.empty()) {
      report_.add(path, "这些类别的申报表单不问“" + name + "”：" + joined(without),
                  "on these tracks the form does not ask for “" + name + "”: " + joined(without));
    }
    if (found && found->getPersonal()) {
      report_.add(path, "“" + name + "”是个人信息，加密存放，规则读不到",
                  "“" + name + "” is personal, so it is sealed and no rule can read it");
    }
    return found;
  }

  template <class Terms>
  void check_typed(Terms terms, FieldType type, const SchemePath& path, const Tracks& tracks) {
    auto field = check_field(view(terms.getField()), path / "field", tracks);
    if (!field || field->getType() == type) return;
    report_.add(path / "field",
                "字段类型应为 " + type_name(type) + "，实为 " + type_name(field->getType()),
                "this field must be of type " + type_name(type) + "; it is of type " +
                    type_name(field->getType()));
  }

  void check_equals(events::Comparison::Reader rule, const SchemePath& path, const Tracks& tracks) {
    auto field = check_field(view(rule.getField()), path / "field", tracks);
    if (!field) return;
    std::string_view value = view(rule.getValue());
    if (field->getType() == FieldType::CHOICE && !names(field->getChoices(), value)) {
      std::vector<std::string_view> choices;
      for (auto one : field->getChoices()) choices.push_back(view(one));
      report_.unknown(path / "value", value, "选项", "choices", choices);
    }
    if (field->getType() == FieldType::FLAG && value != "true" && value != "false") {
      report_.add(path / "value", "应为 true 或 false", "must be true or false");
    }
  }

  void check_years(unsigned years, const SchemePath& path) {
    if (years > 0) return;
    report_.add(path / "years", "年数须大于 0", "must be at least one year");
  }

  void check_before(std::string_view id, const SchemePath& path) {
    auto step = scheme_.step(id);
    if (!step || (step->hasCloses() && step->getCloses().isInCall())) return;
    report_.add(path, "该步骤的期限不由通知规定，此规则永远成立",
                "the call sets no last day for that step, so the rule would always hold");
  }

  // The steps on whose forms the rules are judged, its own first.
  std::vector<Step::Reader> sources(const StepGraph& graph) const {
    if (step_.getKind() == StepKind::APPLY) return {step_};
    std::set<std::string_view> before;
    for (std::string_view track : graph.tracks_of(step_)) before.merge(graph.before(step_, track));
    std::vector<Step::Reader> steps;
    if (step_.hasForm()) steps.push_back(step_);
    for (auto step : scheme_.reader().getSteps()) {
      bool apply = step.getKind() == StepKind::APPLY;
      if (apply || (step.hasForm() && before.contains(view(step.getStep())))) steps.push_back(step);
    }
    return steps;
  }

  std::optional<events::Field::Reader> field_of(std::string_view id, std::string_view track) const {
    for (Step::Reader step : sources_) {
      auto form = scheme_.form(view(step.getForm()));
      if (!form || !scheme_.applies(step, track)) continue;
      for (auto field : form->getFields()) {
        bool asked = !field.hasTracks() || names(field.getTracks(), track);
        if (asked && view(field.getField()) == id) return field;
      }
    }
    return std::nullopt;
  }

  const Scheme& scheme_;
  SchemeReport& report_;
  Step::Reader step_;
  std::vector<Step::Reader> sources_;
  std::vector<std::string_view> fields_;
  bool forms_known_ = true;
};

}  // namespace

void check_rules(const SchemeCheck& check) {
  for (auto step : check.scheme.reader().getSteps()) {
    if (!step.hasRequires()) continue;
    RuleCheck(check, step).run(check.graph.tracks_of(step));
  }
}

}  // namespace engine
