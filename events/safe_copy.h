// The keys of a safe, copied beside a backup and put back from it. Folders are 0700, files 0600.
// Nobody has signed keys: a list of their digests tells a damaged copy from a whole one, and
// nothing else; a person's key is vouched for by its commitment in the log. Any thread, one writer.
//
//   SHA256SUMS   hex "  " name "\n", as sha256sum writes it; only what it names is put back
//   signing.seed log.vkey persons/*.key passphrases/*.txt
#pragma once

#include <filesystem>

#include "events/checkpoint.h"
#include "events/error.h"

namespace events {

// Goes on from a copy that is there. A key that is gone from the safe is removed from the copy.
Result<> copy_safe(const std::filesystem::path& safe, const std::filesystem::path& copy);

// Makes a safe for the log that ends with this checkpoint. Refuses a folder that has a key, and
// writes nothing before every digest is right.
Result<> restore_safe(const std::filesystem::path& copy, const std::filesystem::path& safe,
                      const std::string& note, const NoteKey& log);

}  // namespace events
