#include "events/log_faults.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace events {

std::string_view log_part_name(LogPart part) {
  switch (part) {
    case LogPart::store:
      return "store";
    case LogPart::record:
      return "record";
    case LogPart::tree:
      return "tree";
    case LogPart::index:
      return "index";
    case LogPart::checkpoint:
      return "checkpoint";
  }
  return "store";
}

Words log_part_words(LogPart part) {
  switch (part) {
    case LogPart::store:
      return {"存储", "store"};
    case LogPart::record:
      return {"记录", "record"};
    case LogPart::tree:
      return {"哈希树", "tree"};
    case LogPart::index:
      return {"索引", "index"};
    case LogPart::checkpoint:
      return {"检查点", "checkpoint"};
  }
  return {};
}

void LogFaults::add(LogPart part, Position first, Position last, Words words) {
  ++found_;
  // A part that is looked at in order finds its first ones first.
  if (kept_.size() < log_faults_max) kept_.push_back({part, first, last, std::move(words)});
}

void LogFaults::take(LogFaults&& others) {
  found_ += others.found_;
  std::move(others.kept_.begin(), others.kept_.end(), std::back_inserter(kept_));
}

std::vector<LogFault> LogFaults::sorted() && {
  std::ranges::stable_sort(kept_, {}, [](const LogFault& fault) {
    return std::tuple(fault.first, fault.part, fault.last);
  });
  if (kept_.size() > log_faults_max) kept_.resize(log_faults_max);
  return std::move(kept_);
}

}  // namespace events
