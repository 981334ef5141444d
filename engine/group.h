// What a review group has to be, whoever chose its members and however. Pure; writer thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/track_desk.h"

namespace engine {

// Large enough, odd where the scheme says so, with each wanted specialty.
events::Result<> check_group(const Context& context, const Round& round, const RoundStep& at,
                             const std::vector<std::string>& members);
// The same of a number of people, before it is known who they are.
events::Result<> check_group_size(const RoundStep& at, std::size_t size);

events::Result<> need_reviewer(const Context& context, const Round& round, const RoundStep& at,
                               std::string_view person);

// The actor may form the track's group now: his organ does it, there is none yet, and he is recused
// from no application of the track.
events::Result<TrackDesk> new_group_desk(Context& context, std::string_view round,
                                         std::string_view step, std::string_view track);

// Whether the scheme lets members be drawn here, and whether it lets them be named.
bool may_draw(const RoundStep& at);
bool may_select(const RoundStep& at);

struct NewGroup {
  std::string group;
  std::string round;
  std::string track;
  std::vector<std::string> members;
  std::string leader;
  events::Method method = events::Method::SELECTED;
};

void emit_group(Context& context, const RoundStep& at, const NewGroup& group);

}  // namespace engine
