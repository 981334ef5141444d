#include "engine/rules.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>

#include "engine/rule_words.h"
#include "engine/step_graph.h"
#include "engine/years.h"
#include "events/record.h"

namespace engine {
namespace {

using events::Rule;
using events::string;
using events::Verdict;
using events::view;
using events::Words;

// The latest day from which so many years have passed by then.
Date latest_start(Date until, int years) {
  Date day = add_years(until, -years);
  while (add_years(day + std::chrono::days(1), years) <= until) day += std::chrono::days(1);
  return day;
}

// `needed` and `found` are for the record and of no language; the words are for whoever is refused.
struct Leaf {
  bool met = true;
  std::string needed;
  std::string found;
  std::vector<Position> inputs;
  Words words{};
};

constexpr const char* nothing = "—";

// Where a field is looked for, one after the other.
using Forms = std::vector<const FormValues*>;

Forms forms_of(events::Step::Reader step, const Facts& facts) {
  auto before = StepGraph(facts.scheme).before(step, facts.application.track);
  std::vector<const StepForm*> earlier;
  for (const auto& [id, form] : facts.application.step_forms) {
    if (before.contains(id)) earlier.push_back(&form);
  }
  std::ranges::sort(earlier, std::greater(), [](const StepForm* form) { return form->position; });
  Forms forms;
  if (facts.submitted) forms.push_back(facts.submitted);
  for (const StepForm* form : earlier) forms.push_back(&form->values);
  forms.push_back(&facts.application.form);
  return forms;
}

class Judge {
 public:
  Judge(events::Step::Reader step, const Facts& facts, const Forms& forms,
        std::vector<Finding>& findings)
      : step_(step), facts_(facts), forms_(forms), findings_(findings) {}

  Verdict judge(Rule::Reader rule, std::string_view inherited, const std::string& path);

 private:
  Verdict composite(Rule::Reader rule, const std::string& clause, const std::string& path);
  Verdict when(events::When::Reader when, const std::string& clause, const std::string& path);
  Verdict note(const std::string& clause, const std::string& path, Leaf leaf);

  std::optional<std::string_view> value(std::string_view field) const;
  std::optional<Date> date(std::string_view field) const;
  Words subject_of(Rule::Reader rule, const std::string& clause) const;
  Words instead(std::string_view field, const std::string& zh, const std::string& en) const;
  Date anchor(events::Anchor stated) const;
  Leaf given(std::string_view field) const;
  Leaf equals(events::Comparison::Reader rule) const;
  Leaf threshold(events::Threshold::Reader rule, bool at_least) const;
  Leaf years_since(events::YearsSince::Reader rule) const;
  Leaf none_within(events::NoneWithin::Reader rule) const;
  Leaf held_award(events::HeldAward::Reader rule) const;
  Leaf no_award_within(events::NoAwardWithin::Reader rule) const;
  Leaf once_a_year(events::OnceAYear::Reader rule) const;
  Leaf before(std::string_view step) const;

  Words name(std::string_view field) const { return field_name(facts_.scheme, step_, field); }

