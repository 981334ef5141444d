#include "cli/event_walk.h"

#include <algorithm>

#include "cli/event_json.h"
#include "events/event.capnp.h"
#include "events/nearest.h"
#include "events/subject.h"

namespace cli {

using events::Code;
using events::Position;
using events::Result;
using events::view;

Result<> check(const EventFilter& wanted) {
  if (!wanted.subject.empty() && events::id_of(wanted.subject).empty()) {
    return events::fail(
        Code::invalid, "对象要写成 类别/编号，例如 application/A-01：" + wanted.subject,
        "a subject is written kind/id, for example application/A-01: " + wanted.subject);
  }
  if (wanted.type.empty()) return {};
  std::vector<std::string_view> names;
  for (auto field : capnp::Schema::from<events::Event>().getUnionFields()) {
    names.push_back(field.getProto().getName().cStr());
  }
  if (std::ranges::find(names, wanted.type) != names.end()) return {};
  std::string meant(events::nearest(wanted.type, names));
  return events::fail(
      Code::invalid,
      "没有这种事件：" + wanted.type + (meant.empty() ? "" : "；您要的是 " + meant + " 吗？"),
      "there is no event " + wanted.type + (meant.empty() ? "" : ": did you mean " + meant + "?"));
}

EventWalk::EventWalk(const events::Log& log, EventFilter filter, Position until)
    : filter_(std::move(filter)), until_(until) {
  if (!filter_.subject.empty()) {
    add(log.read_subject(filter_.subject, filter_.after));
    if (filter_.mentions) add(log.read_mentions(filter_.subject, filter_.after));
  } else if (!filter_.actor.empty()) {
    add(log.read_mentions(events::subject("actor", filter_.actor), filter_.after));
  } else {
    add(log.read(filter_.after));
  }
}

bool EventWalk::next() {
  auto looks = static_cast<std::size_t>(-1);
  return next(looks) == Found::event;
}

EventWalk::Found EventWalk::next(std::size_t& looks) {
  while (looks > 0) {
    --looks;
    if (at_ < cursors_.size() && !cursors_[at_].next()) drop(at_);
    if (cursors_.empty()) return Found::end;
    at_ = first();
    if (recorded().position > until_) return Found::end;
    if (fits()) return Found::event;
  }
  return Found::tired;
}

void EventWalk::add(events::Cursor cursor) {
  if (cursor.next()) cursors_.push_back(std::move(cursor));
}

std::size_t EventWalk::first() const {
  std::size_t best = 0;
  for (std::size_t i = 1; i < cursors_.size(); ++i) {
    if (cursors_[i].recorded().position < cursors_[best].recorded().position) best = i;
  }
  return best;
}

bool EventWalk::fits() const {
  if (!filter_.actor.empty() && view(recorded().record.getActor()) != filter_.actor) return false;
  return filter_.type.empty() || event_type(recorded().event()) == filter_.type;
}

}  // namespace cli
