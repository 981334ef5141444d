// Where a scenario is played: a real writer on a log in memory, with a clock that stands still
// until the scenario moves it. One thread.
#pragma once

#include <rocksdb/env.h>

#include <boost/json/value.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/writer.h"
#include "events/clock.h"
#include "events/log.h"
#include "events/safe.h"
#include "tests/scenarios/scenario.h"

namespace tests {

inline constexpr const char* scenario_origin = "scenarios.example/log";

// What came of one command.
struct Outcome {
  engine::Reply reply;
  std::vector<boost::json::value> records;  // Those that it added to the log, whole.
};

class Stage {
 public:
  // The log is opened at this moment, by its administrator `admin`. The safe must outlive the
  // stage.
  Stage(events::Safe& safe, events::Moment opened, bool simulated);

  events::Result<Outcome> play(const Act& act);

  // The same command once more, to a writer that knows nothing but the log. What differs from the
  // first answer is a fault of the engine; empty if nothing does.
  std::string replay(const Outcome& first);

 private:
  events::Result<events::Message<engine::Command>> read(const Act& act);

  events::Safe& safe_;
  std::unique_ptr<rocksdb::Env> env_;
  std::unique_ptr<events::Log> log_;
  events::SimulatedClock clock_;
  std::optional<engine::Writer> writer_;
  std::optional<events::Message<engine::Command>> last_;
  events::Authentication last_authentication_ = events::Authentication::ASSERTED;
  int commands_ = 0;
};

}  // namespace tests
