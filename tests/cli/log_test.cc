#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <catch2/catch.hpp>
#include <filesystem>

#include "cli/error.h"
#include "events/checkpoint.h"
#include "events/keys.h"
#include "tests/built.h"
#include "tests/cli/data_folder.h"

using tests::DataFolder;

namespace {

std::string checkpoint_of(DataFolder& folder) {
  auto head = folder.probity({"log", "head", "-o", "json"});
  return boost::json::parse(head.out).at("checkpoint").as_string().c_str();
}

void alter_record(const DataFolder& folder, events::Position position) {
  folder.change_store([&](events::Store& store) {
    std::string bytes;
    REQUIRE(store.db->Get({}, store.events(), events::event_key(position), &bytes).ok());
    auto name = bytes.find("register-p-");
    REQUIRE(name != std::string::npos);
    bytes[name] = 'R';
    REQUIRE(store.db->Put({}, store.events(), events::event_key(position), bytes).ok());
  });
}

}  // namespace

TEST_CASE("log head says how long the log is, its root, and what was signed", "[cli]") {
  DataFolder folder(4);

  auto table = folder.probity({"log", "head"});
  auto text = folder.probity({"log", "head", "-o", "json"});
  auto earlier = folder.probity({"log", "head", "--at", "3", "-o", "json"});

  CHECK(table.exit_code == 0);
  CHECK(table.out.find("记录  5\n最新  2017-05-01 09:01\n") != std::string::npos);
  auto head = boost::json::parse(text.out);
  CHECK(head.at("origin") == DataFolder::origin);
  CHECK(head.at("size") == "5");
  auto key = events::parse_vkey(head.at("vkey").as_string().c_str());
  REQUIRE(key.has_value());
  auto signed_head = events::open_checkpoint(head.at("checkpoint").as_string().c_str(), *key);
  REQUIRE(signed_head.has_value());
  CHECK(signed_head->size == 5);
  CHECK(table.out.find(head.at("rootHex").as_string().c_str()) != std::string::npos);
  CHECK(boost::json::parse(earlier.out).at("size") == "3");
  CHECK(boost::json::parse(earlier.out).at("root") != head.at("root"));
}

TEST_CASE("a log that agrees with its safe is verified", "[cli]") {
  DataFolder folder(300);

  auto zh = folder.probity({"log", "verify"});
  auto en = folder.probity_en({"log", "verify"});
  auto text = folder.probity({"log", "verify", "-o", "json"});

  CHECK(zh.exit_code == 0);
  CHECK(zh.out.starts_with("核验通过：日志完整，与保管的检查点一致\n"));
  CHECK(zh.err == "");
  CHECK(en.out.starts_with("VERIFIED: the log is whole and agrees with the kept checkpoint\n"));
  auto report = boost::json::parse(text.out);
  CHECK(report.at("verdict") == "verified");
  CHECK(report.at("size") == "301");
  CHECK(report.at("agreements").at(0).at("size") == "301");
}

TEST_CASE("an altered record fails the verification with its position", "[cli]") {
  DataFolder folder(300);
  alter_record(folder, 200);

  auto zh = folder.probity({"log", "verify"});
  auto text = folder.probity({"log", "verify", "-o", "json"});

  CHECK(zh.exit_code == cli::exit_unverified);
  CHECK(zh.out.starts_with("核验失败"));
  CHECK(zh.out.find("记录   200  记录被改动；签发检查点时是另一内容") != std::string::npos);
  CHECK(text.exit_code == cli::exit_unverified);
  auto report = boost::json::parse(text.out);
  CHECK(report.at("verdict") == "failed");
  CHECK(report.at("faults").at(0).at("first") == "200");
}

TEST_CASE("a log that is refused for its lost end is verified all the same", "[cli]") {
  DataFolder folder(3);
  folder.change_store([](events::Store& store) {
    REQUIRE(store.db->Delete({}, store.events(), events::event_key(4)).ok());
  });

  CHECK(folder.probity({"log", "head"}).exit_code == cli::exit_unverified);
  auto verify = folder.probity_en({"log", "verify"});
  CHECK(verify.exit_code == cli::exit_unverified);
  CHECK(verify.out.find("the end of the log is missing") != std::string::npos);
}

