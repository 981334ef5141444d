// What a test of the log and the writer begins with: a log on a disk in memory (or on one that
// fails), a safe in a temporary folder, a clock that stands still, and a writer. It can be closed
// and opened again, as a process is. One thread.
#pragma once

#include <rocksdb/env.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/writer.h"
#include "events/clock.h"
#include "events/log.h"
#include "events/safe.h"
#include "tests/folder.h"

namespace tests {

// Of its JSON text, as `probity send` reads it.
events::Message<engine::Command> command(std::string_view json);

// So many events of one subject each that follow the log's head, made without a writer.
events::Batch next_batch(const events::Log& log, std::size_t events,
                         std::string_view applicant = "A-1");

// What the log holds, byte for byte, and in its order.
std::vector<std::string> all_records(const events::Log& log);

class Given {
 public:
  static constexpr const char* origin = "test.example/log";
  static constexpr const char* administrator = "admin";

  explicit Given(rocksdb::Env* disk = nullptr);  // Null: a disk in memory of its own.

  // Makes the log where there is none yet, and opens it in the administrator's name.
  events::Result<> try_open();
  Given& opened();
  Given& closed();
  Given& at(std::string_view moment);
  Given& kept();  // Signs the head, and keeps it in the safe.
  Given& registered(const std::string& person);

  engine::Reply send(std::string_view json);
  std::vector<engine::Reply> send(const std::vector<std::string>& json);

  events::LogOptions options() const;  // With the kept head.
  events::Log& log() { return *log_; }
  events::Safe& safe() { return *safe_; }
  engine::Writer& writer() { return *writer_; }
  events::SimulatedClock& clock() { return clock_; }
  rocksdb::Env* disk() const { return disk_; }
  const Folder& folder() const { return folder_; }

  engine::WriterOptions writing;
  // What a failed append does. Unwinding stands for the end of the process.
  std::function<void(const std::string&)> die;

 private:
  Folder folder_;
  std::unique_ptr<rocksdb::Env> memory_;
  rocksdb::Env* disk_;
  events::SimulatedClock clock_;
  std::optional<events::Safe> safe_;
  std::unique_ptr<events::Log> log_;
  std::unique_ptr<engine::Writer> writer_;
  bool begun_ = false;  // Its first event is on the disk.
};

}  // namespace tests
