#include "engine/scheme.h"

#include "events/decode.h"
#include "events/parse_yaml.h"
#include "events/record.h"

namespace engine {
namespace {

template <class Index>
auto find(const Index& index, std::string_view id) -> std::optional<typename Index::mapped_type> {
  auto found = index.find(id);
  if (found == index.end()) return std::nullopt;
  return found->second;
}

void add_leaves(capnp::List<events::Criterion>::Reader parts, std::vector<RubricItem>& out) {
  for (auto part : parts) {
    if (part.getParts().size() > 0) {
      add_leaves(part.getParts(), out);
    } else {
      out.push_back({events::string(part.getItem()), part.getPoints()});
    }
  }
}

}  // namespace

events::Result<std::shared_ptr<const Scheme>> Scheme::read(std::string_view yaml,
                                                           std::string_view source) {
  events::Node node = TRY(events::parse_yaml(yaml, source));
  capnp::MallocMessageBuilder builder;
  TRY(events::decode(node, builder.initRoot<events::Scheme>(), source));
  return std::make_shared<const Scheme>(events::Message<events::Scheme>(builder));
}

Scheme::Scheme(events::Message<events::Scheme> message) : message_(std::move(message)) {
  auto all = message_.reader();
  for (auto one : all.getSteps()) steps_.emplace(events::string(one.getStep()), one);
  for (auto one : all.getTracks()) tracks_.emplace(events::string(one.getTrack()), one);
  for (auto one : all.getForms()) forms_.emplace(events::string(one.getForm()), one);
  for (auto one : all.getClauses()) clauses_.emplace(events::string(one.getCite()), one);
  for (auto one : all.getOrgans()) organs_.emplace(events::string(one.getOrgan()), one);
  for (auto one : all.getRubrics()) {
    std::string id = events::string(one.getRubric());
    rubrics_.emplace(id, one);
    add_leaves(one.getParts(), items_[id]);
  }
}

std::string Scheme::id() const { return events::string(reader().getScheme()); }

std::optional<events::Step::Reader> Scheme::step(std::string_view id) const {
  return find(steps_, id);
}

std::optional<events::Track::Reader> Scheme::track(std::string_view id) const {
  return find(tracks_, id);
}

std::optional<events::Form::Reader> Scheme::form(std::string_view id) const {
  return find(forms_, id);
}

std::optional<events::Clause::Reader> Scheme::clause(std::string_view cite) const {
  return find(clauses_, cite);
}

std::optional<events::Organ::Reader> Scheme::organ(std::string_view id) const {
  return find(organs_, id);
}

std::optional<events::Rubric::Reader> Scheme::rubric(std::string_view id) const {
  return find(rubrics_, id);
}

const std::vector<RubricItem>& Scheme::items(std::string_view rubric) const {
  static const std::vector<RubricItem> none;
  auto found = items_.find(rubric);
  return found == items_.end() ? none : found->second;
}

std::string Scheme::award_of(std::string_view id) const {
  auto found = track(id);
  return found ? events::string(found->getAward()) : std::string();
}

bool Scheme::applies(events::Step::Reader step, std::string_view track) const {
  if (!step.hasTracks()) return true;
  for (auto one : step.getTracks()) {
    if (events::view(one) == track) return true;
  }
  return false;
}

}  // namespace engine