  events::Step::Reader step_;
  const Facts& facts_;
  const Forms& forms_;
  std::vector<Finding>& findings_;
};

bool applies(Rule::Reader rule, std::string_view track) {
  if (!rule.hasTracks()) return true;
  for (auto one : rule.getTracks()) {
    if (view(one) == track) return true;
  }
  return false;
}

Verdict Judge::judge(Rule::Reader rule, std::string_view inherited, const std::string& path) {
  std::string clause = rule.hasClause() ? string(rule.getClause()) : std::string(inherited);
  if (!applies(rule, facts_.application.track)) return Verdict::NOT_APPLICABLE;
  switch (rule.which()) {
    case Rule::ALL:
    case Rule::ANY:
    case Rule::NONE:
      return composite(rule, clause, path);
    case Rule::WHEN:
      return when(rule.getWhen(), clause, path);
    case Rule::GIVEN:
      return note(clause, path, given(view(rule.getGiven())));
    case Rule::EQUALS:
      return note(clause, path, equals(rule.getEquals()));
    case Rule::AT_LEAST:
      return note(clause, path, threshold(rule.getAtLeast(), true));
    case Rule::AT_MOST:
      return note(clause, path, threshold(rule.getAtMost(), false));
    case Rule::YEARS_SINCE:
      return note(clause, path, years_since(rule.getYearsSince()));
    case Rule::NONE_WITHIN:
      return note(clause, path, none_within(rule.getNoneWithin()));
    case Rule::HELD_AWARD:
      return note(clause, path, held_award(rule.getHeldAward()));
    case Rule::NO_AWARD_WITHIN:
      return note(clause, path, no_award_within(rule.getNoAwardWithin()));
    case Rule::ONCE_A_YEAR:
      return note(clause, path, once_a_year(rule.getOnceAYear()));
    case Rule::BEFORE:
      return note(clause, path, before(view(rule.getBefore())));
    case Rule::UNSET:
      break;
  }
  // A rule of a newer program: nobody passes a rule that was not understood.
  return note(clause, path,
              {false, "", "", {}, {"须用更新的程序判断", "a newer program is needed to judge it"}});
}

Verdict Judge::composite(Rule::Reader rule, const std::string& clause, const std::string& path) {
  auto parts = rule.isAll() ? rule.getAll() : rule.isAny() ? rule.getAny() : rule.getNone();
  std::vector<Finding> inner;
  Judge inside(step_, facts_, forms_, inner);
  unsigned met = 0;
  unsigned unmet = 0;
  Words said;  // Of `any` each way out, of `none` what stands in the way.
  for (unsigned i = 0; i < parts.size(); ++i) {
    std::size_t before = inner.size();
    Verdict verdict = inside.judge(parts[i], clause, path + "." + std::to_string(i + 1));
    met += verdict == Verdict::MET;
    unmet += verdict == Verdict::UNMET;
    if (rule.isAny()) add(said, unmet_words(inner, before), "，或", ", or ");
    if (rule.isNone() && verdict == Verdict::MET) {
      add(said, subject_of(parts[i], clause), "、", ", ");
    }
  }
  if (rule.isAny() && met + unmet == 0) return Verdict::NOT_APPLICABLE;
  bool good = rule.isAll() ? unmet == 0 : rule.isAny() ? met > 0 : met == 0;
  for (Finding& one : inner) {
    // A part that failed without sinking the whole is on record, but refuses nobody.
    if (one.verdict == Verdict::UNMET && (good || rule.isNone())) {
      one.verdict = Verdict::NOT_APPLICABLE;
    }
    if (!rule.isAll()) one.words = {};
    findings_.push_back(std::move(one));
  }
  // The parts speak for the whole, except where none of them says how it came out.
  bool spoken = rule.isAll() || (rule.isAny() && good);
  if (spoken) return good ? Verdict::MET : Verdict::UNMET;
  if (rule.isNone()) {
    said = {"以下各项须均不成立：" + said.zh, "none of these may hold: " + said.en};
  }
  return note(clause, path,
              {good, rule.isNone() ? "0" : "≥ 1", std::to_string(met), {}, std::move(said)});
}

Verdict Judge::when(events::When::Reader when, const std::string& clause, const std::string& path) {
  std::vector<Finding> inner;
  Judge inside(step_, facts_, forms_, inner);
  if (inside.judge(when.getIf(), clause, path + ".if") != Verdict::MET) {
    return Verdict::NOT_APPLICABLE;
  }
  return judge(when.getThen(), clause, path + ".then");
}

Verdict Judge::note(const std::string& clause, const std::string& path, Leaf leaf) {
  Verdict verdict = leaf.met ? Verdict::MET : Verdict::UNMET;
  findings_.push_back({clause, path, verdict, std::move(leaf.needed), std::move(leaf.found),
                       std::move(leaf.inputs), std::move(leaf.words)});
  return verdict;
}

std::optional<std::string_view> Judge::value(std::string_view field) const {
  for (const FormValues* form : forms_) {
    auto found = form->find(field);
    if (found != form->end() && !found->second.empty()) return found->second;
  }
  return std::nullopt;
}

std::optional<Date> Judge::date(std::string_view field) const {
  auto text = value(field);
  return text ? events::parse_date(*text) : std::nullopt;
}

Date Judge::anchor(events::Anchor stated) const {
  bool general = stated == events::Anchor::SCHEME;
  switch (general ? facts_.scheme.reader().getLookbackAnchor() : stated) {
    case events::Anchor::CALL:
      return facts_.round.called_on;
    case events::Anchor::YEAR_END:
      return std::chrono::year(facts_.round.year) / std::chrono::December / 31;
    case events::Anchor::TODAY:
      return facts_.today;
    case events::Anchor::SCHEME:
    case events::Anchor::APPLICATION_DEADLINE:
      break;
  }
  // The last day of the step at which it is applied.
  auto found = facts_.round.deadlines.find(facts_.application.step);
  return found == facts_.round.deadlines.end() ? facts_.today : found->second.last_day;
}

// What a rule is about, where it has to be said without saying what it demands.
Words Judge::subject_of(Rule::Reader rule, const std::string& clause) const {
  if (rule.isGiven()) return name(view(rule.getGiven()));
  if (!rule.isEquals()) return {clause, clause};
  Words all = name(view(rule.getEquals().getField()));
  std::string value = string(rule.getEquals().getValue());
  return {all.zh + "为 " + value, all.en + " is " + value};
}

// What the field must be, and what was filled in instead.
Words Judge::instead(std::string_view field, const std::string& zh, const std::string& en) const {
  Words all = name(field);
  auto text = value(field);
  all.zh += "须" + zh + "，" + (text ? "填报为 " + std::string(*text) : "未填");
  all.en += " must be " + en + (text ? ", and is " + std::string(*text) : ", and is missing");
  return all;
}

Leaf Judge::given(std::string_view field) const {
  auto text = value(field);
  bool met = text && *text != "false";
  Words words = name(field);
  return {met,
          std::string(field),
          text ? std::string(*text) : nothing,
          {},
          {"须填写或确认" + words.zh, words.en + " must be given"}};
}

Leaf Judge::equals(events::Comparison::Reader rule) const {
  auto text = value(view(rule.getField()));
  std::string wanted = string(rule.getValue());
  return {text == view(rule.getValue()),
          "= " + wanted,
          std::string(text.value_or(nothing)),
          {},
          instead(view(rule.getField()), "为 " + wanted, wanted)};
}

Leaf Judge::threshold(events::Threshold::Reader rule, bool at_least) const {
  std::string limit = std::to_string(rule.getNumber());
  auto text = value(view(rule.getField()));
  std::int64_t number = 0;
  bool read =
      text && std::from_chars(text->data(), text->data() + text->size(), number).ec == std::errc();
  bool met = read && (at_least ? number >= rule.getNumber() : number <= rule.getNumber());
  return {met,
          (at_least ? "≥ " : "≤ ") + limit,
          read ? std::to_string(number) : nothing,
          {},
          instead(view(rule.getField()), (at_least ? "不少于 " : "不超过 ") + limit,
                  (at_least ? "at least " : "at most ") + limit)};
}

Leaf Judge::years_since(events::YearsSince::Reader rule) const {
  auto start = date(view(rule.getField()));
  std::string latest = events::text(latest_start(anchor(rule.getAnchor()), rule.getYears()));
  return {start && add_years(*start, rule.getYears()) <= anchor(rule.getAnchor()),
          "≤ " + latest,
          start ? events::text(*start) : nothing,
          {},
          instead(view(rule.getField()), "不晚于 " + latest, latest + " or earlier")};
}

Leaf Judge::none_within(events::NoneWithin::Reader rule) const {
  auto last = date(view(rule.getField()));
  std::string latest = events::text(latest_start(anchor(rule.getAnchor()), rule.getYears()));
  return {!last || add_years(*last, rule.getYears()) <= anchor(rule.getAnchor()),
          "≤ " + latest,
          last ? events::text(*last) : nothing,
          {},
          instead(view(rule.getField()), "不晚于 " + latest, latest + " or earlier")};
}

Leaf Judge::held_award(events::HeldAward::Reader rule) const {
  Words award = award_name(facts_.scheme, view(rule.getAward()));
  Leaf leaf{false,
            string(rule.getAward()),
            nothing,
            {},
            {"须先获" + award.zh + "；获奖在先而未登记的，请先由工作人员登记",
             award.en + " must be held first; if it was won before, staff register it first"}};
  for (const AwardHeld& held : facts_.applicant.awards) {
    if (held.award != view(rule.getAward()) || held.scheme != facts_.scheme.id()) continue;
    leaf.met = true;
    leaf.found = events::text(held.conferred_on);
    leaf.inputs.push_back(held.position);
  }
  return leaf;
}

Leaf Judge::no_award_within(events::NoAwardWithin::Reader rule) const {
  Leaf leaf{true, "0 / " + std::to_string(rule.getYears()) + " a", nothing, {}};
  std::string award = facts_.scheme.award_of(facts_.application.track);
  for (const AwardHeld& held : facts_.applicant.awards) {
    bool same = held.award == award && held.scheme == facts_.scheme.id();
    if (rule.getScope() == events::AwardScope::SAME_AWARD && !same) continue;
    Date free = add_years(held.conferred_on, rule.getYears());
    if (facts_.today >= free) continue;
    std::string won = events::text(held.conferred_on);
    Words name = award_name(facts_.scheme, held.award);
    leaf.met = false;
    leaf.found = held.award + " " + won;
    leaf.words = {"已于 " + won + " 获" + name.zh + "，" + events::text(free) + " 起方可再报",
                  name.en + " was won on " + won + ": apply again from " + events::text(free)};
    leaf.inputs.push_back(held.position);
  }
  return leaf;
}

Leaf Judge::once_a_year(events::OnceAYear::Reader rule) const {
  std::string year = std::to_string(facts_.round.year);
  Leaf leaf{true, "1 / " + year, nothing, {}};
  for (const PastApplication& past : facts_.applicant.applications) {
    if (past.year != facts_.round.year) continue;
    if (past.application == facts_.application.id) continue;
    bool same = past.scheme == facts_.scheme.id();
    if (rule.getScope() == events::YearScope::THIS_SCHEME && !same) continue;
    leaf.met = false;
    leaf.found = past.scheme + (past.application.empty() ? "" : " " + past.application);
    leaf.words = {year + " 年度已申报过：" + leaf.found,
                  "an application was made in " + year + " already: " + leaf.found};
    leaf.inputs.push_back(past.position);
  }
  return leaf;
}

Leaf Judge::before(std::string_view step) const {
  auto found = facts_.round.deadlines.find(step);
  if (found == facts_.round.deadlines.end()) return {true, nothing, "", {}};
  std::string zone = string(facts_.scheme.reader().getZone());
  std::string closed = events::local_text(found->second.closes, zone);
  return {facts_.now < found->second.closes,
          "< " + closed,
          events::local_text(facts_.now, zone),
          {},
          {"期限已于 " + closed + " 届满", "the time was over at " + closed}};
}

}  // namespace

bool judge(events::Step::Reader step, const Facts& facts, std::vector<Finding>& findings) {
  Forms forms = forms_of(step, facts);
  Judge all(step, facts, forms, findings);
  std::string path = "steps." + string(step.getStep()) + ".requires.";
  bool good = true;
  auto rules = step.getRequires();
  for (unsigned i = 0; i < rules.size(); ++i) {
    Verdict verdict = all.judge(rules[i], view(step.getClause()), path + std::to_string(i + 1));
    good = good && verdict != Verdict::UNMET;
  }
  return good;
}

}  // namespace engine
