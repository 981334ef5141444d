#include "events/stored_record.h"

namespace events {
namespace {

// A few passes over the largest record. Pointers that all lead to the same place would otherwise
// let a small record be read for hours.
constexpr std::uint64_t words_read_max = 64 * record_bytes_max / sizeof(capnp::word);

}  // namespace

std::optional<std::string> StoredRecord::open(std::string_view bytes) {
  if (bytes.empty()) return "it is empty";
  if (bytes.size() > record_bytes_max) return "it is longer than a record may be";
  if (bytes.size() % sizeof(capnp::word) != 0) return "its length is not a number of words";
  std::size_t used = bytes.size() / sizeof(capnp::word);
  if (words_.size() < used) words_ = kj::heapArray<capnp::word>(used * 2);
  std::memcpy(words_.begin(), bytes.data(), bytes.size());
  auto words = words_.slice(0, used);
  message_.emplace(words, capnp::ReaderOptions{.traversalLimitInWords = words_read_max});
  if (message_->getEnd() != words.end()) return "there are bytes behind its end";
  // Follows every pointer.
  message_->getRoot<capnp::AnyPointer>().targetSize();
  return std::nullopt;
}

}  // namespace events
