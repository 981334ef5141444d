// The door through which stored bytes come that nobody has vouched for yet. One thread.
#pragma once

#include <kj/exception.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "events/record.h"

namespace events {

// The bytes of one record, copied to where they may be read.
class StoredRecord {
 public:
  // Reads all of the record's structure, and calls `examine` with it. Cap'n Proto looks at bytes
  // when they are asked for and reports nonsense by an exception; it is caught here and nowhere
  // further in, for this is where stored bytes are decoded. What it said is returned.
  template <class Examine>
  std::optional<std::string> read(std::string_view bytes, Examine&& examine) {
    readable_ = false;
    try {
      if (auto wrong = open(bytes)) return wrong;
      examine(record());
    } catch (const kj::Exception& exception) {
      return std::string(exception.getDescription().cStr());
    }
    readable_ = true;
    return std::nullopt;
  }

  void forget() { readable_ = false; }
  bool readable() const { return readable_; }
  Record::Reader record() { return message_->getRoot<Record>(); }

 private:
  std::optional<std::string> open(std::string_view bytes);

  kj::Array<capnp::word> words_;
  std::optional<capnp::FlatArrayMessageReader> message_;
  bool readable_ = false;
};

}  // namespace events
