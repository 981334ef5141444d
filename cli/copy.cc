#include "cli/copy.h"

#include <iostream>

#include "cli/verify.h"
#include "events/file.h"
#include "events/log_copy.h"

namespace cli {
namespace {

using events::Code;
using events::Result;

constexpr const char* vkey_name = "log.vkey";

}  // namespace

Result<std::optional<events::KeptNote>> note_of_copy(const std::filesystem::path& data) {
  auto path = data / events::checkpoint_path;
  auto note = events::read_file(path, events::note_bytes_max);
  if (!note && note.error().code == Code::not_found) return std::nullopt;
  if (!note) return std::unexpected(note.error());
  return events::KeptNote{path.string(), *std::move(note), TRY(read_vkey(data / vkey_name))};
}

Result<events::Checkpoint> bring_up(const App& app, const std::filesystem::path& data,
                                    const events::PublishedFiles& files,
                                    const events::NoteKey& key) {
  std::string note = TRY(files(events::checkpoint_path));
  if (note.empty()) {
    return events::fail(Code::not_found, "来源还没有检查点", "the source has no checkpoint yet");
  }
  auto checkpoint = TRY(events::open_checkpoint(note, key));
  auto copy = TRY(events::LogCopy::open(data));
  {
    Progress progress(std::cerr, app.err, {"已复制并核对", "copied and checked"}, checkpoint.size);
    TRY(copy.take(files, checkpoint, [&](std::uint64_t done) {
      if (!app.quiet) progress.reached(done);
    }));
  }
  TRY(events::write_synced(data / vkey_name, events::vkey(key) + "\n", events::Secrecy::open));
  TRY(events::write_synced(data / events::checkpoint_path, note, events::Secrecy::open));
  return checkpoint;
}

}  // namespace cli
