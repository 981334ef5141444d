#include "engine/writer.h"

#include <capnp/dynamic.h>

#include "engine/context.h"
#include "engine/decide.h"
#include "engine/seal_command.h"
#include "events/code.h"
#include "events/decode.h"
#include "events/sha256.h"
#include "events/subject.h"

namespace engine {
namespace {

using events::string;
using events::view;

// The same for every program that holds the same command, whatever way its bytes were laid out.
events::Hash digest(Command::Reader command) {
  auto words = capnp::AnyStruct::Reader(command).canonicalize();
  return events::sha256(events::as_bytes(words.asPtr()));
}

void add_grounds(Decision& decision, const Memory& memory) {
  events::Record::Builder record = decision.drafts.front().record();
  auto basis = memory.basis();
  auto decided_on = record.initDecidedOn(static_cast<unsigned>(basis.size()));
  for (unsigned i = 0; i < basis.size(); ++i) {
    decided_on[i].setSubject(basis[i].first);
    decided_on[i].setPosition(basis[i].second);
  }
  if (decision.findings.empty()) return;
  auto grounds = record.initGrounds(static_cast<unsigned>(decision.findings.size()));
  for (unsigned i = 0; i < decision.findings.size(); ++i) {
    const Finding& finding = decision.findings[i];
    grounds[i].setClause(finding.clause);
    grounds[i].setRule(finding.rule);
    grounds[i].setResult(finding.verdict);
    if (!finding.needed.empty()) grounds[i].setNeeded(finding.needed);
    if (!finding.found.empty()) grounds[i].setFound(finding.found);
    if (finding.inputs.empty()) continue;
    auto inputs = grounds[i].initInputs(static_cast<unsigned>(finding.inputs.size()));
    for (unsigned j = 0; j < finding.inputs.size(); ++j) inputs.set(j, finding.inputs[j]);
  }
}

std::string command_type(Command::Reader command) {
  capnp::DynamicStruct::Reader dynamic(command);
  KJ_IF_MAYBE (member, dynamic.which()) {
    return std::string(member->getProto().getName().cStr());
  }
  return "unset";
}

// What the command was about, in the form that does not move a version.
std::vector<std::string> attempted(Command::Reader command) {
  std::vector<std::string> out;
  for (const events::Subject& one : events::subjects_of(command)) {
    auto kind = events::kind_of(one.name);
    if (kind == "person" && events::id_of(one.name) == view(command.getActor())) continue;
    out.push_back(std::string(kind) + ":" + std::string(events::id_of(one.name)));
  }
  return out;
}

// What the command names, and what that belongs to.
bool rests_on(const Memory& memory, Command::Reader command, std::string_view subject) {
  auto named = events::subjects_of(command);
  auto is = [&](const auto& name) { return name == subject; };
  return std::ranges::any_of(named, is, &events::Subject::name) ||
         std::ranges::any_of(memory.basis(), is, [](const auto& one) { return one.first; });
}

}  // namespace

Writer::Writer(events::Log& log, events::Safe& safe, const events::Clock& clock,
               WriterOptions options)
    : log_(log),
      safe_(safe),
      clock_(clock),
      options_(options),
      memory_(log, options.subjects_max) {}

std::vector<Reply> Writer::write(const std::vector<Asked>& commands) {
  std::vector<Reply> replies;
  replies.reserve(commands.size());
  for (auto next = commands.begin(); next != commands.end();) {
    events::Batch batch(log_.origin(), log_.head(), log_.last());
    for (; next != commands.end() && batch.bytes() < options_.batch_bytes_max; ++next) {
      replies.push_back(handle(next->command.reader(), next->authentication, batch));
    }
    // A refusal also waits for the sync: it may rest on events of this very batch.
    if (!batch.empty()) log_.append(batch);
    memory_.forget_surplus();
  }
  return replies;
}

Reply Writer::write(const events::Message<Command>& command,
                    events::Authentication authentication) {
  events::Batch batch(log_.origin(), log_.head(), log_.last());
  Reply reply = handle(command.reader(), authentication, batch);
  if (!batch.empty()) log_.append(batch);
  memory_.forget_surplus();
  return reply;
}

Reply Writer::handle(Command::Reader open_command, events::Authentication authentication,
                     events::Batch& batch) {
  if (!events::valid_id(view(open_command.getId()))) {
    return {0, 0,
            events::Error{events::Code::invalid,
                          {"指令编号无效：1 到 128 字节，不含空格和斜线",
                           "the command's id is not valid: 1 to 128 bytes, no space, no slash"},
                          {},
                          {}},
            false};
  }
  memory_.prefetch(open_command);
  auto sealed = seal_command(open_command, memory_, safe_);
  if (!sealed) return {0, 0, sealed.error(), false};
  Command::Reader command = sealed->reader();
  auto now = std::max(clock_.now(), batch.last() + std::chrono::microseconds(1));
  const auto& zone = memory_.get<LogState>("log").zone;
  events::Envelope envelope;
  envelope.actor = string(command.getActor());
  envelope.authentication = authentication;
  envelope.on_behalf_of = string(command.getRole());
  envelope.command_id = string(command.getId());
  envelope.command_digest = digest(command);
  envelope.effective_on = command.getEffectiveOn() != 0 ? events::to_date(command.getEffectiveOn())
                                                        : events::date_of(now, zone);
  const auto& outcome = memory_.get<CommandOutcome>(envelope.actor + "/" + envelope.command_id);
  if (outcome.position > 0) {
    if (outcome.digest == envelope.command_digest) return answer_again(outcome);
    return {0, 0,
            events::Error{events::Code::reused,
                          {"指令编号 " + envelope.command_id + " 已用于另一条指令；请换一个编号",
                           "the id " + envelope.command_id +
                               " was used for another command: choose a new one"},
                          {},
                          {}},
            false};
  }
  Decision decision;
  auto decided = decide(memory_, command, authentication, now, decision);
  // Only now: a version tells when something happened, and whoever may not act is not told.
  if (decided) decided = check_expected(command);
  if (!decided) return refuse(envelope, command, now, decided.error(), decision, batch);
  add_grounds(decision, memory_);
  return record(envelope, now, decision, batch);
}

Reply Writer::answer_again(const CommandOutcome& outcome) const {
  Reply reply{outcome.position, outcome.position + outcome.parts - 1, std::nullopt, true};
  if (outcome.refused) reply.refusal = outcome.refusal;
  return reply;
}

// At the time for which it was decided: a deadline that was kept is kept in the record too.
Reply Writer::record(const events::Envelope& envelope, Moment now, Decision& decision,
                     events::Batch& batch) {
  std::size_t before = batch.items().size();
  auto added = batch.add(envelope, now, decision.drafts);
  if (!added) return {0, 0, added.error(), false};
  Position first = 0;
  for (std::size_t i = before; i < batch.items().size(); ++i) {
    Recorded recorded = batch.recorded(i);
    if (first == 0) first = recorded.position;
    memory_.apply(recorded);
  }
  return {first, batch.head(), std::nullopt, false};
}

// Refusals under a clause are facts: who tried to score after a recusal is what an inspector asks.
// The others are faults of form, and leave nothing behind.
Reply Writer::refuse(const events::Envelope& envelope, Command::Reader command, Moment now,
                     events::Error error, Decision& decision, events::Batch& batch) {
  if (error.clause.empty()) return {0, 0, std::move(error), false};
  auto about = attempted(command);
  // The day of the clock: the legal date is the sender's to choose.
  auto today = events::date_of(now, memory_.get<LogState>("log").zone);
  std::string counted =
      envelope.actor + ":" + (about.empty() ? "" : about.front()) + ":" + events::text(today);
  // Nothing was prefetched for this: the count is only needed now.
  memory_.version(events::subject(Refusals::kind, counted));
  const auto& refusals = memory_.get<Refusals>(counted);
  if (refusals.suppressed) return {0, 0, refusals_suppressed(error.clause), false};
  decision.drafts.clear();
  decision.keep_unmet(error.clause);
  bool last = refusals.count >= refusals_a_day_max;
  auto set_attempts = [&](auto list) {
    for (unsigned i = 0; i < about.size(); ++i) list.set(i, about[i]);
  };
  if (last) {
    auto event = decision.emit().initRefusalsSuppressed();
    set_attempts(event.initAttempts(static_cast<unsigned>(about.size())));
    event.setLimit(refusals_a_day_max);
    event.setCounted(counted);
  } else {
    auto event = decision.emit().initCommandRefused();
    event.setCommand(command_type(command));
    event.setCode(std::string(events::code_name(error.code)));
    event.setClause(error.clause);
    auto words = event.initWords();
    words.setZh(error.words.zh);
    words.setEn(error.words.en);
    set_attempts(event.initAttempts(static_cast<unsigned>(about.size())));
    event.setCounted(counted);
  }
  add_grounds(decision, memory_);
  Reply reply = record(envelope, now, decision, batch);
  if (!reply.refusal) reply.refusal = last ? refusals_suppressed() : std::move(error);
  return reply;
}

events::Result<> Writer::check_expected(Command::Reader command) {
  for (auto one : command.getExpected()) {
    if (!Memory::has_state(view(one.getSubject()))) {
      std::string name = string(one.getSubject());
      return events::fail(events::Code::invalid,
                          "expected 中的“" + name + "”不是有版本的对象（例：application/A-01）",
                          "in expected, \"" + name +
                              "\" is nothing that has a version (for example: application/A-01)");
    }
    if (!rests_on(memory_, command, view(one.getSubject()))) {
      std::string name = string(one.getSubject());
      return events::fail(
          events::Code::invalid, "这条指令不依据“" + name + "”；expected 只写所依据的对象",
          "nothing here is decided on \"" + name + "\": expected names what it is decided on");
    }
    Position now = memory_.version(view(one.getSubject()));
    if (now <= one.getPosition()) continue;
    std::string name = string(one.getSubject());
    return events::fail(
        events::Code::stale,
        name + " 在您查看之后又有变化（位置 " + std::to_string(now) + "）；请重新查看后再提交",
        name + " has changed since you looked (position " + std::to_string(now) +
            "): look again, then send");
  }
  return {};
}

Reply Writer::open_log(const std::string& origin, const std::string& zone, bool simulated,
                       const std::string& administrator) {
  events::Batch batch(origin, log_.head(), log_.last());
  Decision decision;
  auto event = decision.emit().initLogOpened();
  event.setLog("log");
  event.setOrigin(origin);
  event.setZone(zone);
  event.setClock(simulated ? events::ClockKind::SIMULATED : events::ClockKind::REAL);
  event.setAdministrator(administrator);
  return append(administrator, "init", zone, decision, batch);
}

Reply Writer::restore_log(const events::KeptHead& kept, const std::string& administrator,
                          const std::string& reason) {
  memory_.version(events::subject(LogState::kind, "log"));
  memory_.version(events::subject(Person::kind, administrator));
  if (!holds_role(memory_.get<Person>(administrator), "administrator", "")) {
    return {.refusal = events::Error{
                events::Code::forbidden,
                {"只有管理员可以接受恢复的日志：" + administrator + " 在现有的日志中不是管理员",
                 "only an administrator accepts a restored log, and " + administrator +
                     " is none in the log as it is"},
                {},
                {}}};
  }
  events::Batch batch(log_.origin(), log_.head(), log_.last());
  Decision decision;
  auto event = decision.emit().initLogRestored();
  event.setLog("log");
  event.setKeptSize(kept.size);
  event.setKeptRoot(events::as_data(kept.root));
  event.setReason(reason);
  // No other event ever stands at that position of this log.
  std::string id = "restored-" + std::to_string(log_.head() + 1);
  return append(administrator, id, memory_.get<LogState>("log").zone, decision, batch);
}

Reply Writer::append(const std::string& actor, const std::string& command_id,
                     const std::string& zone, Decision& decision, events::Batch& batch) {
  events::Envelope envelope;
  envelope.actor = actor;
  envelope.command_id = command_id;
  auto now = clock_.now();
  envelope.effective_on = events::date_of(now, zone);
  Reply reply = record(envelope, now, decision, batch);
  if (!reply.refusal) log_.append(batch);
  return reply;
}

}  // namespace engine
