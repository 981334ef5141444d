#include "events/verify.h"

#include <catch2/catch.hpp>
#include <chrono>

#include "events/keys.h"
#include "events/sha256.h"
#include "events/text_encoding.h"
#include "tests/events/planted_log.h"

using events::LogVerdict;
using tests::listed;
using tests::PlantedLog;

namespace {

constexpr auto altered = "the record was altered: it was another when the checkpoint was signed";

std::string line(const std::string& what, const std::string& words) {
  return what + ": " + words + "\n";
}

}  // namespace

TEST_CASE("a whole log agrees with its checkpoint and is verified", "[events]") {
  PlantedLog log(600);
  log.keep();

  CHECK(log.faults() == "");
  CHECK(log.report.verdict() == LogVerdict::verified);
  CHECK(log.report.head == 600);
  CHECK(log.report.origin == PlantedLog::origin);
  CHECK(log.report.index_entries == 599 * 4 + 4);
  CHECK(log.report.tiles == 2);
  REQUIRE(log.report.agreements.size() == 1);
  CHECK(log.report.agreements[0].checkpoint.size == 600);
  CHECK(log.report.root == log.report.agreements[0].checkpoint.root);
}

TEST_CASE("a log that grew after the checkpoint was kept is verified", "[events]") {
  PlantedLog log(300);
  log.keep();
  for (int i = 0; i < 5; ++i) log.append({.actor = "wang", .parts = 3});

  CHECK(log.faults() == "");
  CHECK(log.report.verdict() == LogVerdict::verified);
  CHECK(log.report.head == 315);
}

TEST_CASE("without a kept checkpoint a log is not called verified", "[events]") {
  PlantedLog log(10);

  CHECK(log.faults() == "");
  CHECK(log.report.verdict() == LogVerdict::incomplete);
  REQUIRE(log.report.missing.size() == 1);
  CHECK(log.report.missing[0].en.starts_with("there is no kept checkpoint"));
}

TEST_CASE("a fault is a failure also where the checkpoint is missing", "[events]") {
  PlantedLog log(600);
  log.edit(300, [](auto record) { record.getEvent().getScoreEntered().setHundredths(9999); });

  CHECK(log.faults() == line("record 300",
                             "the record and the hash that is stored in the tree differ; there is "
                             "no checkpoint to tell which of them was altered"));
  CHECK(log.report.verdict() == LogVerdict::failed);
}

TEST_CASE("an edited record is named by its position", "[events]") {
  PlantedLog log(600);
  log.keep();
  log.edit(300, [](auto record) { record.getEvent().getScoreEntered().setHundredths(9999); });

  CHECK(log.faults() == line("record 300", altered));
  CHECK(log.report.verdict() == LogVerdict::failed);
  CHECK(log.report.agreements.empty());
}

TEST_CASE("a record that is edited after the last full tile fails the checkpoint", "[events]") {
  PlantedLog log(600);
  log.keep();
  log.edit(590, [](auto record) { record.getEvent().getScoreEntered().setHundredths(9999); });

  CHECK(log.faults().starts_with("checkpoint 513-600: the root of the first 600 records is not"));
  CHECK(log.report.verdict() == LogVerdict::failed);
}

TEST_CASE("an edit that moves an event to another subject shows in the index too", "[events]") {
  PlantedLog log(600);
  log.keep();
  log.edit(590, [](auto record) { record.getEvent().getScoreEntered().setApplication("B-9"); });

  auto faults = log.faults();

  CHECK(faults.find("index 590: the index lacks: application/B-9 (folded)") != faults.npos);
  CHECK(faults.find("index 590: the index holds, without reason: application/A-9 (folded)") !=
        faults.npos);
}

TEST_CASE("two records that changed places are both named", "[events]") {
  PlantedLog log(600);
  log.keep();
  auto one = log.record(100);
  log.put_record(100, log.record(200));
  log.put_record(200, one);

  auto faults = log.faults();

  CHECK(faults.find("record 100: the record says that its position is 200") != faults.npos);
  CHECK(faults.find("record 200: the record says that its position is 100") != faults.npos);
  CHECK(faults.find(line("record 100", altered)) != faults.npos);
  CHECK(faults.find(line("record 200", altered)) != faults.npos);
}

