#include "events/batch.h"

#include <algorithm>

#include "events/index_keys.h"

namespace events {
Draft::Draft()
    : message_(std::make_unique<capnp::MallocMessageBuilder>()),
      record_(message_->initRoot<Record>()) {}

Batch::Batch(std::string origin, Position head, Moment last)
    : origin_(std::move(origin)), head_(head), last_(last) {}

Result<> Batch::add(const Envelope& envelope, Moment now, std::vector<Draft>& drafts) {
  std::vector<Item> added;
  Position position = head();
  Moment time = last_;
  std::uint16_t part = 0;
  for (Draft& draft : drafts) {
    time = std::max(now, time + std::chrono::microseconds(1));
    Record::Builder record = draft.record();
    record.setFormat(record_format);
    record.setOrigin(origin_);
    record.setIndex(position++);
    record.setRecordedAt(to_micros(time));
    record.setEffectiveOn(to_days(envelope.effective_on));
    record.setActor(envelope.actor);
    if (!envelope.on_behalf_of.empty()) record.setOnBehalfOf(envelope.on_behalf_of);
    record.setAuthentication(envelope.authentication);
    record.setCommandId(envelope.command_id);
    record.setCommandDigest(as_data(envelope.command_digest));
    record.setPart(part++);
    record.setParts(static_cast<std::uint16_t>(drafts.size()));
    Message<Record> message(*draft.message_);
    if (message.bytes().size() > record_bytes_max) {
      return fail(Code::invalid, "一条记录超过 65,535 字节，请拆分内容或改用附件",
                  "a record would exceed 65,535 bytes: split it, or attach a document");
    }
    Hash leaf = leaf_hash(message.bytes());
    auto keys = index_keys(message.reader(), position);
    added.push_back({std::move(message), leaf, std::move(keys)});
  }
  for (Item& item : added) {
    bytes_ += item.message.bytes().size();
    items_.push_back(std::move(item));
  }
  last_ = time;
  return {};
}

Recorded Batch::recorded(std::size_t i) const {
  const auto& message = items_[i].message;
  return {head_ + i + 1, message.reader(), message.bytes()};
}

}  // namespace events
