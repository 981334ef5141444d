// Owns the bytes of one Cap'n Proto message of type T and reads it in place. Movable; readers stay
// valid while it lives. Immutable after construction, so any thread may read it.
#pragma once

#include <capnp/any.h>
#include <capnp/message.h>
#include <capnp/serialize.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

namespace events {

using Bytes = std::span<const std::uint8_t>;

inline Bytes as_bytes(kj::ArrayPtr<const capnp::word> words) {
  return {reinterpret_cast<const std::uint8_t*>(words.begin()), words.size() * sizeof(capnp::word)};
}

inline Bytes as_bytes(capnp::Data::Reader data) { return {data.begin(), data.size()}; }

inline capnp::Data::Reader as_data(Bytes bytes) { return {bytes.data(), bytes.size()}; }

template <class T>
class Message {
 public:
  // Copies: the words of a message must lie aligned, and stored bytes need not.
  explicit Message(Bytes bytes)
      : words_(kj::heapArray<capnp::word>(bytes.size() / sizeof(capnp::word))) {
    std::memcpy(words_.begin(), bytes.data(), words_.asBytes().size());
    open();
  }

  explicit Message(capnp::MessageBuilder& built) : words_(capnp::messageToFlatArray(built)) {
    open();
  }

  typename T::Reader reader() const { return reader_->template getRoot<T>(); }
  Bytes bytes() const { return as_bytes(words_.asPtr()); }

 private:
  void open() {
    reader_ = std::make_unique<capnp::FlatArrayMessageReader>(words_.asPtr(), limits());
  }

  static capnp::ReaderOptions limits() {
    // Read again and again for as long as it is kept: the limit is against one hostile read.
    return {.traversalLimitInWords = UINT64_MAX, .nestingLimit = 64};
  }

  kj::Array<capnp::word> words_;
  std::unique_ptr<capnp::FlatArrayMessageReader> reader_;
};

}  // namespace events
