// A data folder that is a copy: made from a backup or from a server, with the checkpoint that it
// was held against and the log's public key lying beside the log. They take the place of a safe for
// whoever only reads. One thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/app.h"
#include "events/published.h"
#include "events/verify.h"

namespace cli {

// The checkpoint and key that lie in a copy; nothing where there is none.
events::Result<std::optional<events::KeptNote>> note_of_copy(const std::filesystem::path& data);

// Brings the folder to what the newest checkpoint of the source says. Gives that checkpoint.
events::Result<events::Checkpoint> bring_up(const App& app, const std::filesystem::path& data,
                                            const events::PublishedFiles& files,
                                            const events::NoteKey& key);

}  // namespace cli
