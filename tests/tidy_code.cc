#include "tests/tidy_code.h"

#include <algorithm>
#include <cctype>

namespace tests {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

// The word that ends just before the offset.
std::string_view word_before(std::string_view text, std::size_t offset) {
  auto begin = offset;
  while (begin > 0 && is_word(text[begin - 1])) --begin;
  return text.substr(begin, offset - begin);
}

std::size_t skip_to(std::string_view text, std::string_view end, std::size_t from) {
  const auto found = text.find(end, from);
  return found == text.npos ? text.size() : found;
}

// Past the end of a literal in simple quotes, or to the end of the line if it is not closed.
std::size_t end_of_literal(std::string_view text, std::size_t open) {
  auto at = open + 1;
  while (at < text.size() && text[at] != text[open] && text[at] != '\n') {
    at += text[at] == '\\' ? 2 : 1;
  }
  return std::min(at, text.size());
}

std::size_t end_of_raw_literal(std::string_view text, std::size_t open) {
  const auto bracket = skip_to(text, "(", open);
  const auto end = ")" + std::string(text.substr(open + 1, bracket - open - 1)) + "\"";
  return std::min(skip_to(text, end, bracket) + end.size() - 1, text.size());
}

// In 1'000 and 0xff'ff the quote belongs to the number.
bool is_digit_separator(std::string_view text, std::size_t quote) {
  const auto word = word_before(text, quote);
  return !word.empty() && std::isdigit(static_cast<unsigned char>(word[0])) != 0;
}

// Directives could not be told from the head of the function below them.
std::string without_directives(std::string_view code) {
  std::string out(code);
  bool inside = false;
  std::size_t begin = 0;
  for (const auto line : lines_of(code)) {
    inside = inside || is_directive(line, "");
    if (inside) std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(begin), line.size(), ' ');
    inside = inside && line.ends_with('\\');
    begin += line.size() + 1;
  }
  return out;
}

enum class Brace { scope, function, other };

Brace brace_after(std::string_view head) {
  const auto has = [&](std::string_view word) { return find_word(head, word) != head.npos; };
  if (has("namespace") || has("extern")) return Brace::scope;
  if (head.find('(') != head.npos) return Brace::function;
  return has("struct") || has("class") || has("union") ? Brace::scope : Brace::other;
}

}  // namespace

std::string code_of(std::string_view text) {
  std::string out(text);
  const auto blank = [&](std::size_t begin, std::size_t end) {
    for (auto i = begin; i < std::min(end, out.size()); ++i) {
      if (out[i] != '\n') out[i] = ' ';
    }
    return end;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("//")) {
      i = blank(i, skip_to(text, "\n", i));
    } else if (text.substr(i).starts_with("/*")) {
      i = blank(i, skip_to(text, "*/", i + 2) + 2) - 1;
    } else if (text[i] == '"' && word_before(text, i).ends_with('R')) {
      i = blank(i + 1, end_of_raw_literal(text, i));
    } else if (text[i] == '"' || (text[i] == '\'' && !is_digit_separator(text, i))) {
      i = blank(i + 1, end_of_literal(text, i));
    }
  }
  return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = skip_to(text, "\n", 0);
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::size_t line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, offset), '\n'));
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::vector<std::string_view> words_of(std::string_view code) {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const auto begin = i;
    while (i < code.size() && is_word(code[i])) ++i;
    if (i > begin) words.push_back(code.substr(begin, i - begin));
  }
  return words;
}

std::size_t find_word(std::string_view code, std::string_view word, std::size_t from) {
  for (auto at = code.find(word, from); at != code.npos; at = code.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_word(code[at - 1])) && (end == code.size() || !is_word(code[end]))) {
      return at;
    }
  }
  return code.npos;
}

bool is_directive(std::string_view line, std::string_view name) {
  const auto hash = line.find_first_not_of(' ');
  if (hash == line.npos || line[hash] != '#') return false;
  const auto word = line.find_first_not_of(' ', hash + 1);
  return word != line.npos && line.substr(word).starts_with(name);
}

std::vector<Include> includes_of(std::string_view text) {
  std::vector<Include> includes;
  const auto code = code_of(text);
  const auto code_lines = lines_of(code);
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!is_directive(code_lines[i], "include")) continue;
    const auto open = lines[i].find_first_of("\"<");
    if (open == std::string_view::npos) continue;
    const bool quoted = lines[i][open] == '"';
    const auto close = skip_to(lines[i], quoted ? "\"" : ">", open + 1);
    includes.push_back({i + 1, std::string(lines[i].substr(open + 1, close - open - 1)), quoted});
  }
  return includes;
}

std::vector<Include> imports_of(std::string_view schema) {
  constexpr std::string_view opening = "import \"/";
  std::vector<Include> imports;
  const auto lines = lines_of(schema);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto code = lines[i].substr(0, skip_to(lines[i], "#", 0));
    for (auto at = code.find(opening); at != code.npos; at = code.find(opening, at + 1)) {
      const auto begin = at + opening.size();
      const auto end = skip_to(code, "\"", begin);
      imports.push_back({i + 1, std::string(code.substr(begin, end - begin)), true});
    }
  }
  return imports;
}

std::string_view expression_after(std::string_view code, std::size_t offset) {
  std::size_t depth = 0;
  auto end = offset;
  for (; end < code.size(); ++end) {
    const char c = code[end];
    if (c == ';' && depth == 0) break;
    if (c == ')' || c == ']' || c == '}') {
      if (depth == 0) break;
      --depth;
    }
    if (c == '(' || c == '[' || c == '{') ++depth;
  }
  return code.substr(offset, end - offset);
}

// A bracket that follows a name or another bracket is a subscript.
bool has_lambda(std::string_view code) {
  char before = ' ';
  for (const char c : code) {
    if (c == '[' && !is_word(before) && before != ')' && before != ']') return true;
    if (!is_blank(c)) before = c;
  }
  return false;
}

bool has_constructor_call(std::string_view code) {
  for (auto at = code.find('('); at != code.npos; at = code.find('(', at + 1)) {
    const auto word = word_before(code, at);
    if (!word.empty() && std::isupper(static_cast<unsigned char>(word[0])) != 0) return true;
  }
  return false;
}

bool is_label(std::string_view code, std::size_t offset) {
  while (offset < code.size() && is_blank(code[offset])) ++offset;
  return code.substr(offset).starts_with(':') && !code.substr(offset).starts_with("::");
}

std::vector<std::size_t> functions_longer_than(std::string_view code, std::size_t lines_max) {
  const auto bare = without_directives(code);
  std::vector<std::size_t> found;
  std::vector<Brace> open;
  std::size_t head = 0;        // Where the statement begins that the next brace may belong to.
  std::size_t first_line = 0;  // Of the function that is open, if one is.
  for (std::size_t i = 0; i < bare.size(); ++i) {
    const char c = bare[i];
    if (c == '{') {
      const auto brace = first_line > 0
                             ? Brace::other
                             : brace_after(std::string_view(bare).substr(head, i - head));
      if (brace == Brace::function) {
        first_line = line_at(bare, std::min(bare.find_first_not_of(" \n", head), i));
      }
      open.push_back(brace);
    } else if (c == '}' && !open.empty()) {
      if (open.back() == Brace::function) {
        if (line_at(bare, i) - first_line + 1 > lines_max) found.push_back(first_line);
        first_line = 0;
      }
      open.pop_back();
    }
    if (c == '{' || c == '}' || c == ';') head = i + 1;
  }
  return found;
}

}  // namespace tests
