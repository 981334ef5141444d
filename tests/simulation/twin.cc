#include "tests/simulation/twin.h"

#include "events/assert.h"
#include "events/code.h"
#include "tests/given.h"

namespace tests {
namespace {

constexpr engine::WriterOptions forgetful{.subjects_max = 0};

}  // namespace

Twin::Twin(events::Safe& safe)
    : safe_(safe), disk_(rocksdb::NewMemEnv(rocksdb::Env::Default())), clock_(events::Moment{}) {}

void Twin::open(const events::Recorded& first) {
  auto log = events::Log::create({.folder = "/twin", .env = disk_.get(), .kept = {}, .die = {}});
  ASSERT(log);
  log_ = *std::move(log);
  clock_.move_to(first.at());
  auto opened = first.event().getLogOpened();
  engine::Writer writer(*log_, safe_, clock_, forgetful);
  auto reply = writer.open_log(events::string(opened.getOrigin()), events::string(opened.getZone()),
                               opened.getClock() == events::ClockKind::SIMULATED,
                               events::string(opened.getAdministrator()));
  ASSERT(!reply.refusal);
}

engine::Reply Twin::tell(const std::string& text, events::Moment now) {
  clock_.move_to(now);
  engine::Writer writer(*log_, safe_, clock_, forgetful);
  return writer.write(command(text));
}

bool same_answer(const engine::Reply& one, const engine::Reply& other) {
  if (one.first != other.first || one.last != other.last) return false;
  if (one.refusal.has_value() != other.refusal.has_value()) return false;
  if (!one.refusal) return true;
  return one.refusal->code == other.refusal->code && one.refusal->clause == other.refusal->clause &&
         one.refusal->words.zh == other.refusal->words.zh &&
         one.refusal->words.en == other.refusal->words.en;
}

std::string text(const engine::Reply& reply) {
  std::string text = std::to_string(reply.first) + "–" + std::to_string(reply.last);
  if (reply.repeated) text += " again";
  if (!reply.refusal) return text;
  return text + " refused: " + std::string(events::code_name(reply.refusal->code)) + " " +
         reply.refusal->clause + ": " + reply.refusal->words.en;
}

}  // namespace tests