TEST_CASE("without the safe a log cannot be verified, unless the auditor kept a checkpoint",
          "[cli]") {
  DataFolder folder(4);
  auto note = folder.write("kept", checkpoint_of(folder));
  auto key = folder.write("key", folder.read("data.safe/log.vkey"));
  folder.add(3);
  folder.globals = {"--safe", folder.file("elsewhere")};

  auto without = folder.probity({"log", "verify"});
  auto with = folder.probity({"log", "verify", "--checkpoint", note, "--vkey", key, "-o", "json"});

  CHECK(without.exit_code == cli::exit_incomplete);
  CHECK(without.out.starts_with("无法核验"));
  CHECK(with.exit_code == 0);
  auto report = boost::json::parse(with.out);
  CHECK(report.at("size") == "8");
  CHECK(report.at("agreements").at(0).at("size") == "5");
}

TEST_CASE("an auditor's checkpoint finds what the operator's own safe would hide", "[cli]") {
  DataFolder folder(4);
  auto note = folder.write("kept", checkpoint_of(folder));
  auto key = folder.write("key", folder.read("data.safe/log.vkey"));
  DataFolder rewritten(3);
  rewritten.add(1);
  std::filesystem::remove_all(folder.data());
  std::filesystem::copy(rewritten.data(), folder.data(), std::filesystem::copy_options::recursive);
  folder.globals = {"--safe", rewritten.safe()};

  CHECK(folder.probity({"log", "verify"}).exit_code == 0);
  auto verify = folder.probity_en({"log", "verify", "--checkpoint", note, "--vkey", key});
  CHECK(verify.exit_code == cli::exit_unverified);
  CHECK(verify.out.find("the root of the first 5 records is not that of the checkpoint") !=
        std::string::npos);
}

TEST_CASE("what is missing for a verification is told from what is wrong", "[cli]") {
  DataFolder folder(2);
  auto garbage = folder.write("garbage", "not a key\n");
  auto note = folder.write("kept", checkpoint_of(folder));

  CHECK(folder.probity({"log", "verify", "--checkpoint", folder.file("none")}).exit_code ==
        cli::exit_incomplete);
  CHECK(folder.probity({"log", "verify", "--checkpoint", note, "--vkey", garbage}).exit_code ==
        cli::exit_incomplete);
  CHECK(folder.probity({"log", "verify", "--checkpoint", garbage}).exit_code ==
        cli::exit_unverified);

  folder.write("data.safe/head.0", "damaged");
  folder.write("data.safe/head.1", "damaged");
  auto damaged = folder.probity_en({"log", "verify"});
  CHECK(damaged.exit_code == cli::exit_unverified);
  CHECK(damaged.out.find("the kept checkpoints are lost or damaged") != std::string::npos);
}

TEST_CASE("a proof and the record's bytes are checked without the log", "[cli]") {
  DataFolder folder(300);
  auto leaf = folder.file("leaf");

  auto proof = folder.probity({"log", "prove", "17", "--leaf", leaf});

  REQUIRE(proof.exit_code == 0);
  CHECK(proof.out.starts_with("c2sp.org/tlog-proof@v1\nindex 16\n"));
  auto path = folder.write("proof", proof.out);
  auto key = folder.write("key", folder.read("data.safe/log.vkey"));
  std::filesystem::remove_all(folder.data());
  std::filesystem::remove_all(folder.safe());
  auto checked = folder.probity({"log", "check-proof", path, "--leaf", leaf, "--vkey", key});
  CHECK(checked.exit_code == 0);
  CHECK(checked.out.starts_with("证明成立"));
  CHECK(checked.out.find("位置    17\n") != std::string::npos);

  auto altered = folder.read("leaf");
  altered.back() ^= 1;
  auto other = folder.write("other", altered);
  auto failed = folder.probity_en({"log", "check-proof", path, "--leaf", other, "--vkey", key});
  CHECK(failed.exit_code == cli::exit_unverified);
  CHECK(failed.err.find("NOT PROVEN") != std::string::npos);
  auto missing = folder.probity({"log", "check-proof", path, "--leaf", "none", "--vkey", key});
  CHECK(missing.exit_code == cli::exit_incomplete);
}

