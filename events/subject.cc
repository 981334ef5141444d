#include "events/subject.h"

#include <capnp/any.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>

#include "events/annotations.h"
#include "events/assert.h"

namespace events {
namespace {

using capnp::StructSchema;

struct Plan;

// Where in a struct a subject stands, or a struct in which one may stand.
struct Step {
  enum class Holds { text, texts, structure, structures, group };

  Holds holds = Holds::text;
  std::uint32_t pointer = 0;  // Among the struct's pointers; a group has none of its own.
  std::string kind;
  bool folded = true;
  const Plan* inner = nullptr;
  capnp::ListSchema list{};  // Of structures.
};

// The way through a struct to its subjects, straight to the pointers: asking for every field by its
// schema costs five times as much, and this runs for each event that is written, indexed or
// verified.
struct Plan {
  bool has_union = false;
  std::uint32_t discriminant = 0;  // In units of two bytes of the data section.
  // By the union's member, which mostly needs few of all the fields; the last is for none of them.
  std::vector<std::vector<Step>> by_member;
};

bool tagged(StructSchema::Field field) {
  return annotation::text_of(field, annotation::subject) ||
         annotation::text_of(field, annotation::mentions);
}

std::optional<StructSchema> struct_in(capnp::Type type) {
  if (type.isStruct()) return type.asStruct();
  if (!type.isList()) return std::nullopt;
  auto element = type.asList().getElementType();
  if (element.isStruct()) return element.asStruct();
  return std::nullopt;
}

bool holds_subjects(StructSchema schema, std::set<std::uint64_t>& seen) {
  if (!seen.insert(schema.getProto().getId()).second) return false;
  for (auto field : schema.getFields()) {
    if (tagged(field)) return true;
    auto inner = struct_in(field.getType());
    if (inner && holds_subjects(*inner, seen)) return true;
  }
  return false;
}

class Planner {
 public:
  const Plan& plan_of(StructSchema schema) {
    auto& plan = plans_[schema.getProto().getId()];
    if (!plan) {
      plan = std::make_unique<Plan>();
      fill(*plan, schema);
    }
    return *plan;
  }

 private:
  void fill(Plan& plan, StructSchema schema) {
    auto shape = schema.getProto().getStruct();
    std::uint16_t members = shape.getDiscriminantCount();
    plan.has_union = members > 0;
    plan.discriminant = shape.getDiscriminantOffset();
    std::vector<std::vector<Step>> by_member(std::size_t{members} + 1);
    for (auto field : schema.getFields()) {
      auto step = step_of(field);
      if (!step) continue;
      std::uint16_t member = field.getProto().getDiscriminantValue();
      if (member != capnp::schema::Field::NO_DISCRIMINANT) {
        by_member[member].push_back(*step);
      } else {
        for (auto& steps : by_member) steps.push_back(*step);
      }
    }
    plan.by_member = std::move(by_member);
  }

  std::optional<Step> step_of(StructSchema::Field field) {
    Step step;
    auto type = field.getType();
    auto subject_kind = annotation::text_of(field, annotation::subject);
    auto mentioned_kind = annotation::text_of(field, annotation::mentions);
    std::set<std::uint64_t> seen;
    if (subject_kind || mentioned_kind) {
      ASSERT(type.isText() || (type.isList() && type.asList().getElementType().isText()));
      step.holds = type.isText() ? Step::Holds::text : Step::Holds::texts;
      step.kind = subject_kind ? *subject_kind : *mentioned_kind;
      step.folded = subject_kind.has_value();
    } else if (auto inner = struct_in(type); inner && holds_subjects(*inner, seen)) {
      step.holds = type.isStruct() ? Step::Holds::structure : Step::Holds::structures;
      step.inner = &plan_of(*inner);
      if (type.isList()) step.list = type.asList();
    } else {
      return std::nullopt;
    }
    if (field.getProto().isGroup()) {
      step.holds = Step::Holds::group;
    } else {
      step.pointer = field.getProto().getSlot().getOffset();
    }
    return step;
  }

  std::unordered_map<std::uint64_t, std::unique_ptr<Plan>> plans_;
};

const std::vector<Step>& steps_for(const Plan& plan, capnp::AnyStruct::Reader message) {
  if (!plan.has_union) return plan.by_member.back();
  auto data = message.getDataSection();
  std::size_t at = std::size_t{plan.discriminant} * 2;
  std::size_t member = 0;  // What is not written is zero.
  if (at + 1 < data.size()) member = static_cast<std::size_t>(data[at] | data[at + 1] << 8);
  return plan.by_member[std::min(member, plan.by_member.size() - 1)];
}

class Collector {
 public:
  explicit Collector(std::vector<Subject>& found) : found_(found) {}

  void visit(const Plan& plan, capnp::AnyStruct::Reader message) {
    auto pointers = message.getPointerSection();
    for (const Step& step : steps_for(plan, message)) {
      if (step.holds == Step::Holds::group) {
        visit(*step.inner, message);
      } else if (step.pointer < pointers.size()) {
        follow(step, pointers[step.pointer]);
      }
    }
  }

  void finish() { found_.resize(used_); }

 private:
  void follow(const Step& step, capnp::AnyPointer::Reader pointer) {
    if (pointer.isNull()) return;
    switch (step.holds) {
      case Step::Holds::text:
        add(step, pointer.getAs<capnp::Text>());
        break;
      case Step::Holds::texts:
        for (auto id : pointer.getAs<capnp::List<capnp::Text>>()) add(step, id);
        break;
      case Step::Holds::structure:
        visit(*step.inner, pointer.getAs<capnp::AnyStruct>());
        break;
      case Step::Holds::structures:
        for (auto one : pointer.getAs<capnp::DynamicList>(step.list)) {
          visit(*step.inner, one.as<capnp::DynamicStruct>());
        }
        break;
      case Step::Holds::group:
        break;
    }
  }

  void add(const Step& step, capnp::Text::Reader id) {
    if (id.size() == 0) return;
    // Written over the name that stood there for an earlier message, whose memory is kept.
    if (used_ == found_.size()) found_.emplace_back();
    Subject& added = found_[used_];
    added.name.assign(step.kind).append("/").append(id.cStr(), id.size());
    added.folded = step.folded;
    for (std::size_t i = 0; i < used_; ++i) {
      if (found_[i].name != added.name) continue;
      found_[i].folded = found_[i].folded || step.folded;
      return;
    }
    ++used_;
  }

  std::vector<Subject>& found_;
  std::size_t used_ = 0;
};

}  // namespace

std::string subject(std::string_view kind, std::string_view id) {
  std::string name;
  name.reserve(kind.size() + 1 + id.size());
  return name.append(kind).append("/").append(id);
}

std::string_view kind_of(std::string_view subject) { return subject.substr(0, subject.find('/')); }

std::string_view id_of(std::string_view subject) {
  auto slash = subject.find('/');
  return slash == std::string_view::npos ? std::string_view() : subject.substr(slash + 1);
}

std::vector<Subject> subjects_of(capnp::DynamicStruct::Reader message) {
  std::vector<Subject> found;
  found.reserve(8);
  subjects_of(message, found);
  return found;
}

void subjects_of(capnp::DynamicStruct::Reader message, std::vector<Subject>& found) {
  thread_local Planner planner;
  // Whoever goes through a log asks about one schema again and again.
  thread_local StructSchema last;
  thread_local const Plan* plan = nullptr;
  if (!plan || last != message.getSchema()) {
    last = message.getSchema();
    plan = &planner.plan_of(last);
  }
  Collector collector(found);
  collector.visit(*plan, message);
  collector.finish();
}

}  // namespace events
