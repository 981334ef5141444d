// What one sync makes durable: the records of some commands, in order, with the index keys and leaf
// hashes that go with them. Invisible afterwards. Used by the writer thread only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "events/error.h"
#include "events/record.h"
#include "events/sha256.h"

namespace events {

// An event that was decided on and has no position yet. The rest of its envelope is filled when it
// is added to a batch.
class Draft {
 public:
  Draft();

  Event::Builder event() { return record_.getEvent(); }
  Record::Builder record() { return record_; }

 private:
  friend class Batch;

  std::unique_ptr<capnp::MallocMessageBuilder> message_;
  Record::Builder record_;
};

// The part of the envelope that all events of one command share.
struct Envelope {
  std::string actor;
  std::string on_behalf_of;
  Authentication authentication = Authentication::ASSERTED;
  std::string command_id;
  Hash command_digest{};
  Date effective_on;
};

class Batch {
 public:
  // `head` and `last` are the log's last position and time.
  Batch(std::string origin, Position head, Moment last);

  // Stamps the drafts as one command's events and takes them. The time is `now`, or one microsecond
  // after the last event if that is later. A record over the limit of size adds nothing.
  Result<> add(const Envelope& envelope, Moment now, std::vector<Draft>& drafts);

  struct Item {
    Message<Record> message;
    Hash leaf;
    std::vector<std::string> index_keys;
  };

  const std::vector<Item>& items() const { return items_; }
  Recorded recorded(std::size_t i) const;
  bool empty() const { return items_.empty(); }
  Position head() const { return head_ + items_.size(); }
  Moment last() const { return last_; }
  std::size_t bytes() const { return bytes_; }

 private:
  std::string origin_;
  Position head_;
  Moment last_;
  std::size_t bytes_ = 0;
  std::vector<Item> items_;
};

}  // namespace events
