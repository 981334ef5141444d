#include "engine/consensus.h"

#include <algorithm>

namespace engine {
namespace {

using events::Code;
using events::Result;

std::string percent_range(Range range, std::string_view to) {
  return std::to_string(range.lowest) + "%" + std::string(to) + std::to_string(range.highest) + "%";
}

bool wide(const Desk& desk, Range range) {
  unsigned limit = desk.at.step.getReview().getSpreadPercent();
  return limit > 0 && range.highest - range.lowest > limit;
}

const std::vector<RubricItem>& items_of(const Desk& desk) {
  return desk.at.scheme->items(rubric_of(desk.at, desk.application.track));
}

const Agreed* agreed_on(const Desk& desk, const std::string& item) {
  auto found = desk.application.agreed.find({desk.at.id(), item});
  return found == desk.application.agreed.end() ? nullptr : &found->second;
}

}  // namespace

std::uint64_t total_of(const Sheet& sheet) {
  std::uint64_t total = 0;
  for (const auto& [item, score] : sheet.scores) total += score.hundredths;
  return total;
}

Range range_of(const Desk& desk, std::string_view item) {
  Range range;
  for (const std::string& reviewer : members_of(desk.round, desk.application)) {
    const Sheet& sheet = sheet_of(desk, reviewer);
    auto score = sheet.scores.find(item);
    if (sheet.submitted == 0 || score == sheet.scores.end()) continue;
    range.lowest = std::min(range.lowest, score->second.percent);
    range.highest = std::max(range.highest, score->second.percent);
  }
  return range;
}

bool needs_reason(const Desk& desk, Range range, unsigned percent) {
  return percent < range.lowest || percent > range.highest || wide(desk, range);
}

Result<> need_outliers_explained(const Desk& desk) {
  unsigned limit = desk.at.step.getReview().getOutlierPercent();
  if (limit == 0) return {};
  auto members = members_of(desk.round, desk.application);
  std::uint64_t sum = 0;
  for (const std::string& one : members) sum += total_of(sheet_of(desk, one));
  for (const std::string& one : members) {
    const Sheet& sheet = sheet_of(desk, one);
    // Both sides times the number of sheets, so that the mean need not be divided.
    std::uint64_t own = total_of(sheet) * members.size();
    std::uint64_t off = own > sum ? own - sum : sum - own;
    if (off * 100 <= sum * limit || sheet.explained.contains("")) continue;
    std::string percent = std::to_string(limit);
    return refuse(Code::too_early, review_clause(desk.at),
                  one + " 的评分表偏离各表均值超过 " + percent + "%，须由本人书面说明",
                  "the sheet of " + one + " lies more than " + percent +
                      "% from the mean of all: its reviewer has to explain it in writing");
  }
  return {};
}

Result<> need_spread_explained(const Desk& desk) {
  auto members = members_of(desk.round, desk.application);
  for (const RubricItem& item : items_of(desk)) {
    Range range = range_of(desk, item.item);
    bool explained = std::ranges::any_of(members, [&](const std::string& one) {
      return sheet_of(desk, one).explained.contains(item.item);
    });
    if (!wide(desk, range) || explained) continue;
    return refuse(Code::too_early, review_clause(desk.at),
                  "条目 " + item.item + " 各评审员为 " + percent_range(range, " 至 ") +
                      "，分差过大，须有评审员书面说明",
                  "on item " + item.item + " the scores are " + percent_range(range, " to ") +
                      ": so far apart, a reviewer has to explain it in writing");
  }
  return {};
}

Result<> need_consensus(Context& context, const Desk& desk) {
  for (const RubricItem& item : items_of(desk)) {
    const Agreed* agreed = agreed_on(desk, item.item);
    if (!agreed) {
      return refuse(Code::too_early, review_clause(desk.at), "条目尚未合议：" + item.item,
                    "the group has not agreed on item " + item.item);
    }
    // A member may have been recused since, which moves the range.
    if (needs_reason(desk, range_of(desk, item.item), agreed->percent) && !agreed->reasoned) {
      return refuse(Code::too_early, review_clause(desk.at),
                    "条目 " + item.item + " 的合议评分须补写理由",
                    "what was agreed on item " + item.item + " needs a reason now");
    }
    context.out.rest_on(agreed->position);
  }
  return {};
}

Fraction consensus_result(const Desk& desk) {
  Fraction result;
  for (const RubricItem& item : items_of(desk)) {
    result.numerator += agreed_on(desk, item.item)->hundredths;
  }
  return result;
}

}  // namespace engine
