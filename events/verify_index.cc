#include "events/verify_index.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <tuple>

#include "events/assert.h"
#include "events/stored_record.h"

namespace events {
namespace {

static_assert(crypto_shorthash_siphashx24_KEYBYTES == std::tuple_size_v<IndexSecret>);
static_assert(crypto_shorthash_KEYBYTES == std::tuple_size_v<IndexSecret>);

constexpr std::uint64_t sums_max = 4096;
// Of ranges that differ, so many are searched: beyond that only their number is told.
constexpr std::size_t ranges_max = 64;
constexpr std::size_t number_bytes = sizeof(Position);
constexpr std::string_view command_prefix = "fcommand/";

void write_position(std::string& key, Position position) {
  for (int shift = 56; shift >= 0; shift -= 8) key.push_back(static_cast<char>(position >> shift));
}

// Calls `visit` with each key that the index must hold for the record. The key is only valid then.
template <class Visit>
void for_each_key(Record::Reader record, Position position, std::string& key,
                  std::vector<Subject>& subjects, Visit&& visit) {
  subjects_of(record, subjects);  // All of them, before anything is visited: it may throw.
  if (record.getPart() == 0) {
    auto actor = view(record.getActor());
    auto id = view(record.getCommandId());
    key.assign(command_prefix).append(actor).append("/").append(id).push_back('\0');
    write_position(key, position);
    visit(std::string_view(key));
  }
  for (const Subject& one : subjects) {
    key.assign(1, one.folded ? 'f' : 'm').append(one.name).push_back('\0');
    write_position(key, position);
    visit(std::string_view(key));
  }
}

bool well_formed(std::string_view key) {
  if (key.size() < 2 + number_bytes || (key[0] != 'f' && key[0] != 'm')) return false;
  return key.find('\0') == key.size() - number_bytes - 1;
}

std::string_view subject_of_key(std::string_view key) {
  return key.substr(1, key.size() - number_bytes - 2);
}

Words entry_words(std::string_view key, const char* zh, const char* en) {
  std::string name(subject_of_key(key));
  bool folded = key[0] == 'f';
  return {zh + name + (folded ? "（归入）" : "（提及）"),
          en + name + (folded ? " (folded)" : " (mentioned)")};
}

void add_reuse(std::string_view key, Position first, Position second, LogFaults& faults) {
  std::string name(subject_of_key(key));
  faults.add(
      LogPart::index, second,
      {"指令编号用了两次：" + name + "，先前在位置 " + std::to_string(first),
       "the command id is used twice: " + name + ", before at position " + std::to_string(first)});
}

bool within(const std::vector<PositionRange>& ranges, Position position) {
  auto after = std::ranges::upper_bound(ranges, position, {}, &PositionRange::first);
  return after != ranges.begin() && position <= std::prev(after)->last;
}

std::unique_ptr<rocksdb::Iterator> whole_index(const VerifyScope& scope) {
  rocksdb::ReadOptions options = scope.reading;
  options.total_order_seek = true;
  std::unique_ptr<rocksdb::Iterator> iterator(
      scope.store.db->NewIterator(options, scope.store.index()));
  iterator->SeekToFirst();
  return iterator;
}

using Keys = std::vector<std::pair<Position, std::string>>;

Keys present_keys(const VerifyScope& scope, const std::vector<PositionRange>& ranges) {
  Keys keys;
  for (auto iterator = whole_index(scope); iterator->Valid(); iterator->Next()) {
    std::string_view key = view(iterator->key());
    if (!well_formed(key)) continue;
    Position position = position_of_index_key(key);
    if (within(ranges, position)) keys.emplace_back(position, key);
  }
  std::ranges::sort(keys);
  return keys;
}

Keys expected_keys(const VerifyScope& scope, const std::vector<PositionRange>& ranges) {
  Keys keys;
  StoredRecord stored;
  std::string buffer;
  std::vector<Subject> subjects;
  for (const PositionRange& range : ranges) {
    for (Position position = range.first; position <= range.last; ++position) {
      rocksdb::PinnableSlice bytes;
      auto status =
          scope.store.db->Get(scope.reading, scope.store.events(), event_key(position), &bytes);
      if (!status.ok()) continue;  // Found and reported where the records were looked at.
      Keys of_one;
      auto wrong = stored.read(view(bytes), [&](Record::Reader record) {
        for_each_key(record, position, buffer, subjects,
                     [&](std::string_view key) { of_one.emplace_back(position, key); });
      });
      if (!wrong) std::ranges::move(of_one, std::back_inserter(keys));
    }
  }
  std::ranges::sort(keys);
  return keys;
}

// The first position at which the index has this command, other than the one given.
Position other_use(const VerifyScope& scope, std::string_view key, Position position) {
  std::string_view prefix = index_prefix_of(key);
  auto iterator = whole_index(scope);
  for (iterator->Seek({prefix.data(), prefix.size()}); iterator->Valid(); iterator->Next()) {
    std::string_view found = view(iterator->key());
    if (!found.starts_with(prefix) || found.size() != key.size()) break;
    if (position_of_index_key(found) != position) return position_of_index_key(found);
  }
  return 0;
}

}  // namespace

IndexSecret make_index_secret() {
  IndexSecret secret;
  crypto_shorthash_keygen(secret.data());
  return secret;
}

IndexSums::IndexSums(const IndexSecret& secret, Position head) : secret_(secret), head_(head) {
  while (head_ >> shift_ >= sums_max) ++shift_;
  sums_.resize((head_ >> shift_) + 1);
}

void IndexSums::add(Position position, std::string_view key) {
  ASSERT(position <= head_);
  std::array<std::uint8_t, crypto_shorthash_siphashx24_BYTES> hash;
  crypto_shorthash_siphashx24(hash.data(), reinterpret_cast<const std::uint8_t*>(key.data()),
                              key.size(), secret_.data());
  std::array<std::uint64_t, 2> lanes;
  static_assert(sizeof(lanes) == sizeof(hash));
  std::memcpy(lanes.data(), hash.data(), sizeof(lanes));
  Sum& sum = sums_[position >> shift_];
  sum.low += lanes[0];
  sum.high += lanes[1];
  ++sum.entries;
}

void IndexSums::add_expected(Position position, Record::Reader record) {
  for_each_key(record, position, key_, subjects_,
               [&](std::string_view key) { add(position, key); });
}

void IndexSums::add(const IndexSums& others) {
  ASSERT(others.sums_.size() == sums_.size());
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    sums_[i].low += others.sums_[i].low;
    sums_[i].high += others.sums_[i].high;
    sums_[i].entries += others.sums_[i].entries;
  }
}

