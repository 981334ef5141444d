// Reading C++ as text, as far as the tidy rules need it: words, lines, includes, expressions. Lines
// count from 1; functions that take `code` want the result of code_of. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tests {

// The text with comments and the insides of literals blanked; every line keeps its length.
std::string code_of(std::string_view text);

std::vector<std::string_view> lines_of(std::string_view text);
std::size_t line_at(std::string_view text, std::size_t offset);
std::size_t code_points(std::string_view text);

std::vector<std::string_view> words_of(std::string_view code);
std::size_t find_word(std::string_view code, std::string_view word, std::size_t from = 0);

struct Include {
  std::size_t line = 0;
  std::string path;
  bool quoted = false;  // "x", not <x>.
};

std::vector<Include> includes_of(std::string_view text);
// The imports of a schema that begin at the project's root: import "/events/form.capnp".
std::vector<Include> imports_of(std::string_view schema);
bool is_directive(std::string_view line, std::string_view name);

// What follows a prefix operator, up to the end of its statement or of the bracket around it.
std::string_view expression_after(std::string_view code, std::size_t offset);
bool has_lambda(std::string_view code);
bool has_constructor_call(std::string_view code);  // A type's name and a parenthesis: Command(
bool is_label(std::string_view code, std::size_t offset);

// The first lines of functions that are longer than that.
std::vector<std::size_t> functions_longer_than(std::string_view code, std::size_t lines_max);

}  // namespace tests
