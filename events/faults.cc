#include "events/faults.h"

#include <fmt/format.h>

#include "events/utf8.h"

namespace events {

namespace {

constexpr std::size_t shown_bytes_max = 60;

}  // namespace

void Faults::add(Place place, std::string_view path, Words words) {
  ++count_;
  if (full()) return;
  std::string where = text(source_, place);
  if (!path.empty()) where.append(" ").append(path);
  faults_.push_back({std::move(where), std::move(words)});
}

std::unexpected<Error> Faults::refuse() {
  Words words{fmt::format("{} 有 {} 处错误", source_, count_),
              fmt::format("{} has {} {}", source_, count_, count_ == 1 ? "fault" : "faults")};
  if (count_ > faults_.size()) {
    words.zh += fmt::format("，列出前 {} 处", faults_.size());
    words.en += fmt::format(", the first {} are listed", faults_.size());
  }
  return std::unexpected(Error{Code::invalid, std::move(words), {}, std::move(faults_)});
}

std::string shown(std::string_view text) {
  std::string result;
  for (std::size_t offset = 0; offset < text.size();) {
    const Character character = character_at(text, offset);
    const std::size_t bytes = character.bytes == 0 ? 1 : character.bytes;
    if (result.size() + bytes > shown_bytes_max) return result + "…";
    const bool visible = character.bytes != 0 && !is_control(character.value);
    result += visible ? text.substr(offset, bytes) : "\ufffd";
    offset += bytes;
  }
  return result;
}

}  // namespace events
