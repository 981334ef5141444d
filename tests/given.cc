#include "tests/given.h"

#include <catch2/catch.hpp>

#include "events/assert.h"
#include "events/decode.h"
#include "events/parse_json.h"

namespace tests {
namespace {

constexpr const char* data = "/data";

events::Moment moment(std::string_view text) {
  auto parsed = events::parse_moment(text);
  ASSERT(parsed);
  return *parsed;
}

}  // namespace

events::Message<engine::Command> command(std::string_view json) {
  auto node = events::parse_json(json, "test");
  capnp::MallocMessageBuilder builder;
  auto decoded = node ? events::decode(*node, builder.initRoot<engine::Command>(), "test")
                      : events::Result<>(std::unexpected(node.error()));
  if (!decoded) {
    std::string faults = decoded.error().words.en;
    for (const auto& fault : decoded.error().faults)
      faults += "\n" + fault.place + ": " + fault.words.en;
    FAIL(json << " is no command: " << faults);
  }
  return events::Message<engine::Command>(builder);
}

events::Batch next_batch(const events::Log& log, std::size_t events, std::string_view applicant) {
  events::Batch batch(log.origin().empty() ? Given::origin : log.origin(), log.head(), log.last());
  for (std::size_t i = 0; i < events; ++i) {
    std::vector<events::Draft> drafts(1);
    auto event = drafts[0].event().initEarlierApplicationRegistered();
    event.setApplicant(std::string(applicant));
    event.setScheme("shanghai");
    event.setYear(2016);
    event.setEvidence("certificate " + std::to_string(batch.head() + 1));
    events::Envelope envelope;
    envelope.actor = Given::administrator;
    envelope.command_id = "c" + std::to_string(batch.head() + 1);
    auto added = batch.add(envelope, moment("2026-01-05T09:00:00+08:00"), drafts);
    ASSERT(added);
  }
  return batch;
}

std::vector<std::string> all_records(const events::Log& log) {
  std::vector<std::string> records;
  auto cursor = log.read(0);
  while (cursor.next()) {
    auto bytes = cursor.bytes();
    records.emplace_back(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  return records;
}

Given::Given(rocksdb::Env* disk)
    : memory_(disk ? nullptr : rocksdb::NewMemEnv(rocksdb::Env::Default())),
      disk_(disk ? disk : memory_.get()),
      clock_(moment("2026-01-05T09:00:00+08:00")) {
  auto safe = events::Safe::create(folder_.path() / "safe", origin);
  ASSERT(safe);
  safe_.emplace(*std::move(safe));
}

events::LogOptions Given::options() const {
  events::LogOptions options;
  options.folder = data;
  options.env = disk_;
  options.die = die;
  auto kept = safe_->kept();
  ASSERT(kept);
  if (*kept) options.kept = events::KeptHead{(*kept)->size, (*kept)->root};
  return options;
}

events::Result<> Given::try_open() {
  auto log = begun_ ? events::Log::open(options()) : events::Log::create(options());
  bool there = !log && !begun_ && log.error().code == events::Code::conflict;
  if (there) log = events::Log::open(options());
  if (!log) return std::unexpected(log.error());
  log_ = *std::move(log);
  writer_ = std::make_unique<engine::Writer>(*log_, *safe_, clock_, writing);
  clock_.move_to(log_->last());
  if (log_->head() == 0) {
    auto reply = writer_->open_log(origin, "Asia/Shanghai", true, administrator);
    if (reply.refusal) return std::unexpected(*reply.refusal);
  }
  begun_ = true;
  return {};
}

Given& Given::opened() {
  auto done = try_open();
  if (!done) FAIL("the log does not open: " << done.error().words.en);
  return *this;
}

Given& Given::closed() {
  writer_.reset();
  log_.reset();
  return *this;
}

Given& Given::at(std::string_view text) {
  clock_.move_to(moment(text));
  return *this;
}

Given& Given::kept() {
  auto root = log_->root(log_->head());
  ASSERT(root);
  auto done = safe_->keep({log_->origin(), log_->head(), *root});
  if (!done) FAIL("the head is not kept: " << done.error().words.en);
  return *this;
}

Given& Given::registered(const std::string& person) {
  auto reply = send(R"({"id": "register-)" + person + R"(", "actor": "admin", "registerPerson": )" +
                    R"({"person": ")" + person + R"(", "name": "Name of )" + person + R"("}})");
  if (reply.refusal) FAIL(person << " is not registered: " << reply.refusal->words.en);
  return *this;
}

engine::Reply Given::send(std::string_view json) { return writer_->write(command(json)); }

std::vector<engine::Reply> Given::send(const std::vector<std::string>& json) {
  std::vector<engine::Asked> commands;
  for (const std::string& one : json) commands.push_back({command(one)});
  return writer_->write(commands);
}

}  // namespace tests
