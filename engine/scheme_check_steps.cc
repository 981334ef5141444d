#include <algorithm>
#include <string>
#include <vector>

#include "engine/scheme_checks.h"
#include "events/record.h"
#include "events/words.h"

namespace engine {
namespace {

using events::Step;
using events::StepKind;
using events::string;
using events::view;

using Parts = std::vector<std::string_view>;

// What a step of a kind must say, and what it may say besides. Anything else no command would look
// at, so whoever wrote it was mistaken about the kind.
struct Wanted {
  Parts must;
  Parts may;
};

Wanted wanted(StepKind kind) {
  switch (kind) {
    case StepKind::CALL:
      return {{}, {}};
    case StepKind::APPLY:
      return {{"after", "form"}, {"tracks", "closes", "requires"}};
    case StepKind::ACCEPT:
      return {{"after"}, {"tracks", "closes", "requires"}};
    case StepKind::DRAW:
      return {{"after", "group"}, {"tracks"}};
    case StepKind::REVIEW:
      return {{"after", "review"}, {"tracks", "closes", "weightPercent"}};
    case StepKind::RANK:
      return {{"after"}, {"tracks", "counts"}};
    case StepKind::APPROVE:
    case StepKind::CONFER:
      return {{"after"}, {"tracks"}};
    case StepKind::SELECT:
    case StepKind::DELIBERATE:
      return {{"after", "list"}, {"tracks", "counts", "ballot"}};
    case StepKind::NOTICE:
      return {{"after", "notice"}, {"tracks"}};
    case StepKind::VISIT:
    case StepKind::CONSULT:
    case StepKind::RECOMMEND:
    case StepKind::EXAMINE:
    case StepKind::HEAR:
    case StepKind::DEFEND:
    case StepKind::EVALUATE:
    case StepKind::NOTIFY:
    case StepKind::PAY:
    case StepKind::REPORT:
    case StepKind::RECORD:
      break;
  }
  Wanted act{
      {"after"},
      {"tracks", "closes", "form", "requires", "opinion", "failing", "weightPercent", "notOn"}};
  if (kind == StepKind::VISIT) act.may.insert(act.may.end(), {"visit", "adjusts"});
  if (kind == StepKind::CONSULT || kind == StepKind::EXAMINE) act.may.push_back("consult");
  if (kind == StepKind::RECOMMEND) act.may.push_back("channel");
  return act;
}

// All that depends on the kind.
const Parts& parts() {
  static const Parts all = {"after",   "tracks", "closes",  "form",          "requires",
                            "review",  "group",  "list",    "notice",        "opinion",
                            "failing", "visit",  "consult", "weightPercent", "notOn",
                            "channel", "ballot", "adjusts", "counts"};
  return all;
}

bool has(const Parts& list, std::string_view part) {
  return std::ranges::find(list, part) != list.end();
}

void check_parts(const SchemeCheck& check, Step::Reader step, const SchemePath& path) {
  auto kinds = capnp::Schema::from<StepKind>().getEnumerants();
  auto kind = kinds[static_cast<unsigned>(step.getKind())];
  std::string zh = "“" + events::zh_name(kind) + "”（" + kind.getProto().getName().cStr() + "）";
  std::string en = std::string("a step of kind ") + kind.getProto().getName().cStr();
  Wanted all = wanted(step.getKind());
  capnp::DynamicStruct::Reader dynamic = capnp::toDynamic(step);
  for (std::string_view part : parts()) {
    auto field = dynamic.getSchema().getFieldByName(kj::StringPtr(part.data(), part.size()));
    bool said = dynamic.has(field, capnp::HasMode::NON_DEFAULT);
    std::string name(part);
    if (!said && has(all.must, part)) {
      check.report.add(path / part, zh + "步骤须写明 " + name, en + " needs “" + name + "”");
    }
    if (said && !has(all.must, part) && !has(all.may, part)) {
      check.report.add(path / part, zh + "步骤不使用 " + name, en + " does not use “" + name + "”");
    }
  }
  if (step.getWeightPercent() > 100) {
    check.report.add(path / "weightPercent", "权重不能超过 100", "a weight is at most 100");
  }
}

// The engine knows two organs by their ids: an applicant acts through its representative, a
// reviewer for the group that has the application.
void check_who(const SchemeCheck& check, Step::Reader step, const SchemePath& path) {
  if (step.getKind() == StepKind::REVIEW && step.getWho() != "reviewer") {
    check.report.add(path / "who", "评审由评审组成员进行：who 须为 reviewer",
                     "those who review are the members of a group: who must be “reviewer”");
  }
  if (step.getWho() == "applicant" && !is_of_application(step.getKind())) {
    check.report.add(path / "who", "申报主体只能办理针对单个申报的步骤",
                     "an applicant acts only in steps about its own application");
  }
}

// Each application passes such a step by itself; nobody passes the call.
void check_after_call(const SchemeCheck& check, Step::Reader step, const SchemePath& path) {
  if (!is_of_application(step.getKind()) || step.getKind() == StepKind::APPLY) return;
  for (unsigned i = 0; i < step.getAfter().size(); ++i) {
    auto before = check.scheme.step(view(step.getAfter()[i]));
    if (!before || before->getKind() != StepKind::CALL) continue;
    check.report.add(
        path / "after" / std::size_t(i), "此步骤针对单个申报，其前应为申报步骤，而不是发布通知",
        "this step is about one application: it comes after a step that the application "
        "passes, not after the call");
  }
}

void check_calls(const SchemeCheck& check) {
  unsigned calls = 0;
  for (auto step : check.scheme.reader().getSteps()) {
    if (step.getKind() != StepKind::CALL || ++calls == 1) continue;
    check.report.add(SchemePath{} / "steps" / view(step.getStep()),
                     "只能有一个发布通知（call）步骤", "there can be only one step of kind call");
  }
  if (calls > 0) return;
  check.report.add(SchemePath{} / "steps", "缺少发布通知（call）步骤，轮次无从开始",
                   "there is no step of kind call, so no round can begin");
}

}  // namespace

void check_steps(const SchemeCheck& check) {
  check_calls(check);
  for (auto step : check.scheme.reader().getSteps()) {
    SchemePath path = SchemePath{} / "steps" / view(step.getStep());
    check_parts(check, step, path);
    check_who(check, step, path);
    check_after_call(check, step, path);
  }
}

}  // namespace engine
