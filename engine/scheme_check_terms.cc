#include <algorithm>
#include <optional>
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

// Looks at one step, together with those that it names.
class TermCheck {
 public:
  TermCheck(const SchemeCheck& check, Step::Reader step)
      : scheme_(check.scheme),
        graph_(check.graph),
        report_(check.report),
        step_(step),
        path_(SchemePath{} / "steps" / view(step.getStep())),
        tracks_(check.graph.tracks_of(step)) {
    std::erase_if(tracks_, [&](auto track) { return !graph_.takes_applications(track); });
  }

  void run() {
    if (step_.hasCloses()) check_closes();
    if (step_.hasReview()) check_review();
    if (step_.hasGroup()) check_group();
    if (step_.hasList()) check_list();
    if (step_.hasNotice()) check_notice();
    if (step_.hasNotOn()) check_not_on();
    if (step_.hasChannel()) check_channel();
    if (step_.getKind() == StepKind::RANK && !step_.hasCounts())
      check_one_before(is_review, "评审（review）", "review");
    if (step_.getKind() == StepKind::APPROVE) check_one_before(is_list, "名单", "list");
    if (step_.getKind() == StepKind::CONFER) check_confer();
    if (is_of_application(step_.getKind())) check_lists_behind();
  }

 private:
  static bool is_review(Step::Reader step) { return step.getKind() == StepKind::REVIEW; }
  static bool is_list(Step::Reader step) { return makes_list(step.getKind()); }

  void check_closes() {
    auto closing = step_.getCloses();
    if (!closing.isWithin()) return;
    SchemePath path = path_ / "closes" / "within";
    if (step_.getKind() == StepKind::APPLY) {
      report_.add(path, "申报截止日由通知规定：应写 closes: {inCall: {}}",
                  "the last day to apply is set by the call: closes: {inCall: {}}");
      return;
    }
    check_period(closing.getWithin().getPeriod(), path / "period");
    auto from = scheme_.step(view(closing.getWithin().getFrom()));
    if (!from) return;
    need_earlier(*from, path / "from");
    if (from->getKind() == StepKind::CALL || from->getKind() == StepKind::DRAW) {
      report_.add(path / "from", "期限须从申报已通过的步骤起算",
                  "the period starts when an application has passed a step; it passes no such one");
    }
  }

  void check_period(events::Period::Reader period, const SchemePath& path) {
    if (period.getNumber() > 0) return;
    report_.add(path / "number", "期限须大于 0", "a period is longer than 0");
  }

  void check_review() {
    auto review = step_.getReview();
    SchemePath path = path_ / "review";
    need_ground(review, path);
    if (review.getScoresAtLeast() == 0) {
      report_.add(path / "scoresAtLeast", "至少须有 1 份评分", "at least one score is needed");
    }
    std::vector<std::string_view> without;
    for (std::string_view track : tracks_) {
      if (!scheme_.track(track)->hasRubric()) without.push_back(track);
    }
    if (!without.empty()) {
      report_.add(path, "这些类别没有评审标准（rubric）：" + joined(without),
                  "these tracks have no rubric to review by: " + joined(without));
    }
    check_groups(review, path);
  }

  void check_groups(events::Review::Reader review, const SchemePath& path) {
    if (!graph_.complete()) return;
    std::vector<std::string_view> without;
    for (std::string_view track : tracks_) {
      unsigned size = 0;
      for (std::string_view id : graph_.before(step_, track)) {
        auto before = scheme_.step(id);
        if (before->getKind() == StepKind::DRAW) size = before->getGroup().getSize();
      }
      if (size == 0) {
        without.push_back(track);
      } else if (review.getScoresAtLeast() > size) {
        report_.add(path / "scoresAtLeast",
                    "超过评审组人数（至少 " + std::to_string(size) + " 人）",
                    "is more than a group may have (at least " + std::to_string(size) + ")");
        return;
      }
    }
    if (without.empty()) return;
    report_.add(path_ / "after", "此前没有组成评审组（draw）的类别：" + joined(without),
                "no step of kind draw comes before, for the tracks: " + joined(without));
  }

