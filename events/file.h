// Small files outside the log: keys and heads. Written whole, synced with their folder, and
// replaced in one step, so that a reader finds the old or the new one. Any thread, one writer a
// file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "events/error.h"

namespace events {

enum class Secrecy { open, secret };  // 0644, 0600

Result<> write_synced(const std::filesystem::path& path, std::string_view bytes, Secrecy secrecy);
// not_found where there is none.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t bytes_max);
// A name that was made, changed or removed in the folder outlives a power cut from here on.
Result<> sync_names(const std::filesystem::path& folder);
Result<> make_folder(const std::filesystem::path& path, Secrecy secrecy);

}  // namespace events
