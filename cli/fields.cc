#include "cli/fields.h"

#include <algorithm>
#include <ostream>

#include "cli/width.h"

namespace cli {

void print_fields(std::ostream& out, const Terminal& terminal, const std::vector<Field>& fields) {
  int width = 0;
  for (const Field& field : fields) {
    if (field.value.empty()) continue;
    width = std::max(width, cells(in_language(field.name, terminal.language)));
  }
  for (const Field& field : fields) {
    if (field.value.empty()) continue;
    out << padded(in_language(field.name, terminal.language), width, Align::left) << "  "
        << printable(field.value, terminal.utf8) << '\n';
  }
}

}  // namespace cli
