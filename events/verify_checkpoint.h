// Holds the rebuilt tree against the checkpoints that were signed and kept, and says of each place
// where records and stored hashes differ which of the two was altered. One thread.
#pragma once

#include <vector>

#include "events/verify.h"
#include "events/verify_scope.h"
#include "events/verify_tree.h"

namespace events {

// The note is not one that the log has signed.
void add_bad_note(const KeptNote& kept, const Error& why, LogFaults& faults);
// The log stands behind the size, if it does.
void add_lost_end(const KeptNote& kept, Position size, Position head, LogFaults& faults);

class CheckpointCheck {
 public:
  CheckpointCheck(const VerifyScope& scope, const RebuiltTree& tree,
                  const std::vector<PositionRange>& differing)
      : scope_(scope), tree_(tree), differing_(differing) {}

  void compare(const KeptNote& kept, VerifyReport& report, LogFaults& faults);
  // After all checkpoints were compared.
  void add_differences(LogFaults& faults) const;

 private:
  void add_other_root(const KeptNote& kept, std::uint64_t size, LogFaults& faults) const;

  const VerifyScope& scope_;
  const RebuiltTree& tree_;
  const std::vector<PositionRange>& differing_;
  // The largest sizes at which a checkpoint has the root of the records, and of the stored tiles.
  Position signed_records_ = 0;
  Position signed_tiles_ = 0;
};

}  // namespace events
