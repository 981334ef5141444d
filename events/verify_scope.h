// What all parts of one verification look at: the store as it stood at one moment. Only the
// verification's own files include this. Read by its threads at once.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "events/log_faults.h"
#include "events/log_store.h"

namespace events {

struct PositionRange {
  Position first = 0;
  Position last = 0;
};

struct VerifyScope {
  const Store& store;
  rocksdb::ReadOptions reading;
  std::stop_token stop;
  Position head = 0;
  std::string origin;  // Empty where not even the first record could be read.
  // There are records beyond a hole so wide that they are not looked at.
  bool cut = false;
};

inline std::string_view view(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

inline Words store_words(const rocksdb::Status& status) { return store_error(status).words; }

}  // namespace events
