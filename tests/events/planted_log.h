// A log in memory in whose store faults are planted behind its back, and what the verification says
// of it. One thread.
#pragma once

#include <rocksdb/env.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "events/log.h"
#include "events/log_store.h"
#include "events/note.h"
#include "events/verify.h"

namespace tests {

class PlantedLog {
 public:
  static constexpr const char* origin = "test.example/log";

  // An opening, and then commands of one score each, up to so many records.
  explicit PlantedLog(events::Position records);

  // One command with so many scores. What is not right by the writer's rules may be asked for.
  struct Wanted {
    std::string actor = "li";
    std::string command{};  // Empty: a new id.
    std::string log = origin;
    int parts = 1;
    events::Moment at{};  // Unless the last record is later.
    bool time_may_fall = false;
  };
  void append(const Wanted& wanted);

  // Signs the log as it stands; the verification compares with all that were kept.
  void keep();
  std::vector<events::KeptNote> kept;

  std::string record(events::Position position);
  void put_record(events::Position position, const std::string& bytes);
  void delete_record(events::Position position);
  void edit(events::Position position, const std::function<void(events::Record::Builder)>& change);
  void put_index(const std::string& key, const std::string& value = {});
  void delete_index(const std::string& key);
  std::string tile(unsigned level, std::uint64_t number);
  void put_tile(unsigned level, std::uint64_t number, const std::string& bytes);
  void delete_tile(unsigned level, std::uint64_t number);

  events::VerifyReport verify(unsigned threads = 2);
  // One line a fault: "record 300", "index 7: the index lacks: …". All are in `report`.
  std::string faults();

  events::LogOptions options() const;
  events::SigningKey signing_key = events::SigningKey::generate();
  events::VerifyReport report;

 private:
  events::Store& store();
  events::Log& log();
  void close();

  std::unique_ptr<rocksdb::Env> disk_;
  // At most one of the two is open.
  std::unique_ptr<events::Log> log_;
  std::unique_ptr<events::Store> store_;
  int commands_ = 0;
};

std::string listed(const events::VerifyReport& report);

}  // namespace tests
