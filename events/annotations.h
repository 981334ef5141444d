// The ids of the schema's annotations (annotations.capnp), and how to read one off a field or a
// type.
#pragma once

#include <capnp/schema.h>

#include <cstdint>
#include <optional>
#include <string>

namespace events::annotation {

inline constexpr std::uint64_t subject = 0xb3fcb86576279b39;
inline constexpr std::uint64_t mentions = 0xc238fd0f3e818912;
inline constexpr std::uint64_t optional = 0xd82363092baa30ee;
inline constexpr std::uint64_t date = 0xd53bebad040a3d35;
inline constexpr std::uint64_t moment = 0xc2e58c437e4193b9;
inline constexpr std::uint64_t keyed = 0xc86db9de7cd2bbac;
inline constexpr std::uint64_t shorthand = 0xee97f6acc02a80d2;
inline constexpr std::uint64_t zh = 0xcaef9a2f93983f37;
inline constexpr std::uint64_t long_text = 0xa1f07c3be2945d68;
inline constexpr std::uint64_t guarded = 0xf28c64d1a9b37e05;
inline constexpr std::uint64_t by_server = 0xd7a1c9e2b4f03586;

// The text of the annotation, empty for one that carries none; nothing where it does not stand.
template <class Annotated>
std::optional<std::string> text_of(const Annotated& annotated, std::uint64_t id) {
  for (auto one : annotated.getProto().getAnnotations()) {
    if (one.getId() != id) continue;
    return one.getValue().isText() ? std::string(one.getValue().getText().cStr()) : std::string();
  }
  return std::nullopt;
}

}  // namespace events::annotation
