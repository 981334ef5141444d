#include "events/nearest.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>

namespace events {

namespace {

constexpr std::size_t letters_max =
    64;  // Longer than any name of ours; bounds the work for others.

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

// Optimal string alignment, three rows of the table at a time.
std::size_t distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, letters_max + 1>;
  Row before_last{};
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last = last;
    last = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto same = [&](std::size_t x, std::size_t y) { return lower(a[x]) == lower(b[y]); };
      const std::size_t replaced = last[j - 1] + (same(i - 1, j - 1) ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view written, std::span<const std::string_view> names) {
  if (written.empty() || written.size() > letters_max) return {};
  std::string_view best;
  std::size_t best_distance = written.size() / 3 + 1;  // More changes than that are another word.
  for (const std::string_view name : names) {
    if (name.size() > letters_max) continue;
    const std::size_t changes = distance(written, name);
    if (changes > best_distance || (changes == best_distance && !best.empty())) continue;
    if (changes >= std::max(written.size(), name.size())) continue;  // Nothing in common.
    best = name;
    best_distance = changes;
  }
  return best;
}

}  // namespace events
