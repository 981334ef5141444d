// Opens what lies in the data folder and the safe: to write, or only to read beside whoever writes.
#pragma once

#include <memory>
#include <optional>

#include "cli/app.h"
#include "engine/writer.h"
#include "events/clock.h"
#include "events/head_keeper.h"
#include "events/log.h"
#include "events/safe.h"

namespace cli {

// Everything that takes part in writing, in the order in which it must end: the head is kept last.
struct WritingFolder {
  std::unique_ptr<events::Safe> safe;
  std::unique_ptr<events::Log> log;
  std::unique_ptr<events::Clock> clock;
  events::SimulatedClock* simulated = nullptr;  // The clock, where it is one.
  std::unique_ptr<events::HeadKeeper> head_keeper;
  std::unique_ptr<engine::Writer> writer;
};

struct ReadingFolder {
  // Absent when the safe cannot be read: then nothing can be said about a lost end.
  std::unique_ptr<events::Safe> safe;
  std::unique_ptr<events::Log> log;
};

struct NewFolder {
  std::string origin;
  std::string zone;
  std::string administrator;
  std::optional<events::Moment> simulated_from;  // Absent: real time.
};

// Refused where a server is named: what opens a folder has nothing to ask it.
events::Result<> need_folder(const App& app);

events::Result<WritingFolder> create_folder(const App& app, const NewFolder& wanted);
events::Result<WritingFolder> open_to_write(const App& app);
// The log as it lies there, whatever was kept of it: only for log restored.
events::Result<WritingFolder> open_restored(const App& app);
events::Result<ReadingFolder> open_to_read(const App& app);

// The position itself, or the last that was recorded at or before a time or on a day; the head when
// neither is given.
events::Result<events::Position> position_of(const std::optional<events::Position>& at,
                                             const std::string& as_of, const events::Log& log);
// The position that --at or --as-of asks for, at most the head; the head when neither is given.
events::Result<events::Position> asked_position(const App& app, const events::Log& log);
// What --as-of was resolved to, on stderr.
void say_position(const App& app, events::Position position);

// Of the log's first record.
std::string zone_of(const events::Log& log);

}  // namespace cli