  void check_group() {
    auto group = step_.getGroup();
    SchemePath path = path_ / "group";
    need_ground(group, path);
    if (group.getSize() == 0) {
      report_.add(path / "size", "评审组至少 1 人", "a group has at least one member");
    } else if (group.getOdd() && group.getSize() % 2 == 0) {
      report_.add(path / "size", "须为单数", "must be odd, as the group must");
    }
  }

  // Numbers that no clause gives are permitted, but not silently.
  template <class Terms>
  void need_ground(Terms terms, const SchemePath& path) {
    if (terms.hasClause() || terms.getSource() != Source::COMPLETE) return;
    report_.add(path, "须写明数字出自哪一条款（clause）；原文未规定的，注明 source: notInSource",
                "names the clause that gives its numbers, or says source: notInSource");
  }

  void check_list() {
    auto list = step_.getList();
    SchemePath path = path_ / "list";
    if (auto from = scheme_.step(view(list.getFrom()))) {
      if (!makes_list(from->getKind()) && from->getKind() != StepKind::RANK) {
        report_.add(path / "from", "须是排序（rank）或名单（select、deliberate）步骤",
                    "must be a step of kind rank, select or deliberate");
      } else {
        need_earlier(*from, path / "from");
      }
    }
    if (!list.getQuota()) return;
    std::vector<std::string_view> without;
    for (std::string_view track : tracks_) {
      if (!has_quota(track)) without.push_back(track);
    }
    if (without.empty()) return;
    report_.add(path / "quota", "这些类别没有名额（quotas）：" + joined(without),
                "no quota names these tracks: " + joined(without));
  }

  bool has_quota(std::string_view track) const {
    for (auto quota : scheme_.reader().getQuotas()) {
      for (auto one : quota.getTracks()) {
        if (view(one) == track) return true;
      }
    }
    return false;
  }

  void check_notice() {
    auto notice = step_.getNotice();
    SchemePath path = path_ / "notice";
    check_period(notice.getLasting(), path / "lasting");
    if (notice.getChannels().size() == 0) {
      report_.add(path / "channels", "须至少有一个公示渠道", "a notice has at least one channel");
    }
    auto list = scheme_.step(view(notice.getList()));
    if (!list) return;
    if (makes_list(list->getKind())) {
      need_earlier(*list, path / "list");
    } else {
      report_.add(path / "list", "须是名单（select、deliberate）步骤",
                  "must be a step of kind select or deliberate");
    }
  }

  // Behind the list itself nobody who did not come on it would get here.
  void check_not_on() {
    auto list = scheme_.step(view(step_.getNotOn()));
    if (!list) return;
    if (!makes_list(list->getKind())) {
      report_.add(path_ / "notOn", "须是名单（select、deliberate）步骤",
                  "must be a step of kind select or deliberate");
    }
    for (std::string_view track : tracks_) {
      if (!graph_.complete() || !graph_.before(step_, track).contains(view(list->getStep()))) {
        continue;
      }
      report_.add(path_ / "after", "不能在此名单之后：未列入者到不了；请写名单所依据的步骤",
                  "cannot come after that list, or those who are not on it never get here: name "
                  "what the list was chosen from");
      return;
    }
  }

  // Each choice of the field is one of the recommenders.
  void check_channel() {
    SchemePath path = path_ / "channel";
    std::vector<std::string_view> channels;
    for (auto one : scheme_.reader().getRecommenders())
      channels.push_back(view(one.getRecommender()));
    auto form = scheme_.form(view(step_.getForm()));
    std::vector<std::string_view> fields;
    if (form) {
      for (auto field : form->getFields()) fields.push_back(view(field.getField()));
    }
    std::string_view id = view(step_.getChannel());
    auto at = std::ranges::find(fields, id);
    if (!form || at == fields.end()) {
      report_.unknown(path, id, "此步骤表单的字段", "fields of the step's form", fields);
      return;
    }
    auto field = form->getFields()[static_cast<unsigned>(at - fields.begin())];
    if (field.getType() != events::FieldType::CHOICE || !field.getRequired()) {
      report_.add(path, "须是必填的选项字段（choice）", "must be a required field of type choice");
    }
    for (auto choice : field.getChoices()) {
      if (std::ranges::find(channels, view(choice)) != channels.end()) continue;
      report_.unknown(path, view(choice), "推荐渠道", "recommenders", channels);
    }
  }