TEST_CASE("a deleted record is named, and all else still agrees", "[events]") {
  PlantedLog log(600);
  log.keep();
  log.delete_record(77);

  CHECK(log.faults() == line("record 77", "missing"));
}

TEST_CASE("a lost end is told from the checkpoint, and from what the index still holds",
          "[events]") {
  PlantedLog log(600);
  log.keep();
  for (events::Position position = 599; position <= 600; ++position) log.delete_record(position);

  auto faults = log.faults();

  CHECK(faults.find("checkpoint 599-600: the end of the log is missing: when kept 1 was signed it "
                    "had 600 records") != faults.npos);
  CHECK(faults.find("index 600: the index has an entry for a position that the log lacks: "
                    "command/li/c-599 (folded)") != faults.npos);
}

TEST_CASE("a missing index entry is named by subject and position", "[events]") {
  PlantedLog log(600);
  log.keep();
  log.delete_index(events::index_key("application/A-6", true, 407));

  CHECK(log.faults() == line("index 407", "the index lacks: application/A-6 (folded)"));
}

TEST_CASE("a surplus index entry is named by subject and position", "[events]") {
  PlantedLog log(600);
  log.keep();
  log.put_index(events::index_key("application/B-1", true, 31));
  log.put_index(events::index_key("person/zhao", false, 7000));
  log.put_index("nonsense");
  log.put_index(events::index_key("application/A-6", true, 407), "contents");

  CHECK(log.faults() ==
        line("index 0", "the index holds an entry that is not well formed") +
            line("index 31", "the index holds, without reason: application/B-1 (folded)") +
            line("index 407",
                 "an entry of the index has contents, which none may have: application/A-6 "
                 "(folded)") +
            line("index 7000",
                 "the index has an entry for a position that the log lacks: person/zhao "
                 "(mentioned)"));
}

TEST_CASE("an index entry that only changed its kind is found", "[events]") {
  PlantedLog log(50);
  log.keep();
  log.delete_index(events::index_key("person/li", false, 20));
  log.put_index(events::index_key("person/li", true, 20));

  CHECK(log.faults() ==
        line("index 20", "the index lacks: person/li (mentioned)") +
            line("index 20", "the index holds, without reason: person/li (folded)"));
}

TEST_CASE("an altered hash in a tile is told from an altered record", "[events]") {
  PlantedLog log(600);
  log.keep();
  auto tile = log.tile(0, 1);
  tile[32 * 9] ^= 1;
  tile[32 * 10] ^= 1;
  log.put_tile(0, 1, tile);

  CHECK(log.faults() == line("tree 266-267",
                             "the hash that is stored in the tree was altered; the record is as it "
                             "was signed"));
  CHECK(log.report.agreements.size() == 1);
  CHECK(log.report.verdict() == LogVerdict::failed);
}

TEST_CASE("missing, surplus and cut tiles are named", "[events]") {
  PlantedLog log(600);
  log.keep();
  log.delete_tile(0, 0);
  log.put_tile(0, 1, log.tile(0, 1).substr(32));
  log.put_tile(0, 2, std::string(8192, 'x'));
  log.put_tile(5, 1, "x");

  CHECK(log.faults() == line("tree 0", "the tile 0/2 is surplus: the log is not that long") +
                            line("tree 0", "the tile 5/1 is surplus: the log is not that long") +
                            line("tree 1-256", "the tile 0/0 is missing") +
                            line("tree 257-512", "the tile 0/1 is not 8,192 bytes long"));
}

TEST_CASE("a command id that is used twice is named with both positions", "[events]") {
  PlantedLog log(300);
  log.append({.command = "c-9"});
  log.append({.actor = "wang", .command = "c-9"});
  log.keep();

  CHECK(log.faults() ==
        line("index 301", "the command id is used twice: command/li/c-9, before at position 10"));
}

TEST_CASE("an id that is reused behind the index's back is found by the record", "[events]") {
  PlantedLog log(300);
  log.keep();
  log.edit(290, [](auto record) { record.setCommandId("c-9"); });

  auto faults = log.faults();

  CHECK(faults.find("index 290: the command id is used twice: command/li/c-9, before at position "
                    "10") != faults.npos);
  CHECK(faults.find("index 290: the index lacks: command/li/c-9 (folded)") != faults.npos);
}

