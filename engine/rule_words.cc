#include "engine/rule_words.h"

#include <optional>

#include "events/record.h"

namespace engine {

using events::string;
using events::view;
using events::Words;

namespace {

std::optional<Words> name_in(const Scheme& scheme, events::Step::Reader step,
                             std::string_view field) {
  auto form = scheme.form(view(step.getForm()));
  if (!form) return std::nullopt;
  for (auto one : form->getFields()) {
    if (view(one.getField()) != field) continue;
    std::string en = one.getName().hasEn() ? string(one.getName().getEn()) : std::string(field);
    return Words{"“" + string(one.getName().getZh()) + "”", "\"" + en + "\""};
  }
  return std::nullopt;
}

}  // namespace

Words field_name(const Scheme& scheme, events::Step::Reader step, std::string_view field) {
  if (auto own = name_in(scheme, step, field)) return *own;
  for (auto one : scheme.reader().getSteps()) {
    if (auto found = name_in(scheme, one, field)) return *found;
  }
  return {std::string(field), std::string(field)};
}

Words award_name(const Scheme& scheme, std::string_view award) {
  for (auto one : scheme.reader().getAwards()) {
    if (view(one.getAward()) != award) continue;
    std::string en = one.getName().hasEn() ? string(one.getName().getEn()) : std::string(award);
    return {"“" + string(one.getName().getZh()) + "”", "\"" + en + "\""};
  }
  return {"“" + std::string(award) + "”", "\"" + std::string(award) + "\""};
}

void add(Words& all, const Words& one, const char* zh, const char* en) {
  if (one.zh.empty()) return;
  all.zh += (all.zh.empty() ? "" : zh) + one.zh;
  all.en += (all.en.empty() ? "" : en) + one.en;
}

Words unmet_words(const std::vector<Finding>& findings, std::size_t from) {
  Words all;
  int unmet = 0;
  for (std::size_t i = from; i < findings.size(); ++i) {
    if (findings[i].verdict != events::Verdict::UNMET) continue;
    add(all, findings[i].words, "；且", ", and ");
    ++unmet;
  }
  // Beside another way out it has to be seen which words belong together.
  return unmet > 1 ? Words{"（" + all.zh + "）", "(" + all.en + ")"} : all;
}

}  // namespace engine
