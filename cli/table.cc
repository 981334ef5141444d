#include "cli/table.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <ostream>
#include <string_view>
#include <utility>

#include "events/assert.h"

namespace cli {

namespace {

constexpr std::string_view gap = "  ";
constexpr int shrunk_width_min = 8;

std::string repeated(std::string_view text, int count) {
  std::string result;
  for (int done = 0; done < count; ++done) result += text;
  return result;
}

void print_sentence(std::ostream& out, const std::string& sentence, const Terminal& terminal) {
  if (!terminal.is_tty) {
    out << sentence << '\n';
    return;
  }
  for (const auto& line : wrapped(sentence, terminal.columns)) out << line << '\n';
}

}  // namespace

Table::Table(std::vector<Column> columns, events::Words when_empty)
    : columns_(std::move(columns)), when_empty_(std::move(when_empty)) {
  ASSERT(!columns_.empty());
}

void Table::add(std::vector<std::string> row) {
  ASSERT(row.size() == columns_.size());
  rows_.push_back(std::move(row));
}

void Table::print(std::ostream& out, const Terminal& terminal) const {
  if (rows_.empty()) {
    const auto sentence = in_language(when_empty_, terminal.language);
    print_sentence(out, printable(sentence, terminal.utf8), terminal);
    return;
  }

  std::vector<Row> shown;
  shown.reserve(rows_.size() + 1);
  auto& titles = shown.emplace_back();
  for (const auto& column : columns_) {
    titles.push_back(printable(in_language(column.title, terminal.language), terminal.utf8));
  }
  for (const auto& row : rows_) {
    auto& cells_shown = shown.emplace_back();
    for (const auto& cell : row) cells_shown.push_back(printable(cell, terminal.utf8));
  }

  auto column_widths = widths(shown);
  if (terminal.is_tty) shrink(column_widths, terminal.columns);
  Row rules;
  for (const int width : column_widths) {
    rules.push_back(repeated(terminal.utf8 ? "─" : "-", width));
  }
  shown.insert(shown.begin() + 1, std::move(rules));
  for (const auto& row : shown) out << line(row, column_widths, terminal.utf8) << '\n';
}

std::vector<int> Table::widths(const std::vector<Row>& rows) const {
  std::vector<int> widest(columns_.size(), 0);
  for (const auto& row : rows) {
    for (std::size_t at = 0; at < row.size(); ++at) {
      widest[at] = std::max(widest[at], cells(row[at]));
    }
  }
  return widest;
}

void Table::shrink(std::vector<int>& widths, int columns) const {
  const int gaps = static_cast<int>(gap.size() * (widths.size() - 1));
  int excess = std::accumulate(widths.begin(), widths.end(), gaps) - columns;
  while (excess > 0) {
    int* widest = nullptr;
    for (std::size_t at = 0; at < widths.size(); ++at) {
      if (!columns_[at].shrinkable || widths[at] <= shrunk_width_min) continue;
      if (widest == nullptr || widths[at] > *widest) widest = &widths[at];
    }
    if (widest == nullptr) return;
    --*widest;
    --excess;
  }
}

std::string Table::line(const Row& row, const std::vector<int>& widths, bool utf8) const {
  std::string text;
  for (std::size_t at = 0; at < row.size(); ++at) {
    const auto cell = truncated(row[at], widths[at], utf8 ? "…" : "...");
    if (at > 0) text += gap;
    text += padded(cell, widths[at], columns_[at].align);
  }
  // A left-aligned last column would leave spaces that show up when text is copied or compared.
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace cli
