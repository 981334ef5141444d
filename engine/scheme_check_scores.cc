// What a scheme says of scores beyond the single sheet: what is counted and with which weight, who
// ends a tie, and how an organ votes.
#include <algorithm>
#include <string>
#include <vector>

#include "engine/scheme_checks.h"
#include "events/record.h"

namespace engine {
namespace {

using events::Source;
using events::Step;
using events::StepKind;
using events::string;
using events::view;

bool gives_result(Step::Reader step) {
  return step.getKind() == StepKind::REVIEW || step.getKind() == StepKind::EVALUATE ||
         step.getKind() == StepKind::DEFEND || step.getKind() == StepKind::HEAR;
}

class ScoreCheck {
 public:
  ScoreCheck(const SchemeCheck& check, Step::Reader step)
      : check_(check), step_(step), path_(SchemePath{} / "steps" / view(step.getStep())) {}

  void run() {
    if (step_.hasReview()) check_review();
    if (step_.hasAdjusts()) check_adjusts();
    if (step_.hasCounts()) check_counts();
    if (step_.getBallot()) check_ballot();
    if (step_.hasList() && step_.getList().getPointsAtLeast() > 0) check_points();
  }

 private:
  void add(const SchemePath& path, std::string zh, std::string en) {
    check_.report.add(path, std::move(zh), std::move(en));
  }

  void check_review() {
    auto review = step_.getReview();
    if (review.getSpreadPercent() < 100) return;
    add(path_ / "review" / "spreadPercent", "分差不会达到 100%，此要求不起作用",
        "scores never differ by more than 100 percent: this asks for nothing");
  }

  // Only what a group has agreed on is one number an item, which a visit can change.
  void check_adjusts() {
    auto review = check_.scheme.step(view(step_.getAdjusts()));
    if (!review) return;
    if (review->getKind() != StepKind::REVIEW || !review->getReview().getConsensus()) {
      add(path_ / "adjusts", "须是合议评分的评审步骤（review: {consensus: true}）",
          "must be a review with consensus: true, whose scores are the group's");
    } else {
      need_earlier(*review, path_ / "adjusts");
    }
  }

  void check_counts() {
    bool ranking = step_.getKind() == StepKind::RANK;
    for (unsigned i = 0; i < step_.getCounts().size(); ++i) {
      SchemePath here = path_ / "counts" / std::size_t(i);
      auto counted = check_.scheme.step(view(step_.getCounts()[i]));
      if (!counted) continue;
      if (!gives_result(*counted)) {
        add(here, "此步骤没有结果：须是 review、evaluate、defend 或 hear",
            "has no result: must be of kind review, evaluate, defend or hear");
      } else {
        need_earlier(*counted, here);
      }
    }
    if (ranking) check_weights();
  }

  void check_weights() {
    for (std::string_view track : check_.graph.tracks_of(step_)) {
      if (!check_.graph.takes_applications(track)) continue;
      unsigned sum = 0;
      for (auto one : step_.getCounts()) {
        auto counted = check_.scheme.step(view(one));
        if (!counted) return;
        if (check_.scheme.applies(*counted, track)) sum += counted->getWeightPercent();
      }
      if (sum == 100) continue;
      std::string found = std::to_string(sum);
      add(path_ / "counts",
          "所计入各步骤的权重（weightPercent）在类别 " + std::string(track) + " 上合计 " + found +
              "，应为 100；没有权重的，在名单步骤上写 counts",
          "the weights (weightPercent) of what it counts add up to " + found + " on the track " +
              std::string(track) +
              ", not to 100; without weights, let a list count the results instead");
      return;
    }
  }

  void check_ballot() {
    auto organ = check_.scheme.organ(view(step_.getWho()));
    if (!organ) return;
    SchemePath path = SchemePath{} / "organs" / view(step_.getWho()) / "committee";
    auto committee = organ->getCommittee();
    if (step_.getWho() == "reviewer") {
      add(path_ / "ballot", "评审组以名单提出建议，不表决",
          "a review group proposes by its list and does not vote");
      return;
    }
    if (!organ->hasCommittee()) {
      add(path_ / "ballot", "机构“" + string(organ->getOrgan()) + "”没有写明如何表决（committee）",
          "the organ “" + string(organ->getOrgan()) + "” does not say how it votes (committee)");
      return;
    }
    // More than so many percent; 100 cannot be exceeded, and 0 says nothing.
    check_percent(committee.getQuorumPercent(), path / "quorumPercent");
    check_percent(committee.getMajorityPercent(), path / "majorityPercent");
    if (committee.hasClause() || committee.getSource() != Source::COMPLETE) return;
    add(path, "须写明数字出自哪一条款（clause）；原文未规定的，注明 source: notInSource",
        "names the clause that gives its numbers, or says source: notInSource");
  }

  void check_percent(unsigned percent, const SchemePath& path) {
    if (percent >= 1 && percent <= 99) return;
    add(path, "须为 1 到 99，表示“超过”：50 为过半数，66 为三分之二以上",
        "must be 1 to 99, which has to be exceeded: 50 is more than half, 66 two thirds or more");
  }

  void check_points() {
    auto from = check_.scheme.step(view(step_.getList().getFrom()));
    if (!from || from->getKind() == StepKind::RANK) return;
    add(path_ / "list" / "pointsAtLeast", "名单须从排序（rank）中选取，才有得分可比",
        "the list must be chosen from a ranking, or there are no points to compare");
  }

  // Passed before this step on each track on which both are.
  void need_earlier(Step::Reader other, const SchemePath& path) {
    if (!check_.graph.complete()) return;
    std::vector<std::string_view> without;
    for (std::string_view track : check_.graph.tracks_of(step_)) {
      if (!check_.graph.takes_applications(track) || !check_.scheme.applies(other, track)) continue;
      if (!check_.graph.before(step_, track).contains(view(other.getStep()))) {
        without.push_back(track);
      }
    }
    if (without.empty()) return;
    std::string id = string(other.getStep());
    add(path, "“" + id + "”不在此步骤之前，类别：" + joined(without),
        "“" + id + "” does not come before this step, on the tracks: " + joined(without));
  }

  const SchemeCheck& check_;
  Step::Reader step_;
  SchemePath path_;
};

void check_rank_ties(const SchemeCheck& check) {
  auto scheme = check.scheme.reader();
  if (!scheme.hasRankTies()) return;
  auto ties = scheme.getRankTies();
  if (ties.hasClause() || ties.getSource() != Source::COMPLETE) return;
  check.report.add(SchemePath{} / "rankTies",
                   "须写明条款（clause）；原文未规定的，注明 source: notInSource",
                   "names its clause, or says source: notInSource");
}

}  // namespace

void check_scores(const SchemeCheck& check) {
  check_rank_ties(check);
  for (auto step : check.scheme.reader().getSteps()) ScoreCheck(check, step).run();
}

}  // namespace engine
