// Writes a log's public form (events/published.h) into a folder, and goes on from what is there.
// Each file is written whole, synced and renamed, the checkpoint last: a backup that is cut off
// anywhere is still the one before it. Any thread; one process writes a folder.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "events/published.h"

namespace events {

struct BackupDone {
  std::uint64_t from = 0;  // The size of the backup that was there.
  Checkpoint checkpoint;
};

// The note is the log's newest checkpoint; the log has to reach it. Refused where the folder holds
// another log's backup, or one that this log does not follow from.
Result<BackupDone> write_backup(const Log& log, const std::string& note, const NoteKey& key,
                                const std::filesystem::path& folder,
                                const std::function<void(std::uint64_t done)>& progress);

}  // namespace events
