// Where something stands in a text that people wrote: line and column, both from 1, the column in
// characters. Values, any thread; a Places belongs to one parse.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace events {

struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};

std::string text(std::string_view source, Place place);  // round.ndjson:12:8

// Turns byte offsets into places. Asked in rising order it reads the text once.
class Places {
 public:
  explicit Places(std::string_view text, std::size_t first_line = 1);

  Place at(std::size_t offset);

 private:
  std::string_view text_;
  std::size_t first_line_;
  std::size_t offset_ = 0;
  Place place_;
};

}  // namespace events
