// A table for people: columns aligned by terminal cells, cut only where a terminal is too narrow.
// Not for machines; they take JSON. One thread.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "cli/terminal.h"
#include "cli/width.h"
#include "events/error.h"

namespace cli {

struct Column {
  events::Words title;
  Align align = Align::left;
  bool shrinkable = false;  // For names and sentences; never for ids, numbers and dates.
};

class Table {
 public:
  // `when_empty` is the sentence that says why there is nothing to see.
  Table(std::vector<Column> columns, events::Words when_empty);
  Table(Table&&) = default;
  Table& operator=(Table&&) = default;
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  // One cell a column. Cells may hold anything: they are made harmless when printed.
  void add(std::vector<std::string> row);

  // On a TTY the widest shrinkable columns give way first, none below eight cells; if that is not
  // enough the lines run over. Off a TTY every cell is complete.
  void print(std::ostream& out, const Terminal& terminal) const;

 private:
  using Row = std::vector<std::string>;

  std::vector<int> widths(const std::vector<Row>& rows) const;
  void shrink(std::vector<int>& widths, int columns) const;
  std::string line(const Row& row, const std::vector<int>& widths, bool utf8) const;

  std::vector<Column> columns_;
  events::Words when_empty_;
  std::vector<Row> rows_;
};

}  // namespace cli
