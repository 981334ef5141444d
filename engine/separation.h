// Who may not serve two organs at once, and who may not serve where he has an application of his
// own. Pure; writer thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/context.h"

namespace engine {

// Two organs of a scheme that it keeps apart.
struct Clash {
  std::string held;    // The organ in which the person is already.
  std::string clause;  // Of whichever organ says so.
};

// What the person holds in the round that keeps him out of the organ; without a round, in any.
std::optional<Clash> find_clash(const Scheme& scheme, const Person& person, std::string_view organ,
                                std::string_view round);

std::unexpected<events::Error> refuse_clash(const Scheme& scheme, const Clash& clash,
                                            std::string_view organ);

// The actor holds nothing that the scheme keeps apart from the organ, and represents nobody in the
// round if it keeps that apart too.
events::Result<> need_apart(const Context& context, const Round& round, const RoundStep& at,
                            std::string_view organ);

// Nobody acts for an organ in the matter of an applicant whom he represents.
events::Result<> need_stranger(const Context& context, const RoundStep& at,
                               const Application& application);

}  // namespace engine
