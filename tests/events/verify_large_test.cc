#include <catch2/catch.hpp>
#include <stop_token>

#include "events/batch.h"
#include "events/keys.h"
#include "events/sha256.h"
#include "events/verify.h"
#include "events/verify_records.h"
#include "tests/events/planted_log.h"
#include "tests/folder.h"

using events::LogVerdict;
using tests::listed;
using tests::PlantedLog;

namespace {

// Enough for a tile of the second level, and for several blocks that threads work on side by side.
constexpr events::Position many = 66'000;

std::vector<events::Position> progress_of(const events::LogOptions& options) {
  std::vector<events::Position> told;
  events::VerifyOptions how;
  how.threads = 1;
  how.progress = [&](events::Position done, events::Position) { told.push_back(done); };
  REQUIRE(events::verify_log(options, how).has_value());
  return told;
}

}  // namespace

TEST_CASE("faults in all parts of a large log are all named, whatever the number of threads",
          "[events]") {
  PlantedLog log(many);
  log.keep();

  CHECK(log.verify(1).verdict() == LogVerdict::verified);
  CHECK(log.report.tiles == 257 + 1);
  CHECK(progress_of(log.options()) ==
        std::vector<events::Position>{16384, 32768, 49152, 65536, many});

  auto upper = log.tile(1, 0);
  upper[32 * 3] ^= 1;
  log.put_tile(1, 0, upper);
  log.delete_record(events::block_records);
  log.delete_record(events::block_records + 1);
  log.edit(2 * events::block_records + 1, [](auto record) { record.setRecordedAt(0); });
  log.delete_index(events::index_key("actor/li", false, 50'000));
  auto tile = log.tile(0, 200);
  tile[0] ^= 1;
  log.put_tile(0, 200, tile);

  auto faults = listed(log.verify(1));

  CHECK(faults ==
        "checkpoint 0: the root of the first 66000 records is not that of the checkpoint kept 1: "
        "records and stored hashes were both altered, see the positions that are named\n"
        "tree 769-1024: the tile 1/0 holds a hash that does not follow from the tiles below it\n"
        "record 16384: missing\n"
        "record 16385: missing\n"
        "record 32769: time goes back: 1970-01-01T00:00:00.000000Z, after "
        "1970-01-01T00:00:00.032768Z\n"
        "record 32769: the record and the hash that is stored in the tree differ; there is no "
        "checkpoint to tell which of them was altered\n"
        "index 50000: the index lacks: actor/li (mentioned)\n"
        "record 51201: the record and the hash that is stored in the tree differ; there is no "
        "checkpoint to tell which of them was altered\n");
  CHECK(listed(log.verify(2)) == faults);
  CHECK(listed(log.verify(5)) == faults);
}

TEST_CASE("of very many faults the first hundred are listed and all are counted", "[events]") {
  PlantedLog log(600);
  log.keep();
  for (events::Position position = 600; position > 300; position -= 2) log.delete_record(position);

  log.verify();

  REQUIRE(log.report.faults.size() == events::log_faults_max);
  CHECK(log.report.faults_found > events::log_faults_max);
  CHECK(log.report.faults[0].first == 302);
  CHECK(log.report.faults[99].first == 500);
}

TEST_CASE("a log that nobody can open is verified all the same", "[events]") {
  PlantedLog log(600);
  log.keep();
  log.delete_tile(0, 1);
  log.delete_record(1);
  log.delete_record(599);

  auto faults = log.faults();

  CHECK_FALSE(events::Log::open_reader(log.options()).has_value());
  CHECK(faults.find("record 1: missing\n") != faults.npos);
  CHECK(faults.find("tree 257-512: the tile 0/1 is missing\n") != faults.npos);
  CHECK(faults.find("record 599: missing\n") != faults.npos);
}

TEST_CASE("one forged key far behind the end does not keep the verification busy", "[events]") {
  PlantedLog log(600);
  log.keep();
  log.put_record(events::Position{1} << 60, "x");

  CHECK(log.faults() ==
        "record 601-1152921504606846975: missing; the records behind them were not examined\n");

  log.put_record(0, "x");

  CHECK(log.faults().starts_with("store 1: there is an entry before this that is no record\n"));
}

TEST_CASE("a verification that is stopped says so and not more", "[events]") {
  PlantedLog log(600);
  log.keep();
  std::stop_source stop;
  stop.request_stop();
  events::VerifyOptions how;
  how.kept = log.kept;
  how.stop = stop.get_token();
  log.verify();

  auto report = events::verify_log(log.options(), how);

  REQUIRE(report.has_value());
  CHECK(report->verdict() == LogVerdict::incomplete);
  REQUIRE(report->missing.size() == 1);
  CHECK(report->missing[0].en == "it was stopped before it was done");
}

TEST_CASE("a log is verified beside its writer, as far as it had come", "[events]") {
  tests::Folder folder;
  events::LogOptions options;
  options.folder = folder.path() / "data";
  auto log = events::Log::create(options);
  REQUIRE(log.has_value());
  std::vector<events::Draft> drafts(1);
  auto event = drafts[0].event().initLogOpened();
  event.setOrigin(PlantedLog::origin);
  event.setLog("log");
  events::Batch batch(PlantedLog::origin, 0, {});
  events::Envelope envelope;
  envelope.actor = "admin";
  envelope.command_id = "init";
  REQUIRE(batch.add(envelope, {}, drafts).has_value());
  (*log)->append(batch);

  auto by_writer = events::verify_log(**log, {});
  auto beside = events::verify_log(options, {});

  REQUIRE(by_writer.has_value());
  REQUIRE(beside.has_value());
  CHECK(by_writer->head == 1);
  CHECK(by_writer->faults_found == 0);
  CHECK(beside->head == 1);
  CHECK(beside->root == by_writer->root);
}

TEST_CASE("a log that is gone fails the checkpoint that was kept of it", "[events]") {
  PlantedLog log(600);
  log.keep();
  tests::Folder nothing;
  events::LogOptions options;
  options.folder = nothing.path();

  auto unknown = events::verify_log(options, {});
  events::VerifyOptions how;
  how.kept = log.kept;
  auto gone = events::verify_log(options, how);

  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().code == events::Code::not_found);
  REQUIRE(gone.has_value());
  CHECK(gone->verdict() == LogVerdict::failed);
  CHECK(listed(*gone) ==
        "checkpoint 1-600: the end of the log is missing: when kept 1 was signed it had 600 "
        "records\n");
}

TEST_CASE("a checkpoint of the empty log verifies nothing", "[events]") {
  PlantedLog log(10);
  events::Checkpoint empty{PlantedLog::origin, 0, events::empty_root()};
  log.kept.push_back(
      {"kept",
       events::sign_checkpoint(empty, log.signing_key),
       {PlantedLog::origin, events::KeyType::ed25519, log.signing_key.public_key()}});

  CHECK(log.faults() == "");
  CHECK(log.report.verdict() == LogVerdict::incomplete);
}
