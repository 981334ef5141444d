// The one writer: takes commands, decides them one after the other against what is on disk and what
// this batch has added, appends once, and only then answers. One thread.
#pragma once

#include <optional>
#include <vector>

#include "engine/command.capnp.h"
#include "engine/decision.h"
#include "engine/memory.h"
#include "events/clock.h"
#include "events/log.h"
#include "events/message.h"
#include "events/safe.h"

namespace engine {

inline constexpr unsigned refusals_a_day_max = 20;

struct Reply {
  Position first = 0;  // The command's events, contiguous; 0 where nothing was recorded.
  Position last = 0;
  std::optional<events::Error> refusal;
  bool repeated = false;  // The id was known, and this is its first answer again.
};

// A command, and how its actor was known to be who he says.
struct Asked {
  events::Message<Command> command;
  events::Authentication authentication = events::Authentication::ASSERTED;
};

struct WriterOptions {
  std::size_t subjects_max = 200'000;
  std::size_t batch_bytes_max = std::size_t{4} << 20;
};

class Writer {
 public:
  Writer(events::Log& log, events::Safe& safe, const events::Clock& clock, WriterOptions options);

  // One reply a command, in order, once all that they led to is on disk.
  std::vector<Reply> write(const std::vector<Asked>& commands);
  Reply write(const events::Message<Command>& command,
              events::Authentication authentication = events::Authentication::ASSERTED);

  // The first record of a new log; its administrator is the first person.
  Reply open_log(const std::string& origin, const std::string& zone, bool simulated,
                 const std::string& administrator);
  // Of a log that stands behind the head that was kept of it, or beside it: an administrator
  // answers for going on without what is missing.
  Reply restore_log(const events::KeptHead& kept, const std::string& administrator,
                    const std::string& reason);

 private:
  Reply handle(Command::Reader command, events::Authentication authentication,
               events::Batch& batch);
  Reply append(const std::string& actor, const std::string& command_id, const std::string& zone,
               Decision& decision, events::Batch& batch);
  Reply answer_again(const CommandOutcome& outcome) const;
  Reply record(const events::Envelope& envelope, Moment now, Decision& decision,
               events::Batch& batch);
  Reply refuse(const events::Envelope& envelope, Command::Reader command, Moment now,
               events::Error error, Decision& decision, events::Batch& batch);
  events::Result<> check_expected(Command::Reader command);

  events::Log& log_;
  events::Safe& safe_;
  const events::Clock& clock_;
  WriterOptions options_;
  Memory memory_;
};

}  // namespace engine
