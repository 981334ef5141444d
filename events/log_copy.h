// A copy of a log, made from its public form. Nothing is written that the checkpoint does not
// vouch for: first the hashes of all new records have to give the signed root, as they follow upon
// what is here already; then each record has to have its hash. So a copy that was cut off anywhere
// is the beginning of the log, and goes on from there. One thread; it holds the folder's lock.
// After an error it is of no more use.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "events/published.h"

namespace events {

class LogCopy {
 public:
  // Makes the folder, or goes on with what is there.
  static Result<LogCopy> open(const std::filesystem::path& folder);
  LogCopy(LogCopy&&) noexcept;
  ~LogCopy();

  std::uint64_t size() const { return tree_.size(); }

  // Until the copy is what the checkpoint says, whose signature the caller has verified. Every file
  // of the public form from where the copy ends is read and compared.
  Result<> take(const PublishedFiles& files, const Checkpoint& checkpoint,
                const std::function<void(std::uint64_t done)>& progress);

 private:
  LogCopy();
  Result<std::vector<Hash>> take_leaves(const PublishedFiles& files,
                                        const Checkpoint& checkpoint) const;
  Result<> take_entries(const PublishedFiles& files, const TileId& id, const std::string& origin,
                        std::span<const Hash> leaves);

  std::unique_ptr<Store> store_;
  Tree tree_;
  std::int64_t last_micros_ = 0;
};

}  // namespace events
