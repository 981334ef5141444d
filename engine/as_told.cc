#include "engine/as_told.h"

#include <capnp/dynamic.h>

#include <vector>

#include "engine/recusal.h"
#include "events/subject.h"

namespace engine {
namespace {

using events::Result;
using events::string;

struct Concerned {
  std::vector<std::string> applications;
  std::string round;
  std::string track;
};

// What belongs to an application, and what belongs to a track.
void add(const auto& of_application, const Context& context, Concerned& all) {
  if (of_application.application.empty()) return;
  all.applications.push_back(of_application.application);
  all.round = context.memory.get<Application>(of_application.application).round;
}

void add(const auto& of_track, Concerned& all) {
  if (of_track.round.empty()) return;
  all.round = of_track.round;
  all.track = of_track.track;
}

std::string track_in(Command::Reader command) {
  capnp::DynamicStruct::Reader dynamic(command);
  KJ_IF_MAYBE (member, dynamic.which()) {
    auto body = dynamic.get(*member).as<capnp::DynamicStruct>();
    KJ_IF_MAYBE (field, body.getSchema().findFieldByName("track")) {
      return string(body.get(*field).as<capnp::Text>());
    }
  }
  return {};
}

// A notice is for everybody, so what is said about one is no secret.
Concerned concerned_by(const Context& context) {
  Concerned all;
  all.track = track_in(context.command);
  for (const events::Subject& one : events::subjects_of(context.command)) {
    auto kind = events::kind_of(one.name);
    auto id = events::id_of(one.name);
    if (kind == Application::kind) all.applications.emplace_back(id);
    if (kind == Application::kind && one.folded && all.round.empty()) {
      all.round = context.memory.get<Application>(id).round;
    }
    if (kind == Objection::kind) add(context.memory.get<Objection>(id), context, all);
    if (kind == Consultation::kind) add(context.memory.get<Consultation>(id), context, all);
    if (kind == RecusalRequest::kind) add(context.memory.get<RecusalRequest>(id), context, all);
    if (kind == Ballot::kind) add(context.memory.get<Ballot>(id), all);
    if (kind == Draw::kind) add(context.memory.get<Draw>(id), all);
    if (kind == Round::kind) all.round = id;
  }
  return all;
}

Result<> need_unrecused_from(const Context& context, const Concerned& all) {
  if (all.round.empty()) return {};
  const auto& round = context.memory.get<Round>(all.round);
  if (round.scheme.empty()) return {};
  auto scheme = scheme_of(context, round);
  if (!scheme) return {};
  TRY(need_unrecused(context, **scheme, round, all.applications));
  if (all.track.empty()) return {};
  return need_unrecused_on(context, **scheme, round, all.track);
}

}  // namespace

events::Error as_told(const Context& context, events::Error why) {
  // Who applies, or says what ties he has, is told what concerns nobody but himself.
  if (context.command.isSubmitApplication() || context.command.isDeclareTie()) return why;
  auto unrecused = need_unrecused_from(context, concerned_by(context));
  if (unrecused) return why;
  context.out.findings.clear();
  return unrecused.error();
}

}  // namespace engine
