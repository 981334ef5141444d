// The parts of the check of a scheme. Each looks at one thing in the whole file and reports all
// that is wrong with it; what does not resolve is reported by check_names alone, and skipped by the
// others. Pure.
#pragma once

#include "engine/scheme.h"
#include "engine/scheme_report.h"
#include "engine/step_graph.h"

namespace engine {

struct SchemeCheck {
  const Scheme& scheme;
  const StepGraph& graph;
  SchemeReport& report;
};

// scheme_check_names.cc: every name leads somewhere.
void check_names(const SchemeCheck& check);
// scheme_check_tables.cc: dates, quotas, rubrics, forms.
void check_tables(const SchemeCheck& check);
// scheme_check_steps.cc: each step has what its kind needs, and nothing that nobody would look at.
void check_steps(const SchemeCheck& check);
// scheme_check_terms.cc: what steps say about others fits what those are.
void check_step_terms(const SchemeCheck& check);
// scheme_check_scores.cc: what is counted has a result, weights add up, and those who vote can.
void check_scores(const SchemeCheck& check);
// scheme_check_people.cc: who is drawn, who supervises, who decides on recusals.
void check_people(const SchemeCheck& check);
// scheme_check_order.cc: every track gets from the call to an award.
void check_order(const SchemeCheck& check);
// scheme_check_rules.cc: the rules can be judged, on fields that are there.
void check_rules(const SchemeCheck& check);

}  // namespace engine
