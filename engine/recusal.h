// Who may take no part, and what becomes of what they did. A recusal is never lifted: nothing here
// or anywhere ends one. Asked for wherever somebody acts. Pure; writer thread.
#pragma once

#include <string>
#include <vector>

#include "engine/context.h"

namespace engine {

// The scheme's clause, or that of the program where the scheme has none.
std::string recusal_clause(const Scheme& scheme);

// The actor is not recused from the application, and nobody's request for that is waiting.
events::Result<> need_unrecused(const Context& context, const Scheme& scheme,
                                const Application& application);
// The same for what concerns many applications at once: the refusal names the first.
events::Result<> need_unrecused(const Context& context, const Scheme& scheme, const Round& round,
                                const std::vector<std::string>& applications);
// The same for what concerns a whole track: a group, a draw.
events::Result<> need_unrecused_on(const Context& context, const Scheme& scheme, const Round& round,
                                   std::string_view track);

// A member of the track's group, or in any organ of the scheme.
bool takes_part(const Round& round, std::string_view track, std::string_view id,
                const Person& person);

// What somebody's recusal rests on.
struct Ground {
  events::TieGround ground = events::TieGround::OTHER;
  std::string explanation;
};

// Records the recusal, and with it that the person's scores no longer count; with them goes what
// rested on them.
void enter_recusal(Context& context, const Scheme& scheme, const Round& round,
                   const Application& application, const std::string& person,
                   events::RecusalKind kind, const Ground& ground);

}  // namespace engine
