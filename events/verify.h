// Rechecks a whole log from its bytes, and takes nothing that is derived from them on trust:
// records, their order, the tree, the index, and the signed checkpoints that were kept outside. Any
// thread; it uses threads of its own.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "events/checkpoint.h"
#include "events/log.h"
#include "events/log_faults.h"

namespace events {

// A checkpoint that somebody kept, where it lies, and the key of the log that must have signed it.
struct KeptNote {
  std::string place;
  std::string note;
  NoteKey log;
};

struct VerifyOptions {
  // Read before the log is opened, or a writer may be ahead of what is looked at.
  std::vector<KeptNote> kept;
  unsigned threads = 0;  // 0: as many as the machine runs at once.
  // In the caller's thread, now and then.
  std::function<void(Position done, Position total)> progress;
  std::stop_token stop;
};

enum class LogVerdict {
  verified,
  failed,      // Something is not as it was signed, or not as it must be.
  incomplete,  // Nothing wrong was found, but something that is needed was not there.
};

// The checkpoint's signature is good, and the log's first records have its root.
struct Agreement {
  std::string place;
  Checkpoint checkpoint;
};

struct VerifyReport {
  LogVerdict verdict() const;

  std::string origin;
  Position head = 0;
  std::optional<Hash> root;  // Of all records; nothing where some are missing.
  Moment last{};             // When the newest event was recorded.
  std::uint64_t index_entries = 0;
  std::uint64_t tiles = 0;
  std::vector<Agreement> agreements;
  std::vector<LogFault> faults;    // By position.
  std::uint64_t faults_found = 0;  // Also those beyond log_faults_max.
  std::vector<Words> missing;      // What was needed and not there.
};

// The log as it stands now. A reader must not catch up meanwhile.
Result<VerifyReport> verify_log(const Log& log, const VerifyOptions& how);
// The same for a log that nobody could open because of what is wrong with it. Never writes; beside
// a writer it looks at what that one has appended so far.
Result<VerifyReport> verify_log(const LogOptions& options, const VerifyOptions& how);

}  // namespace events
