#include "tests/events/planted_log.h"

#include "events/assert.h"
#include "events/batch.h"
#include "events/keys.h"
#include "events/merkle.h"
#include "events/sha256.h"
#include "events/text_encoding.h"

namespace tests {
namespace {

rocksdb::Slice slice(events::Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

events::Draft score(int number) {
  events::Draft draft;
  auto event = draft.event().initScoreEntered();
  event.setApplication("A-" + std::to_string(number % 20));
  event.setReviewer("li");
  event.setItem("1.1");
  event.setHundredths(static_cast<unsigned>(number));
  return draft;
}

}  // namespace

PlantedLog::PlantedLog(events::Position records)
    : disk_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
  auto created = events::Log::create(options());
  ASSERT(created.has_value());
  log_ = *std::move(created);
  std::vector<events::Draft> drafts(1);
  auto event = drafts[0].event().initLogOpened();
  event.setLog("log");
  event.setOrigin(origin);
  event.setAdministrator("admin");
  events::Envelope envelope;
  envelope.actor = "admin";
  envelope.command_id = "init";
  events::Batch batch(origin, 0, {});
  bool added = batch.add(envelope, {}, drafts).has_value();
  envelope.actor = "li";
  while (added && batch.items().size() < records) {
    envelope.command_id = "c-" + std::to_string(++commands_);
    drafts.clear();
    drafts.push_back(score(commands_));
    added = batch.add(envelope, {}, drafts).has_value();
  }
  ASSERT(added);
  log_->append(batch);
}

void PlantedLog::append(const Wanted& wanted) {
  events::Moment last = wanted.time_may_fall ? events::Moment() : log().last();
  events::Batch batch(wanted.log, log().head(), last);
  events::Envelope envelope;
  envelope.actor = wanted.actor;
  envelope.command_id =
      wanted.command.empty() ? "c-" + std::to_string(++commands_) : wanted.command;
  std::vector<events::Draft> drafts;
  for (int part = 0; part < wanted.parts; ++part) drafts.push_back(score(commands_));
  bool added = batch.add(envelope, wanted.at, drafts).has_value();
  ASSERT(added);
  log().append(batch);
}

void PlantedLog::keep() {
  // Of the bytes as they lie there, which the log itself might refuse to open.
  std::vector<events::Hash> leaves;
  std::string bytes;
  while (store().db->Get({}, store().events(), events::event_key(leaves.size() + 1), &bytes).ok()) {
    leaves.push_back(events::leaf_hash(events::bytes_of(bytes)));
  }
  events::Checkpoint checkpoint{origin, leaves.size(), events::merkle_root(leaves)};
  kept.push_back({"kept " + std::to_string(kept.size() + 1),
                  events::sign_checkpoint(checkpoint, signing_key),
                  {origin, events::KeyType::ed25519, signing_key.public_key()}});
}

std::string PlantedLog::record(events::Position position) {
  std::string bytes;
  bool found = store().db->Get({}, store().events(), events::event_key(position), &bytes).ok();
  ASSERT(found);
  return bytes;
}

void PlantedLog::put_record(events::Position position, const std::string& bytes) {
  bool put = store().db->Put({}, store().events(), events::event_key(position), bytes).ok();
  ASSERT(put);
}

void PlantedLog::delete_record(events::Position position) {
  bool deleted = store().db->Delete({}, store().events(), events::event_key(position)).ok();
  ASSERT(deleted);
}

void PlantedLog::edit(events::Position position,
                      const std::function<void(events::Record::Builder)>& change) {
  std::string stored = record(position);
  events::Message<events::Record> before(
      events::Bytes(reinterpret_cast<const std::uint8_t*>(stored.data()), stored.size()));
  capnp::MallocMessageBuilder message;
  message.setRoot(before.reader());
  change(message.getRoot<events::Record>());
  events::Message<events::Record> after(message);
  put_record(position, slice(after.bytes()).ToString());
}

void PlantedLog::put_index(const std::string& key, const std::string& value) {
  bool put = store().db->Put({}, store().index(), key, value).ok();
  ASSERT(put);
}

void PlantedLog::delete_index(const std::string& key) {
  std::string value;
  bool found = store().db->Get({}, store().index(), key, &value).ok();
  ASSERT(found);
  bool deleted = store().db->Delete({}, store().index(), key).ok();
  ASSERT(deleted);
}

std::string PlantedLog::tile(unsigned level, std::uint64_t number) {
  auto found = events::full_tiles(store())(level, number);
  ASSERT(found.has_value());
  return *found;
}

void PlantedLog::put_tile(unsigned level, std::uint64_t number, const std::string& bytes) {
  auto tile_key = events::tile_key(static_cast<std::uint8_t>(level), number);
  bool put = store().db->Put({}, store().tree(), tile_key, bytes).ok();
  ASSERT(put);
}

void PlantedLog::delete_tile(unsigned level, std::uint64_t number) {
  auto tile_key = events::tile_key(static_cast<std::uint8_t>(level), number);
  bool deleted = store().db->Delete({}, store().tree(), tile_key).ok();
  ASSERT(deleted);
}

events::VerifyReport PlantedLog::verify(unsigned threads) {
  close();
  events::VerifyOptions how;
  how.kept = kept;
  how.threads = threads;
  auto verified = events::verify_log(options(), how);
  ASSERT(verified.has_value());
  report = *std::move(verified);
  return report;
}

std::string PlantedLog::faults() { return listed(verify()); }

events::LogOptions PlantedLog::options() const {
  events::LogOptions options;
  options.folder = "/log";
  options.env = disk_.get();
  return options;
}

events::Store& PlantedLog::store() {
  if (store_) return *store_;
  close();
  auto opened = events::open_store(options(), events::Access::write);
  ASSERT(opened.has_value());
  store_ = *std::move(opened);
  return *store_;
}

events::Log& PlantedLog::log() {
  if (log_) return *log_;
  close();
  auto opened = events::Log::open(options());
  ASSERT(opened.has_value());
  log_ = *std::move(opened);
  return *log_;
}

void PlantedLog::close() {
  log_.reset();
  store_.reset();
}

std::string listed(const events::VerifyReport& report) {
  std::string lines;
  for (const events::LogFault& fault : report.faults) {
    lines += std::string(events::log_part_name(fault.part)) + " " + std::to_string(fault.first);
    if (fault.last != fault.first) lines += "-" + std::to_string(fault.last);
    lines += ": " + fault.words.en + "\n";
  }
  return lines;
}

}  // namespace tests
