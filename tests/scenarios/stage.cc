#include "tests/scenarios/stage.h"

#include "events/assert.h"
#include "events/decode.h"
#include "events/encode.h"
#include "tests/scenarios/phrase.h"

namespace tests {

using events::Node;
using events::Result;

namespace {

constexpr engine::WriterOptions few_subjects{.subjects_max = 500};

bool same(const std::optional<events::Error>& a, const std::optional<events::Error>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->code == b->code && a->clause == b->clause && a->words.zh == b->words.zh &&
         a->words.en == b->words.en;
}

}  // namespace

Stage::Stage(events::Safe& safe, events::Moment opened, bool simulated)
    : safe_(safe), env_(rocksdb::NewMemEnv(rocksdb::Env::Default())), clock_(opened) {
  events::LogOptions options;
  options.folder = "/data";
  options.env = env_.get();
  auto log = events::Log::create(options);
  ASSERT(log.has_value());
  log_ = std::move(*log);
  writer_.emplace(*log_, safe_, clock_, few_subjects);
  auto reply = writer_->open_log(scenario_origin, "Asia/Shanghai", simulated, "admin");
  ASSERT(!reply.refusal);
}

Result<events::Message<engine::Command>> Stage::read(const Act& act) {
  Node node = *act.command;
  if (!member(node, "id")) {
    Node id;
    id.kind = Node::Kind::text;
    id.text = "c-" + std::to_string(++commands_);
    node.map.push_back({"id", id, node.place});
  }
  capnp::MallocMessageBuilder builder;
  TRY(events::decode(node, builder.initRoot<engine::Command>(), act.place));
  return events::Message<engine::Command>(builder);
}

Result<Outcome> Stage::play(const Act& act) {
  if (act.at) clock_.move_to(*act.at);
  if (!act.command) return Outcome{};
  last_ = TRY(read(act));
  last_authentication_ =
      act.session ? events::Authentication::SESSION : events::Authentication::ASSERTED;
  events::Position before = log_->head();
  Outcome outcome{writer_->write(*last_, last_authentication_), {}};
  auto cursor = log_->read(before);
  while (cursor.next()) outcome.records.push_back(events::encode(cursor.recorded().record));
  return outcome;
}

std::string Stage::replay(const Outcome& first) {
  engine::Writer fresh(*log_, safe_, clock_, few_subjects);
  events::Position before = log_->head();
  auto again = fresh.write(*last_, last_authentication_);
  if (log_->head() != before) return "sent again, it was recorded a second time";
  if (again.repeated != (first.reply.first > 0)) return "sent again, it was not known any more";
  bool positions = again.first == first.reply.first && again.last == first.reply.last;
  if (!positions) return "sent again, it was answered with other positions";
  if (same(again.refusal, first.reply.refusal)) return {};
  return "sent again, it was answered otherwise: " +
         (again.refusal ? again.refusal->words.zh : std::string("not refused"));
}

}  // namespace tests
