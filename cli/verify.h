// probity log verify: rechecks the whole log, and says with which of three verdicts. One thread.
#pragma once

#include "cli/app.h"
#include "events/note.h"

namespace cli {

void add_verify(CLI::App& log, App& app);

// A file with the public key of a log, as the safe has it and as auditors are given it.
events::Result<events::NoteKey> read_vkey(const std::filesystem::path& path);

// For what stops a verification before it can say anything of the log: the error, and
// exit_incomplete.
int could_not_verify(const App& app, const events::Error& error);

}  // namespace cli