TEST_CASE("a proof waits until a checkpoint covers the position", "[cli]") {
  DataFolder folder(3);
  auto first = folder.read("data.safe/head.0");
  auto second = folder.read("data.safe/head.1");
  folder.add(2);
  folder.write("data.safe/head.0", first);
  folder.write("data.safe/head.1", second);

  auto early = folder.probity_en({"log", "prove", "6"});

  CHECK(early.exit_code == 5);
  CHECK(early.out == "");
  CHECK(early.err.find("no checkpoint covers position 6 yet: the kept one goes up to 4") !=
        std::string::npos);
  CHECK(folder.probity({"log", "prove", "4"}).exit_code == 0);
  CHECK(folder.probity({"log", "prove", "7"}).exit_code == 3);
  CHECK(folder.probity({"log", "prove", "0"}).exit_code == 3);
}

TEST_CASE("an older copy is only gone on with after an administrator has answered for it",
          "[cli]") {
  DataFolder folder(4);
  std::filesystem::copy(folder.data(), folder.file("copy"),
                        std::filesystem::copy_options::recursive);
  folder.add(3);
  std::string checkpoint = folder.write("kept.note", checkpoint_of(folder));
  std::filesystem::remove_all(folder.data());
  std::filesystem::rename(folder.file("copy"), folder.data());

  auto refused = folder.probity({"show", "rounds"});
  CHECK(refused.exit_code == cli::exit_unverified);
  CHECK(refused.err.find("日志缺少位置 6–8") != std::string::npos);
  auto by_nobody = folder.probity({"log", "restored", "--actor", "p-2", "--reason", "disk"});
  CHECK(by_nobody.exit_code != 0);
  CHECK(by_nobody.err.find("p-2 在现有的日志中不是管理员") != std::string::npos);
  CHECK(folder.probity({"log", "restored", "--actor", "admin", "--reason", ""}).exit_code != 0);
  CHECK(folder.probity({"show", "rounds"}).exit_code == cli::exit_unverified);

  auto done = folder.probity({"log", "restored", "--actor", "admin", "--reason", "磁盘损坏"});

  CHECK(done.exit_code == 0);
  auto recorded = folder.probity({"event", "show", "6"});
  CHECK(recorded.out.find("日志恢复") != std::string::npos);
  CHECK(recorded.out.find("磁盘损坏") != std::string::npos);
  CHECK(recorded.out.find("\"keptSize\": \"8\"") != std::string::npos);
  folder.add(1);
  CHECK(folder.probity({"log", "verify"}).exit_code == 0);
  auto auditor = folder.probity({"log", "verify", "--checkpoint", checkpoint});
  CHECK(auditor.exit_code == cli::exit_unverified);
}

TEST_CASE("there is nothing to accept of a log that agrees with its safe", "[cli]") {
  DataFolder folder(2);

  auto done = folder.probity({"log", "restored", "--actor", "admin", "--reason", "disk"});

  CHECK(done.exit_code != 0);
  CHECK(done.err.find("没有什么需要接受") != std::string::npos);
  CHECK(folder.probity({"log", "head"}).out.find("记录  3\n") != std::string::npos);
}

TEST_CASE("a leaf is written where the program runs when its name has no folder", "[cli]") {
  DataFolder folder(2);
  std::filesystem::create_directory(folder.file("here"));

  auto proved = tests::run({{"/usr/bin/env", "--chdir=" + folder.file("here"), tests::built_program,
                             "--data", folder.data(), "log", "prove", "2", "--leaf", "a.leaf"},
                            {},
                            0});

  INFO(proved.err);
  CHECK(proved.exit_code == 0);
  CHECK(std::filesystem::file_size(folder.file("here/a.leaf")) > 0);
}
