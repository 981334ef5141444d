// A second log that is told what the first one recorded, on a disk that never fails, by a writer
// that folds every state anew from its records for every command. One thread.
#pragma once

#include <rocksdb/env.h>

#include <memory>
#include <optional>
#include <string>

#include "engine/writer.h"
#include "events/clock.h"
#include "events/log.h"
#include "events/safe.h"

namespace tests {

class Twin {
 public:
  explicit Twin(events::Safe& safe);

  void open(const events::Recorded& first);  // Begins as the first one began.
  engine::Reply tell(const std::string& command, events::Moment now);
  const events::Log& log() const { return *log_; }

 private:
  events::Safe& safe_;
  std::unique_ptr<rocksdb::Env> disk_;
  events::SimulatedClock clock_;
  std::unique_ptr<events::Log> log_;
};

bool same_answer(const engine::Reply& one, const engine::Reply& other);
std::string text(const engine::Reply& reply);

}  // namespace tests
