#include "cli/width.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "events/assert.h"

namespace cli {

namespace {

constexpr UChar32 emoji_selector = 0xFE0F;

struct Cluster {
  std::size_t begin;
  std::size_t end;
  int cells;
};

bool takes_no_cell(UChar32 code_point) {
  constexpr uint32_t weightless =
      U_GC_CC_MASK | U_GC_CF_MASK | U_GC_MN_MASK | U_GC_ME_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
  if ((U_GET_GC_MASK(code_point) & weightless) != 0) return true;
  // Vowel and final consonant of a decomposed Korean syllable are drawn over its first letter.
  const int syllable = u_getIntPropertyValue(code_point, UCHAR_HANGUL_SYLLABLE_TYPE);
  return syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO;
}

int code_point_cells(UChar32 code_point) {
  if (code_point < 0) return 1;
  if (code_point >= 0x20 && code_point < 0x7F) return 1;
  if (takes_no_cell(code_point)) return 0;
  const int width = u_getIntPropertyValue(code_point, UCHAR_EAST_ASIAN_WIDTH);
  if (width == U_EA_WIDE || width == U_EA_FULLWIDTH) return 2;
  return u_hasBinaryProperty(code_point, UCHAR_EMOJI_PRESENTATION) != 0 ? 2 : 1;
}

// The widest part decides: accents add nothing, and flags or families of emoji are one picture.
int cluster_cells(std::string_view cluster) {
  int widest = 0;
  bool may_be_emoji = false;
  for (std::size_t index = 0; index < cluster.size();) {
    const bool first = index == 0;
    const UChar32 code_point = next_code_point(cluster, index);
    if (first) may_be_emoji = u_hasBinaryProperty(code_point, UCHAR_EMOJI) != 0;
    if (code_point == emoji_selector && may_be_emoji) return 2;
    widest = std::max(widest, code_point_cells(code_point));
  }
  return widest;
}

// Calls `visit(begin, end, hard)` for each piece between two boundaries; `hard` says that the text
// demands a line break after it (line boundaries only).
template <class Visit>
void for_each_piece(icu::BreakIterator* boundaries, std::string_view text, Visit&& visit) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::LocalUTextPointer source(
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
  ASSERT(U_SUCCESS(status));
  boundaries->setText(source.getAlias(), status);
  ASSERT(U_SUCCESS(status));
  auto begin = static_cast<std::size_t>(boundaries->first());
  for (auto end = boundaries->next(); end != icu::BreakIterator::DONE; end = boundaries->next()) {
    const bool hard = boundaries->getRuleStatus() >= UBRK_LINE_HARD;
    visit(begin, static_cast<std::size_t>(end), hard);
    begin = static_cast<std::size_t>(end);
  }
}

std::vector<Cluster> clusters(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> boundaries(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  ASSERT(U_SUCCESS(status));
  std::vector<Cluster> found;
  for_each_piece(boundaries.get(), text, [&](std::size_t begin, std::size_t end, bool) {
    found.push_back({begin, end, cluster_cells(text.substr(begin, end - begin))});
  });
  return found;
}

std::string_view without_trailing_space(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t index = 0; index < text.size();) {
    const UChar32 code_point = next_code_point(text, index);
    if (code_point < 0 || u_isWhitespace(code_point) == 0) end = index;
  }
  return text.substr(0, end);
}

// Fills lines greedily with pieces that must stay together.
class Filler {
 public:
  explicit Filler(int width) : width_(std::max(width, 1)) {}

  void add(std::string_view piece) {
    const auto word = without_trailing_space(piece);
    const int needed = cells(word);
    if (used_ + needed > width_) soft_break();
    if (needed > width_) {
      add_in_parts(word);
    } else {
      append(word, needed);
    }
    // The space behind a word may stand over the edge: it is dropped if the line ends here.
    const auto space = piece.substr(word.size());
    append(space, cells(space));
  }

  void hard_break() {
    lines_.emplace_back(without_trailing_space(line_));
    line_.clear();
    used_ = 0;
  }

  std::vector<std::string> finish() {
    soft_break();
    return std::move(lines_);
  }

 private:
  void soft_break() {
    if (!without_trailing_space(line_).empty()) hard_break();
    line_.clear();
    used_ = 0;
  }

  void add_in_parts(std::string_view word) {
    for (const auto& cluster : clusters(word)) {
      if (used_ + cluster.cells > width_) soft_break();
      append(word.substr(cluster.begin, cluster.end - cluster.begin), cluster.cells);
    }
  }

  void append(std::string_view text, int text_cells) {
    line_ += text;
    used_ += text_cells;
  }

  int width_;
  int used_ = 0;
  std::string line_;
  std::vector<std::string> lines_;
};

}  // namespace

int cells(std::string_view text) {
  int sum = 0;
  for (std::size_t index = 0; index < text.size();) {
    const UChar32 code_point = next_code_point(text, index);
    // Most texts consist of characters that never join a neighbour; they need no break iterator,
    // whose creation costs more than all the rest.
    if (code_point >= 0x7F &&
        u_getIntPropertyValue(code_point, UCHAR_GRAPHEME_CLUSTER_BREAK) != U_GCB_OTHER) {
      sum = 0;
      for (const auto& cluster : clusters(text)) sum += cluster.cells;
      return sum;
    }
    sum += code_point_cells(code_point);
  }
  return sum;
}

std::string truncated(std::string_view text, int limit, std::string_view mark) {
  if (cells(text) <= limit) return std::string(text);
  const int mark_cells = cells(mark);
  if (mark_cells > limit) return limit > 0 ? truncated(mark, limit, "") : "";
  std::size_t end = 0;
  int used = mark_cells;
  for (const auto& cluster : clusters(text)) {
    if (used + cluster.cells > limit) break;
    used += cluster.cells;
    end = cluster.end;
  }
  return std::string(text.substr(0, end)).append(mark);
}

std::string padded(std::string_view text, int width, Align align) {
  const int missing = width - cells(text);
  std::string spaces(static_cast<std::size_t>(std::max(missing, 0)), ' ');
  return align == Align::left ? std::string(text) + spaces : spaces.append(text);
}

std::vector<std::string> wrapped(std::string_view text, int width) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> boundaries(
      icu::BreakIterator::createLineInstance(icu::Locale::getChinese(), status));
  ASSERT(U_SUCCESS(status));
  Filler filler(width);
  for_each_piece(boundaries.get(), text, [&](std::size_t begin, std::size_t end, bool hard) {
    filler.add(text.substr(begin, end - begin));
    if (hard) filler.hard_break();
  });
  return filler.finish();
}

std::int32_t next_code_point(std::string_view text, std::size_t& index) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto at = static_cast<std::int64_t>(index);
  const auto length = static_cast<std::int64_t>(text.size());
  UChar32 code_point = 0;
  U8_NEXT(bytes, at, length, code_point);
  index = static_cast<std::size_t>(at);
  return code_point;
}

}  // namespace cli