  // The other one applies to all tracks of this one, and is passed before it on each.
  void need_earlier(Step::Reader other, const SchemePath& path) {
    if (!graph_.complete()) return;
    std::vector<std::string_view> without;
    for (std::string_view track : tracks_) {
      if (!graph_.before(step_, track).contains(view(other.getStep()))) without.push_back(track);
    }
    if (without.empty()) return;
    std::string id = string(other.getStep());
    report_.add(path, "“" + id + "”不在此步骤之前，类别：" + joined(without),
                "“" + id + "” does not come before this step, on the tracks: " + joined(without));
  }

  // The engine takes the results or the list of a track from the one step of its kind that `after`
  // names there.
  void check_one_before(bool (*wanted)(Step::Reader), const std::string& zh,
                        const std::string& en) {
    for (std::string_view track : tracks_) {
      auto steps = graph_.directly_before(step_, track);
      auto found = std::to_string(std::ranges::count_if(steps, wanted));
      if (found == "1") continue;
      std::string at(track);
      report_.add(
          path_ / "after", "在类别 " + at + " 上须恰有一个" + zh + "步骤，现有 " + found + " 个",
          "names exactly one step of kind " + en + " on the track " + at + "; it names " + found);
      return;
    }
  }

  // Each step before is looked for in the application, so it must be one that applications pass.
  void check_confer() {
    for (unsigned i = 0; i < step_.getAfter().size(); ++i) {
      auto before = scheme_.step(view(step_.getAfter()[i]));
      if (!before) continue;
      bool all = std::ranges::all_of(
          tracks_, [&](std::string_view track) { return scheme_.applies(*before, track); });
      if (all && before->getKind() != StepKind::DRAW) continue;
      report_.add(path_ / "after" / std::size_t(i),
                  "授奖之前的步骤须适用于其全部类别，且由申报通过",
                  "what comes before the award must apply to all its tracks and be passed by "
                  "applications");
    }
  }

  // The end of a notice, or an approval, is known of the whole track. Without its list in `after`,
  // it would let through the very applications that did not come on that list.
  void check_lists_behind() {
    if (step_.getKind() == StepKind::CONFER)
      return;  // There the engine asks the application itself.
    for (unsigned i = 0; i < step_.getAfter().size(); ++i) {
      auto before = scheme_.step(view(step_.getAfter()[i]));
      if (!before) continue;
      std::string list = list_of(*before);
      if (list.empty() || names_before(list)) continue;
      report_.add(
          path_ / "after" / std::size_t(i),
          "还须写上名单步骤“" + list + "”，否则未列入名单的申报也能办理此步骤",
          "name the list “" + list + "” too, or applications that are not on it get through");
    }
  }

  std::string list_of(Step::Reader step) const {
    if (step.hasNotice()) {
      auto list = scheme_.step(view(step.getNotice().getList()));
      return list && is_list(*list) ? string(list->getStep()) : std::string();
    }
    if (step.getKind() != StepKind::APPROVE) return {};
    for (auto id : step.getAfter()) {
      auto before = scheme_.step(view(id));
      if (before && is_list(*before)) return string(id);
    }
    return {};
  }

  bool names_before(std::string_view id) const {
    for (auto one : step_.getAfter()) {
      if (view(one) == id) return true;
    }
    return false;
  }

  const Scheme& scheme_;
  const StepGraph& graph_;
  SchemeReport& report_;
  Step::Reader step_;
  SchemePath path_;
  std::vector<std::string_view> tracks_;
};

}  // namespace

void check_step_terms(const SchemeCheck& check) {
  for (auto step : check.scheme.reader().getSteps()) TermCheck(check, step).run();
}

}  // namespace engine
