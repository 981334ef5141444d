#include "events/verify_checkpoint.h"

#include <algorithm>

#include "events/tree.h"

namespace events {

void add_bad_note(const KeptNote& kept, const Error& why, LogFaults& faults) {
  faults.add(LogPart::checkpoint, 0,
             {kept.place + "：" + why.words.zh, kept.place + ": " + why.words.en});
}

void add_lost_end(const KeptNote& kept, Position size, Position head, LogFaults& faults) {
  if (size <= head) return;
  std::string count = std::to_string(size);
  faults.add(LogPart::checkpoint, head + 1, size,
             {"日志末尾缺失：" + kept.place + " 签发时有 " + count + " 条",
              "the end of the log is missing: when " + kept.place + " was signed it had " + count +
                  " records"});
}

void CheckpointCheck::compare(const KeptNote& kept, VerifyReport& report, LogFaults& faults) {
  auto checkpoint = open_checkpoint(kept.note, kept.log);
  if (!checkpoint) return add_bad_note(kept, checkpoint.error(), faults);
  if (checkpoint->origin != scope_.origin && !scope_.origin.empty()) {
    faults.add(LogPart::checkpoint, 0,
               {kept.place + "：这是另一个日志的检查点：" + checkpoint->origin,
                kept.place + ": this is a checkpoint of another log: " + checkpoint->origin});
    return;
  }
  if (checkpoint->size == 0) {
    report.missing.push_back({kept.place + "：这份检查点还不含任何记录",
                              kept.place + ": this checkpoint does not cover any record yet"});
    return;
  }
  if (checkpoint->size > scope_.head) {
    return add_lost_end(kept, checkpoint->size, scope_.head, faults);
  }
  auto of_records = tree_.root(checkpoint->size, TreeOf::records);
  if (of_records == checkpoint->root) {
    signed_records_ = std::max(signed_records_, checkpoint->size);
    report.agreements.push_back({kept.place, *std::move(checkpoint)});
  } else if (tree_.root(checkpoint->size, TreeOf::tiles) == checkpoint->root) {
    signed_tiles_ = std::max(signed_tiles_, checkpoint->size);
  } else if (of_records) {
    add_other_root(kept, checkpoint->size, faults);
  }
  // Without a root, records and hashes are missing, which was said already.
}

void CheckpointCheck::add_other_root(const KeptNote& kept, std::uint64_t size,
                                     LogFaults& faults) const {
  std::string count = std::to_string(size);
  Words words{"前 " + count + " 条的树根与检查点 " + kept.place + " 不同：",
              "the root of the first " + count + " records is not that of the checkpoint " +
                  kept.place + ": "};
  // The last records are not yet in a full tile, so that no stored hash can say which of them it
  // is.
  Position first = scope_.head - scope_.head % tile_width + 1;
  if (differing_.empty() && first <= size) {
    faults.add(LogPart::checkpoint, first, size,
               {words.zh + "其中有记录被改动；否则就是历史连同哈希树被整体改写",
                words.en + "a record among these was altered, or all of history was rewritten "
                           "together with its hashes"});
    return;
  }
  Words why{"历史连同哈希树被改写过", "history was rewritten together with its hashes"};
  if (!differing_.empty()) {
    why = {"记录与所存的哈希都有改动，见所列的位置",
           "records and stored hashes were both altered, see the positions that are named"};
  }
  faults.add(LogPart::checkpoint, 0, {words.zh + why.zh, words.en + why.en});
}

void CheckpointCheck::add_differences(LogFaults& faults) const {
  for (const PositionRange& range : differing_) {
    if (range.last <= signed_records_) {
      faults.add(
          LogPart::tree, range.first, range.last,
          {"哈希树中所存的哈希被改动；记录与签发的检查点相符",
           "the hash that is stored in the tree was altered; the record is as it was signed"});
    } else if (range.last <= signed_tiles_) {
      faults.add(LogPart::record, range.first, range.last,
                 {"记录被改动；签发检查点时是另一内容",
                  "the record was altered: it was another when the checkpoint was signed"});
    } else {
      faults.add(LogPart::record, range.first, range.last,
                 {"记录与哈希树中所存的哈希不符；没有检查点可判定改的是哪一个",
                  "the record and the hash that is stored in the tree differ; there is no "
                  "checkpoint to tell which of them was altered"});
    }
  }
}

}  // namespace events
