#include "cli/rights.h"

#include <algorithm>

#include "engine/evolve.h"
#include "engine/memory.h"
#include "events/subject.h"
#include "projections/json.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Code;
using events::Result;
using events::StepKind;

// Organs that run the round for all, as against those that judge, recommend or apply in it.
bool runs_round(StepKind kind) {
  return kind == StepKind::CALL || kind == StepKind::ACCEPT || kind == StepKind::NOTICE;
}

bool decides(StepKind kind) {
  return kind == StepKind::SELECT || kind == StepKind::DELIBERATE || kind == StepKind::APPROVE ||
         kind == StepKind::CONFER;
}

// What the organ does in that version of the scheme.
Rights::Part part_of(const engine::Scheme& scheme, std::string_view organ) {
  Rights::Part part;
  bool selects = false;
  bool reviews = false;
  for (auto step : scheme.reader().getSteps()) {
    if (events::view(step.getWho()) != organ) continue;
    part.staff = part.staff || runs_round(step.getKind());
    selects = selects || decides(step.getKind());
    reviews = reviews || step.getKind() == StepKind::REVIEW;
  }
  part.decides = selects && !reviews;
  part.proposes = selects && reviews;
  return part;
}

void add(Rights::Part& part, const Rights::Part& more) {
  part.staff = part.staff || more.staff;
  part.decides = part.decides || more.decides;
  part.proposes = part.proposes || more.proposes;
}

}  // namespace

Rights::Rights(const events::Log& log, const std::string& id,
               std::shared_ptr<const engine::Person> person)
    : log_(log), id_(id), person_(std::move(person)) {}

bool Rights::holds(std::string_view role) const {
  return std::ranges::any_of(person_->roles, [&](const engine::RoleHeld& held) {
    return held.scheme.empty() && held.role == role;
  });
}

bool Rights::reads_all(const projections::Audience& audience) const {
  return (audience.inspectors && inspector()) || (audience.auditors && auditor()) ||
         (audience.administrators && administrator());
}

bool Rights::reads_as(const projections::Audience& audience, const Part& part) {
  return (audience.staff && part.staff) || (audience.deciders && (part.decides || part.proposes));
}

// By what the organ does in any version of the scheme.
Rights::Part Rights::part_by(const engine::SchemeVersions& versions, const engine::RoleHeld& held) {
  Part part;
  for (const auto& [position, version] : versions.versions) {
    add(part, part_of(*version, held.role));
  }
  return part;
}

const Rights::Part& Rights::part_anywhere() {
  if (part_) return *part_;
  part_ = Part{};
  engine::Memory memory(log_, 100);
  for (const engine::RoleHeld& held : person_->roles) {
    if (held.scheme.empty()) continue;
    memory.version(events::subject("scheme", held.scheme));
    add(*part_, part_by(memory.get<engine::SchemeVersions>(held.scheme), held));
  }
  return *part_;
}

Result<> Rights::may_read(const projections::View& view) {
  const auto& audience = view.audience;
  if (audience.owner || reads_all(audience) || reads_as(audience, part_anywhere())) return {};
  auto readers = projections::text(audience);
  return events::fail(
      Code::forbidden, "您不能查看“" + std::string(view.title.zh) + "”；可查看的有：" + readers.zh,
      "you may not read \"" + std::string(view.title.en) + "\"; it is for " + readers.en);
}

Result<> Rights::may_read_events() const {
  if (inspector() || auditor()) return {};
  return events::fail(Code::forbidden, "事件本身只供纪检和审计查看",
                      "the events themselves are for inspectors and auditors");
}

bool Rights::shows(const projections::View& view, const json::object& row) {
  if (reads_all(view.audience)) return true;
  if (view.audience.owner && owns(view, row)) return true;
  std::string round = projections::text_in(row, "round");
  std::string track = projections::text_in(row, "track");
  std::string application = projections::text_in(row, "application");
  if (round.empty() && !application.empty()) round = find(application).round;
  const auto& [part, reviewed, hidden] = standing_in(round);
  if (!reads_as(view.audience, part)) return false;
  bool by_group = !reads_as(view.audience, {part.staff, part.decides, false});
  if (by_group && !reviewed.contains(track)) return false;
  // Over all tracks, or over those that share their places.
  const auto* shared = row.if_contains("shared");
  bool sum = (row.contains("track") && track.empty()) || (shared && *shared == true);
  if (sum && !hidden.empty()) return false;
  if (hidden.contains(track)) return false;
  if (application.empty()) return true;
  return std::ranges::none_of(find(application).tracks,
                              [&](const auto& one) { return hidden.contains(one); });
}

bool Rights::owns(const projections::View& view, const json::object& row) {
  std::string first = projections::text_in(row, view.key.front().member);
  if (view.key.front().member == "applicant") {
    if (std::ranges::find(person_->represents, first) != person_->represents.end()) return true;
  } else if (first == id_) {
    return true;
  }
  const auto* actors = row.if_contains("actors");
  if (!actors || !actors->is_array()) return false;
  bool acted = std::ranges::find(actors->as_array(), json::value(json::string(id_))) !=
               actors->as_array().end();
  return acted && !recused_from(projections::text_in(row, "application"));
}

const Rights::Whereabouts& Rights::find(const std::string& application) {
  auto known = applications_.find(application);
  if (known != applications_.end()) return known->second;
  Whereabouts& found = applications_[application];
  auto cursor = log_.read_subject(events::subject("application", application), 0);
  while (cursor.next()) {
    auto event = cursor.recorded().event();
    if (event.isApplicationSubmitted()) {
      found.round = events::string(event.getApplicationSubmitted().getRound());
      found.tracks.insert(events::string(event.getApplicationSubmitted().getTrack()));
    } else if (event.isTrackTransferred()) {
      found.tracks.insert(events::string(event.getTrackTransferred().getTo()));
    }
  }
  return found;
}

const Rights::Standing& Rights::standing_in(const std::string& round) {
  auto known = rounds_.find(round);
  if (known == rounds_.end()) known = rounds_.emplace(round, find_standing(round)).first;
  return known->second;
}

Rights::Standing Rights::find_standing(const std::string& id) {
  if (id.empty()) return {};
  engine::Memory memory(log_, 100);
  memory.version(events::subject("round", id));
  const auto& round = memory.get<engine::Round>(id);
  if (round.scheme.empty()) return {};
  memory.version(events::subject("scheme", round.scheme));
  Standing standing;
  for (const engine::RoleHeld& held : person_->roles) {
    if (!held.counts_in(round.scheme, id)) continue;
    add(standing.part, part_by(memory.get<engine::SchemeVersions>(round.scheme), held));
  }
  for (const auto& [place, group] : round.groups) {
    if (std::ranges::find(group.reviewers, id_) == group.reviewers.end()) continue;
    standing.reviewed.insert(place.second);
  }
  for (const auto& [application, entry] : round.applications) {
    if (!entry.recused.contains(id_) && !entry.challenged.contains(id_)) continue;
    for (const std::string& track : find(application).tracks) standing.hidden.insert(track);
  }
  return standing;
}

// From it, or from any other of its class.
bool Rights::recused_from(const std::string& application) {
  const Whereabouts& where = find(application);
  const Names& hidden = standing_in(where.round).hidden;
  return std::ranges::any_of(where.tracks, [&](const auto& one) { return hidden.contains(one); });
}

}  // namespace cli
