#include "events/verify_records.h"

#include <algorithm>

namespace events {
namespace {

std::string number(std::uint64_t value) { return std::to_string(value); }

bool of_one_command(Record::Reader one, Record::Reader other) {
  return view(one.getActor()) == view(other.getActor()) &&
         view(one.getOnBehalfOf()) == view(other.getOnBehalfOf()) &&
         one.getAuthentication() == other.getAuthentication() &&
         view(one.getCommandId()) == view(other.getCommandId()) &&
         one.getCommandDigest() == other.getCommandDigest() &&
         one.getEffectiveOn() == other.getEffectiveOn() && one.getParts() == other.getParts();
}

// The union's members as this program knows them.
bool known_event(Event::Reader event) {
  static const auto members = capnp::Schema::from<Event>().getUnionFields().size();
  return static_cast<unsigned>(event.which()) < members;
}

}  // namespace

RecordCheck::RecordCheck(const VerifyScope& scope, IndexSums& sums)
    : scope_(scope),
      sums_(sums),
      iterator_(scope.store.db->NewIterator(scope.reading, scope.store.events())) {}

RecordBlock RecordCheck::block(std::uint64_t number_of_block) {
  RecordBlock block;
  leaves_.first = number_of_block * block_records + 1;
  Position last = std::min(leaves_.first + block_records - 1, scope_.head);
  leaves_.hashes.resize(last - leaves_.first + 1);
  leaves_.there.assign(last - leaves_.first + 1, false);
  recall(leaves_.first - 1);
  walk(block, last);
  return block;
}

// What the first record of a block is compared with. Whatever is wrong with it was said in its
// block.
void RecordCheck::recall(Position position) {
  Seen& before = seen_[current_];
  before.position = position;
  before.stored.forget();
  if (position == 0) return;
  rocksdb::PinnableSlice bytes;
  auto status =
      scope_.store.db->Get(scope_.reading, scope_.store.events(), event_key(position), &bytes);
  if (status.ok()) before.stored.read(view(bytes), [](Record::Reader) {});
}

void RecordCheck::walk(RecordBlock& block, Position last) {
  Position expected = leaves_.first;
  std::string end = event_key(last + 1);
  auto gap = [&](Position first, Position until) {
    block.unread.push_back({first, until});
    block.faults.add(LogPart::record, first, until, {"记录缺失", "missing"});
  };
  // The keys in front of the first record are no records; nobody else would come past them.
  if (leaves_.first == 1) {
    iterator_->SeekToFirst();
  } else {
    iterator_->Seek(event_key(leaves_.first));
  }
  while (true) {
    if (!iterator_->Valid() && !iterator_->status().ok()) {
      expected = skip_damage(block, expected, last);
      if (expected > last) return;
    }
    if (!iterator_->Valid() || view(iterator_->key()) >= end) break;
    std::string_view key = view(iterator_->key());
    Position position = key.size() == sizeof(Position) ? position_of_event_key(key) : 0;
    if (position == 0) {
      block.faults.add(
          LogPart::store, expected,
          {"此处之前有一项不是记录", "there is an entry before this that is no record"});
    } else {
      if (position > expected) gap(expected, position - 1);
      take(block, position, view(iterator_->value()));
      expected = position + 1;
    }
    iterator_->Next();
  }
  if (expected <= last) gap(expected, last);
}

// The store cannot read on. Finds the next record that it can, by steps that double and then halve.
Position RecordCheck::skip_damage(RecordBlock& block, Position from, Position last) {
  Words words = store_words(iterator_->status());
  auto readable = [&](Position position) {
    iterator_->Seek(event_key(position));
    return iterator_->status().ok();
  };
  Position low = from;  // Cannot be read.
  Position step = 1;
  while (low + step <= last && !readable(low + step)) {
    low += step;
    step *= 2;
  }
  Position high = std::min(low + step, last + 1);
  while (high - low > 1) {
    Position middle = low + (high - low) / 2;
    (readable(middle) ? high : low) = middle;
  }
  block.unread.push_back({from, high - 1});
  block.faults.add(LogPart::store, from, high - 1, std::move(words));
  if (high <= last && !readable(high)) return last + 1;
  return high;
}

void RecordCheck::take(RecordBlock& block, Position position, std::string_view bytes) {
  auto at = position - leaves_.first;
  leaves_.hashes[at] =
      leaf_hash({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  leaves_.there[at] = true;
  Seen& seen = seen_[1 - current_];
  seen.position = position;
  auto wrong =
      seen.stored.read(bytes, [&](Record::Reader record) { examine(block, position, record); });
  if (wrong) {
    block.unread.push_back({position, position});
    add(block, position, "记录无法解读：" + *wrong, "the record cannot be read: " + *wrong);
  }
  current_ = 1 - current_;
}

void RecordCheck::examine(RecordBlock& block, Position position, Record::Reader record) {
  auto event = record.getEvent();
  if (record.getFormat() > record_format || !known_event(event)) {
    block.newer.push_back(position);
    block.unread.push_back({position, position});
    return;
  }
  check_envelope(block, position, record);
  check_order(block, position, record);
  if (event.isUnset()) add(block, position, "记录没有事件", "the record holds no event");
  if (event.isLogOpened() != (position == 1)) {
    add(block, position, "“日志启用”应是且只是第一条记录",
        "the opening of the log must be its first record, and no other");
  }
  sums_.add_expected(position, record);
}

void RecordCheck::check_envelope(RecordBlock& block, Position position, Record::Reader record) {
  if (record.getFormat() != record_format) {
    std::string format = number(record.getFormat());
    add(block, position, "记录的格式版本不存在：" + format,
        "the record's format does not exist: " + format);
  }
  if (!scope_.origin.empty() && view(record.getOrigin()) != scope_.origin) {
    std::string origin = string(record.getOrigin());
    add(block, position, "记录属于另一个日志：" + origin,
        "the record is of another log: " + origin);
  }
  if (record.getIndex() != position - 1) {
    std::string own = number(record.getIndex() + 1);
    add(block, position, "记录自称位置 " + own, "the record says that its position is " + own);
  }
  if (record.getCommandDigest().size() != sizeof(Hash)) {
    add(block, position, "指令摘要的长度不是 32 字节", "the command's digest is not 32 bytes long");
  }
  if (record.getPart() >= record.getParts()) {
    std::string part = number(record.getPart() + 1u) + "/" + number(record.getParts());
    add(block, position, "指令的事件编号不成立：" + part,
        "no event can be this part of a command: " + part);
  }
}

void RecordCheck::check_order(RecordBlock& block, Position position, Record::Reader record) {
  block.last = to_moment(record.getRecordedAt());
  bool ends = record.getPart() + 1u >= record.getParts();
  if (position == scope_.head && !scope_.cut && !ends) {
    add(block, position, "指令的后续事件缺失，日志在此中断",
        "the rest of the command's events is missing: the log breaks off here");
  }
  Seen& before = seen_[current_];
  if (position == 1) {
    if (record.getPart() != 0) {
      add(block, position, "指令此前的事件缺失", "the earlier events of the command are missing");
    }
    return;
  }
  if (before.position + 1 != position || !before.stored.readable()) return;
  Record::Reader last = before.stored.record();
  if (record.getRecordedAt() <= last.getRecordedAt()) {
    std::string time = text(to_moment(record.getRecordedAt()));
    std::string last_time = text(to_moment(last.getRecordedAt()));
    add(block, position, "时间倒退：" + time + "，而前一条是 " + last_time,
        "time goes back: " + time + ", after " + last_time);
  }
  bool last_ends = last.getPart() + 1u >= last.getParts();
  if (record.getPart() == 0) {
    if (last_ends) return;
    add(block, position - 1, "指令的后续事件缺失", "the rest of the command's events is missing");
  } else if (last_ends || record.getPart() != last.getPart() + 1 || !of_one_command(record, last)) {
    add(block, position, "与前一条不是同一指令的相继事件",
        "it does not go on with the command of the record before it");
  }
}

void RecordCheck::add(RecordBlock& block, Position position, std::string zh, std::string en) {
  block.faults.add(LogPart::record, position, {std::move(zh), std::move(en)});
}

}  // namespace events
