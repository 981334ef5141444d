// How the parts of a rule are called when somebody is refused by it, in both languages. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "engine/decision.h"
#include "engine/scheme.h"

namespace engine {

// In quotes: as the step's own form calls the field, or else the first that has it, and as the
// scheme calls the award; else the id.
events::Words field_name(const Scheme& scheme, events::Step::Reader step, std::string_view field);
events::Words award_name(const Scheme& scheme, std::string_view award);

// Puts one after the other; what is empty adds nothing.
void add(events::Words& all, const events::Words& one, const char* zh, const char* en);
// The words of what was not met, from that one on; in brackets where there are several.
events::Words unmet_words(const std::vector<Finding>& findings, std::size_t from);

}  // namespace engine