TEST_CASE("time that goes back is found", "[events]") {
  PlantedLog log(300);
  log.append({.at = events::Moment(std::chrono::hours(2))});
  log.append({.at = events::Moment(std::chrono::hours(1)), .time_may_fall = true});
  log.keep();

  CHECK(log.faults() == line("record 302",
                             "time goes back: 1970-01-01T01:00:00.000000Z, after "
                             "1970-01-01T02:00:00.000000Z"));
}

TEST_CASE("a record of another log is found", "[events]") {
  PlantedLog log(20);
  log.append({.log = "other.example/log"});
  log.keep();

  CHECK(log.faults() == line("record 21", "the record is of another log: other.example/log"));
}

TEST_CASE("the events of one command must stand together and be complete", "[events]") {
  PlantedLog log(20);
  log.append({.parts = 3});
  log.append({.parts = 3});
  log.delete_record(26);
  log.delete_index(events::index_key("application/A-1", true, 26));
  log.delete_index(events::index_key("person/li", false, 26));
  log.delete_index(events::index_key("actor/li", false, 26));

  CHECK(log.faults() ==
        line("record 25", "the rest of the command's events is missing: the log breaks off here"));

  log.edit(22, [](auto record) { record.setOnBehalfOf("somebody"); });
  log.edit(25, [](auto record) { record.setParts(2); });

  CHECK(log.faults() ==
        line("record 22", "it does not go on with the command of the record before it") +
            line("record 23", "it does not go on with the command of the record before it") +
            line("record 25", "it does not go on with the command of the record before it"));
}

TEST_CASE("bytes that are no record are found and do not hide what stands around them",
          "[events]") {
  PlantedLog log(600);
  log.keep();
  log.put_record(40, "not a record");
  log.put_record(41, std::string(800, '\xff'));
  log.put_record(42, log.record(42) + std::string(8, '\0'));
  log.put_record(43, "");
  log.edit(44, [](auto record) { record.setIndex(7); });

  auto faults = log.faults();

  CHECK(faults.find("record 40: the record cannot be read: its length is not a number of words") !=
        faults.npos);
  CHECK(faults.find("record 41: the record cannot be read: ") != faults.npos);
  CHECK(faults.find("record 42: the record cannot be read: there are bytes behind its end") !=
        faults.npos);
  CHECK(faults.find("record 43: the record cannot be read: it is empty") != faults.npos);
  CHECK(faults.find("record 44: the record says that its position is 8") != faults.npos);
  CHECK(faults.find(line("record 40-44", altered)) != faults.npos);
  CHECK(faults.find("index") == faults.npos);
}

TEST_CASE("what a newer program wrote is not judged", "[events]") {
  PlantedLog log(20);
  log.edit(20, [](auto record) { record.setFormat(2); });
  log.keep();

  CHECK(log.faults() == "");
  CHECK(log.report.verdict() == LogVerdict::incomplete);
  REQUIRE(log.report.missing.size() == 1);
  CHECK(log.report.missing[0].en ==
        "1 records (from position 20) were written by a newer program: verify with that one");
}

TEST_CASE("a checkpoint that the log's key did not sign proves nothing", "[events]") {
  PlantedLog log(20);
  log.keep();
  log.kept[0].note[2] ^= 1;
  log.keep();
  log.kept[1].log.key = events::SigningKey::generate().public_key();

  CHECK(log.faults().starts_with("checkpoint 0: kept 1: "));
  CHECK(log.report.faults.size() == 2);
  CHECK(log.report.verdict() == LogVerdict::failed);
}

TEST_CASE("another log in its place is found by the name in the checkpoint", "[events]") {
  PlantedLog log(20);
  events::Checkpoint other{"other.example/log", 20, {}};
  log.kept.push_back({"kept",
                      events::sign_checkpoint(other, log.signing_key),
                      {other.origin, events::KeyType::ed25519, log.signing_key.public_key()}});

  CHECK(log.faults() ==
        line("checkpoint 0", "kept: this is a checkpoint of another log: other.example/log"));
}

TEST_CASE("a history that was rewritten with all its hashes fails an old checkpoint", "[events]") {
  PlantedLog log(512);
  PlantedLog rewritten(511);
  rewritten.append({.actor = "wang"});
  log.keep();
  rewritten.kept = log.kept;

  CHECK(rewritten.faults().starts_with(
      "checkpoint 0: the root of the first 512 records is not that of the checkpoint kept 1: "
      "history was rewritten together with its hashes"));
}
