#include "engine/scheme_check.h"

#include "engine/scheme_checks.h"
#include "events/decode.h"
#include "events/parse_yaml.h"

namespace engine {
namespace {

// More than any scheme has; they bound the work of the checks that compare steps on each track.
constexpr unsigned steps_max = 500;
constexpr unsigned tracks_max = 100;

void check_size(SchemeReport& report, std::string_view list, unsigned size, unsigned most) {
  if (size <= most) return;
  std::string limit = std::to_string(most);
  report.add(SchemePath{} / list, "超过 " + limit + " 项", "has more than " + limit + " entries");
}

}  // namespace

events::Result<std::shared_ptr<const Scheme>> read_checked_scheme(std::string_view yaml,
                                                                  std::string_view source) {
  events::Node node = TRY(events::parse_yaml(yaml, source));
  capnp::MallocMessageBuilder builder;
  TRY(events::decode(node, builder.initRoot<events::Scheme>(), source));
  auto scheme = std::make_shared<const Scheme>(events::Message<events::Scheme>(builder));

  SchemeReport report(node, source);
  check_size(report, "steps", scheme->reader().getSteps().size(), steps_max);
  check_size(report, "tracks", scheme->reader().getTracks().size(), tracks_max);
  TRY(report.result());

  StepGraph graph(*scheme);
  SchemeCheck check{*scheme, graph, report};
  check_names(check);
  check_tables(check);
  check_steps(check);
  check_step_terms(check);
  check_scores(check);
  check_people(check);
  check_order(check);
  check_rules(check);
  TRY(report.result());
  return scheme;
}

}  // namespace engine
