// How many terminal cells a UTF-8 text takes, and cutting, padding and folding by cells. Pure
// functions, any thread. Texts that came from outside go through printable() of terminal.h first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

enum class Align { left, right };

// Counted by what a reader takes for one character: wide and fullwidth ones and emoji are 2, marks
// that sit on another character and control characters 0, "ambiguous" ones (“ — ① …) 1. A broken
// byte counts as 1, as terminals put a replacement character there.
int cells(std::string_view text);

// The text itself if it fits, else as much of it as leaves room for the mark. It may come out one
// cell short of the limit, because a wide character is never halved.
std::string truncated(std::string_view text, int limit, std::string_view mark = "…");

// Filled up with spaces to the width; a text that is wider stays as it is.
std::string padded(std::string_view text, int width, Align align);

// Lines of at most `width` cells. Chinese may break between any two characters, but no line begins
// with closing punctuation or ends with an opening bracket; spaces at the end of a line are dropped
// and line feeds kept as breaks. A word longer than a line is cut where the line ends.
std::vector<std::string> wrapped(std::string_view text, int width);

// Reads the code point at `index` and moves behind it; negative for bytes that are not UTF-8.
std::int32_t next_code_point(std::string_view text, std::size_t& index);

}  // namespace cli
