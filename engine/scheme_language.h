// The ids of the annotations that only the scheme language has (events/terms.capnp).
#pragma once

#include <cstdint>

#include "events/annotations.h"

namespace engine::language {

inline constexpr std::uint64_t recorded = 0xfd50f4974dad149f;
inline constexpr std::uint64_t names = 0xba7e12265163dbca;

}  // namespace engine::language
