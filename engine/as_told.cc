#include "engine/as_told.h"

#include <capnp/dynamic.h>

#include <algorithm>
#include <vector>

#include "engine/recusal.h"
#include "events/subject.h"

namespace engine {
namespace {

using events::Code;
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

bool represents_one_of(const Person& person, const Round& round, const Concerned& all) {
  return std::ranges::any_of(all.applications, [&](const std::string& id) {
    auto entry = round.applications.find(id);
    if (entry == round.applications.end()) return false;
    return std::ranges::find(person.represents, entry->second.applicant) != person.represents.end();
  });
}

// Whether the actor is what he acts as, in the round that his command is about. Anybody may object
// to what is on a notice.
bool has_part(const Context& context, const Concerned& all) {
  std::string_view role = context.role();
  if (role.empty() || all.round.empty() || context.command.isFileObjection()) return true;
  const auto& person = context.memory.get<Person>(context.actor());
  const auto& round = context.memory.get<Round>(all.round);
  if (role == "applicant") return represents_one_of(person, round, all);
  return round.scheme.empty() || holds_role(person, role, round) || holds_role(person, role, "");
}

events::Error no_part(const Context& context, const Round& round) {
  auto scheme = scheme_of(context, round);
  std::string role(context.role());
  auto name = scheme ? organ_name(**scheme, role) : events::Words{role, role};
  return {
      Code::forbidden,
      {"您在此事中不是" + name.zh + "，不能办理", "you are not the " + name.en + " in this matter"},
      "probity:role",
      {}};
}

// Of how things stand, as against who may act and how a command is written.
bool tells_of_state(const events::Error& why) {
  return why.code == Code::conflict || why.code == Code::too_early || why.code == Code::too_late;
}

}  // namespace

events::Error as_told(const Context& context, events::Error why) {
  // Who applies, or says what ties he has, is told what concerns nobody but himself.
  if (context.command.isSubmitApplication() || context.command.isDeclareTie()) return why;
  auto concerned = concerned_by(context);
  auto unrecused = need_unrecused_from(context, concerned);
  if (unrecused && (has_part(context, concerned) || !tells_of_state(why))) return why;
  context.out.findings.clear();
  if (!unrecused) return unrecused.error();
  return no_part(context, context.memory.get<Round>(concerned.round));
}

}  // namespace engine
