#include "cli/rights.h"

#include <algorithm>

#include "engine/evolve.h"
#include "engine/memory.h"
#include "events/subject.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Code;
using events::Result;
using events::StepKind;

std::string text_of(const json::object& row, std::string_view member) {
  const auto* value = row.if_contains(member);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

// Organs that run the round for all, as against those that judge, recommend or apply in it.
bool is_staff(const engine::Scheme& scheme, std::string_view role) {
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

Result<> Rights::may_read(const projections::View& view) const {
  bool serves = std::ranges::any_of(
      person_.roles, [](const engine::RoleHeld& held) { return !held.scheme.empty(); });
  if (reads_all(view.audience) || (view.audience.staff && serves)) return {};
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
  std::string round = text_of(row, "round");
  std::string application = text_of(row, "application");
  std::string subject = text_of(row, "subject");
  // All that happened to a whole round is a sum, too; what happened to others is for no staff.
  bool sum = row.contains("track") && text_of(row, "track").empty();
  if (!subject.empty()) {
    auto kind = events::kind_of(subject);
    if (kind == "application") application = events::id_of(subject);
    if (kind == "round") round = events::id_of(subject);
    sum = kind == "round";
  }
  if (round.empty() && !application.empty()) round = round_of(application);
  const auto& hidden = hidden_in(round);
  if (!hidden) return false;
  std::string track = text_of(row, "track");
  if (!application.empty()) {
    auto found = hidden->track_of.find(application);
    if (found == hidden->track_of.end()) return false;
    track = found->second;
  }
  return sum ? hidden->tracks.empty() : !hidden->tracks.contains(track);
}

std::string Rights::round_of(const std::string& application) const {
  auto cursor = log_.read_subject(events::subject("application", application), 0);
  while (cursor.next()) {
    auto event = cursor.recorded().event();
    if (event.isApplicationSubmitted()) {
      return events::string(event.getApplicationSubmitted().getRound());
    }
  }
  return {};
}

const std::optional<Rights::Hidden>& Rights::hidden_in(const std::string& round) {
  auto known = rounds_.find(round);
  if (known == rounds_.end()) known = rounds_.emplace(round, find_hidden(round)).first;
  return known->second;
}

std::optional<Rights::Hidden> Rights::find_hidden(const std::string& id) const {
  if (id.empty()) return std::nullopt;
  engine::Memory memory(log_, 100);
  memory.version(events::subject("round", id));
  const auto& round = memory.get<engine::Round>(id);
  memory.version(events::subject("scheme", round.scheme));
  const auto& versions = memory.get<engine::SchemeVersions>(round.scheme).versions;
  auto pinned = versions.find(round.scheme_position);
  if (pinned == versions.end()) return std::nullopt;
  bool staff = std::ranges::any_of(person_.roles, [&](const engine::RoleHeld& held) {
    return held.scheme == round.scheme && is_staff(*pinned->second, held.role);
  });
  if (!staff) return std::nullopt;
  Hidden hidden;
  for (const auto& [application, entry] : round.applications) {
    hidden.track_of.emplace(application, entry.track);
    if (entry.recused.contains(id_) || entry.challenged.contains(id_)) {
      hidden.tracks.insert(entry.track);
    }
  }
  return hidden;
}

}  // namespace cli
