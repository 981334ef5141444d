// What every branch of decide has at hand, and the questions that all steps of a round share: is
// there such a step, may this person act in it, has what must come before been passed, is there
// still time? Each answer that refuses cites the step's clause. Pure; writer thread.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide.h"

namespace engine {

struct Context {
  const Memory& memory;
  Command::Reader command;
  events::Authentication authentication;
  Moment now;
  Date today;
  std::string zone;
  Decision& out;

  std::string_view actor() const { return events::view(command.getActor()); }
  std::string_view role() const { return events::view(command.getRole()); }
};

// A step of one round's scheme, in the version to which the round is pinned.
struct RoundStep {
  std::shared_ptr<const Scheme> scheme;
  events::Step::Reader step;

  std::string clause() const { return events::string(step.getClause()); }
  std::string id() const { return events::string(step.getStep()); }
};

events::Result<const Round*> find_round(const Context& context, std::string_view id);
// Submitted, not withdrawn and not excluded.
events::Result<const Application*> find_application(const Context& context, std::string_view id);

events::Result<std::shared_ptr<const Scheme>> scheme_of(const Context& context, const Round& round);
events::Result<RoundStep> find_step(const Context& context, const Round& round,
                                    std::string_view step,
                                    std::initializer_list<events::StepKind> kinds);

// Of the log, or of the scheme as a whole; and in one round.
bool holds_role(const Person& person, std::string_view role, std::string_view scheme);
bool holds_role(const Person& person, std::string_view role, const Round& round);
events::Result<> need_role(const Context& context, std::string_view role);  // Of the log itself.

// The actor acts in the organ that the step names, in the role that the command names.
events::Result<> need_organ(const Context& context, const Round& round, const RoundStep& at);
// The same for another organ than the step's own.
events::Result<> need_member(const Context& context, const Round& round, const RoundStep& at,
                             std::string_view organ);
// The same for a track: a review group speaks for its own, and through its members only.
events::Result<> need_organ(const Context& context, const Round& round, const RoundStep& at,
                            std::string_view track);
// The same for an application: applicants act through their representative, reviewers for their
// group, and whoever is recused from it does nothing at all.
events::Result<> need_part(const Context& context, const Round& round, const RoundStep& at,
                           const Application& application);

// A member of the group that reviews this track.
bool in_group(const Round& round, std::string_view track, std::string_view person);

// The steps before have been passed for this track, or by this application.
events::Result<> need_before(const Round& round, const RoundStep& at, std::string_view track);
events::Result<> need_before(const Round& round, const RoundStep& at,
                             const Application& application);
events::Result<> need_time(const Context& context, const Round& round, const RoundStep& at,
                           const Application* application);
events::Result<> need_track(const RoundStep& at, std::string_view track);
events::Result<> need_undone(const RoundStep& at, const Application& application);

// Those of the list who are still in the round.
std::vector<std::string> standing(const Round& round, std::vector<std::string> listed);
// Whether somebody on the list has been excluded since it was shown.
bool list_changed(const Round& round, const std::vector<std::string>& listed);

// The first instant after that day in the log's zone.
Moment end_of(Date last_day, const Context& context);

// A text that people rely on later is not left empty; the words say what it has to name.
events::Result<> need_text(capnp::Text::Reader text, std::string zh, std::string en);

std::string name_zh(const RoundStep& at);
std::string name_en(const RoundStep& at);
// With its role, as a refusal names who acts: “审定委员会（角色 committee）”.
events::Words organ_name(const Scheme& scheme, std::string_view organ);

}  // namespace engine