std::vector<PositionRange> IndexSums::differences(const IndexSums& others) const {
  ASSERT(others.sums_.size() == sums_.size());
  std::vector<PositionRange> ranges;
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    if (sums_[i] == others.sums_[i]) continue;
    Position first = Position{i} << shift_;
    Position last = first + (Position{1} << shift_) - 1;
    ranges.push_back({std::max<Position>(first, 1), std::min(last, head_)});
  }
  return ranges;
}

IndexScan scan_index(const VerifyScope& scope, IndexSums& sums, LogFaults& faults) {
  IndexScan scan;
  std::string last_command;
  auto iterator = whole_index(scope);
  for (; iterator->Valid() && !scope.stop.stop_requested(); iterator->Next()) {
    std::string_view key = view(iterator->key());
    ++scan.entries;
    if (!well_formed(key)) {
      faults.add(LogPart::index, 0,
                 {"索引里有一项不成格式", "the index holds an entry that is not well formed"});
      continue;
    }
    Position position = position_of_index_key(key);
    if (!iterator->value().empty()) {
      faults.add(LogPart::index, position,
                 entry_words(key, "索引的一项带有不该有的内容：",
                             "an entry of the index has contents, which none may have: "));
    }
    if (position == 0 || position > scope.head) {
      if (scope.cut && position > 0) continue;
      faults.add(LogPart::index, position,
                 entry_words(key, "索引多出一项，日志没有这个位置：",
                             "the index has an entry for a position that the log lacks: "));
      continue;
    }
    sums.add(position, key);
    if (!key.starts_with(command_prefix)) continue;
    if (index_prefix_of(last_command) == index_prefix_of(key)) {
      add_reuse(key, position_of_index_key(last_command), position, faults);
    }
    last_command.assign(key);
  }
  if (!iterator->status().ok()) {
    scan.readable = false;
    faults.add(LogPart::store, 0,
               {"索引无法读完：" + store_words(iterator->status()).zh,
                "the index cannot be read to its end: " + store_words(iterator->status()).en});
  }
  return scan;
}

void find_index_faults(const VerifyScope& scope, const std::vector<PositionRange>& ranges,
                       const std::vector<PositionRange>& unread, LogFaults& faults) {
  std::vector<PositionRange> searched(
      ranges.begin(),
      ranges.begin() + static_cast<std::ptrdiff_t>(std::min(ranges.size(), ranges_max)));
  Keys present = present_keys(scope, searched);
  Keys expected = expected_keys(scope, searched);
  Keys missing;
  Keys surplus;
  std::ranges::set_difference(expected, present, std::back_inserter(missing));
  std::ranges::set_difference(present, expected, std::back_inserter(surplus));
  for (const auto& [position, key] : missing) {
    if (within(unread, position)) continue;
    faults.add(LogPart::index, position, entry_words(key, "索引缺少：", "the index lacks: "));
    if (!key.starts_with(command_prefix)) continue;
    if (Position other = other_use(scope, key, position)) add_reuse(key, other, position, faults);
  }
  for (const auto& [position, key] : surplus) {
    if (within(unread, position)) continue;
    faults.add(LogPart::index, position,
               entry_words(key, "索引多出：", "the index holds, without reason: "));
  }
  if (ranges.size() > ranges_max) {
    faults.add(
        LogPart::index, ranges[ranges_max].first, ranges.back().last,
        {"索引在这一范围内还有 " + std::to_string(ranges.size() - ranges_max) +
             " 段与记录不符，未逐项列出",
         "the index disagrees with the records in " + std::to_string(ranges.size() - ranges_max) +
             " more stretches of this range, not listed one by one"});
  }
}

}  // namespace events
