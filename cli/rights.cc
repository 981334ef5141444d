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
bool runs_round(const engine::Scheme& scheme, std::string_view role) {
  for (auto step : scheme.reader().getSteps()) {
    auto kind = step.getKind();
    bool runs = kind == StepKind::CALL || kind == StepKind::ACCEPT || kind == StepKind::NOTICE;
    if (runs && events::view(step.getWho()) == role) return true;
  }
  return false;
}

}  // namespace

Rights::Rights(const events::Log& log, const std::string& person) : log_(log), id_(person) {
  auto cursor = log.read_subject(events::subject("person", person), 0);
  while (cursor.next()) engine::evolve(person_, cursor.recorded());
}

bool Rights::holds(std::string_view role) const {
  return std::ranges::any_of(person_.roles, [&](const engine::RoleHeld& held) {
    return held.scheme.empty() && held.role == role;
  });
}

bool Rights::reads_all(const projections::Audience& audience) const {
  return (audience.inspectors && inspector()) || (audience.auditors && auditor());
}

// In an organ that is staff in some version of the scheme.
bool Rights::serves(const engine::SchemeVersions& versions, const std::string& scheme) const {
  return std::ranges::any_of(person_.roles, [&](const engine::RoleHeld& held) {
    return held.scheme == scheme && std::ranges::any_of(versions.versions, [&](const auto& one) {
             return runs_round(*one.second, held.role);
           });
  });
}

bool Rights::is_staff() {
  if (staff_) return *staff_;
  engine::Memory memory(log_, 100);
  staff_ = std::ranges::any_of(person_.roles, [&](const engine::RoleHeld& held) {
    if (held.scheme.empty()) return false;
    memory.version(events::subject("scheme", held.scheme));
    return serves(memory.get<engine::SchemeVersions>(held.scheme), held.scheme);
  });
  return *staff_;
}

Result<> Rights::may_read(const projections::View& view) {
  if (reads_all(view.audience) || (view.audience.staff && is_staff())) return {};
  auto readers = projections::text(view.audience);
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
  std::string round = projections::text_in(row, "round");
  std::string track = projections::text_in(row, "track");
  std::string application = projections::text_in(row, "application");
  if (round.empty() && !application.empty()) round = find(application).round;
  const auto& hidden = hidden_in(round);
  if (!hidden) return false;
  // Over all tracks, or over those that share their places.
  const auto* shared = row.if_contains("shared");
  bool sum = (row.contains("track") && track.empty()) || (shared && *shared == true);
  if (sum && !hidden->empty()) return false;
  if (hidden->contains(track)) return false;
  if (application.empty()) return true;
  return std::ranges::none_of(find(application).tracks,
                              [&](const auto& one) { return hidden->contains(one); });
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

const std::optional<Rights::Names>& Rights::hidden_in(const std::string& round) {
  auto known = rounds_.find(round);
  if (known == rounds_.end()) known = rounds_.emplace(round, find_hidden(round)).first;
  return known->second;
}

std::optional<Rights::Names> Rights::find_hidden(const std::string& id) {
  if (id.empty()) return std::nullopt;
  engine::Memory memory(log_, 100);
  memory.version(events::subject("round", id));
  const auto& round = memory.get<engine::Round>(id);
  memory.version(events::subject("scheme", round.scheme));
  const auto& versions = memory.get<engine::SchemeVersions>(round.scheme);
  if (round.scheme.empty() || !serves(versions, round.scheme)) return std::nullopt;
  Names hidden;
  for (const auto& [application, entry] : round.applications) {
    if (!entry.recused.contains(id_) && !entry.challenged.contains(id_)) continue;
    for (const std::string& track : find(application).tracks) hidden.insert(track);
  }
  return hidden;
}

}  // namespace cli
