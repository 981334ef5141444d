#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/built.h"
#include "tests/cli/serving.h"

// A backup is the public form of the log: what it holds is compared file by file, and what is made
// of it is compared with the log that it was made from.

namespace fs = std::filesystem;
using tests::DataFolder;
using tests::Ending;

namespace {

constexpr int many = 600;  // Two full tiles, and a partial one.

Ending probity(std::vector<std::string> arguments, std::chrono::milliseconds limit = {}) {
  arguments.insert(arguments.begin(), {tests::built_program, "--lang", "en"});
  tests::Program program{std::move(arguments)};
  if (limit.count() > 0) program.limit = limit;
  return tests::run(program);
}

Ending back_up(const std::string& data, const std::string& to, bool with_safe = true) {
  std::vector<std::string> arguments{"--data", data, "-q", "backup", to};
  if (with_safe) arguments.emplace_back("--with-safe");
  return probity(std::move(arguments));
}

Ending restore(const std::string& from, const std::string& data) {
  return probity({"--data", data, "-q", "restore", from});
}

std::string head(const std::string& data) {
  return probity({"--data", data, "-o", "json", "log", "head"}).out;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::map<std::string, std::string> files_of(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files[fs::relative(entry.path(), folder).string()] = read(entry.path());
  }
  return files;
}

bool same(const std::string& one, const std::string& other) {
  return files_of(one) == files_of(other);
}

}  // namespace

TEST_CASE("a backup gives back the same log, byte for byte") {
  DataFolder folder(many);
  auto backup = folder.file("backup");
  REQUIRE(back_up(folder.data(), backup).exit_code == 0);
  auto files = files_of(backup);
  CHECK(files.at("tile/0/000").size() == 8192);
  CHECK(files.at("tile/0/002.p/89").size() == 89 * 32);
  CHECK(files.at("tile/1/000.p/2").size() == 2 * 32);
  CHECK(files.contains("tile/entries/002.p/89"));
  CHECK(fs::status(backup + "/safe/signing.seed").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(fs::status(backup + "/safe").permissions() == fs::perms::owner_all);

  auto data = folder.file("new");
  auto restored = restore(backup, data);
  INFO(restored.err);
  REQUIRE(restored.exit_code == 0);
  CHECK(head(data) == head(folder.data()));
  CHECK(probity({"--data", data, "log", "verify"}).exit_code == 0);
  auto again = folder.file("again");
  REQUIRE(back_up(data, again).exit_code == 0);
  CHECK(same(again, backup));
  CHECK(probity({"--data", data, "-q", "restore", backup}).exit_code != 0);
}

TEST_CASE("a second backup adds what is new, and holds nothing that is old") {
  DataFolder folder(100);
  auto backup = folder.file("backup");
  REQUIRE(back_up(folder.data(), backup).exit_code == 0);
  folder.add(200);
  REQUIRE(back_up(folder.data(), backup).exit_code == 0);
  folder.add(300);
  fs::remove(fs::directory_iterator(folder.safe() + "/persons")->path());  // Destroyed for good.
  auto second = probity({"--data", folder.data(), "-o", "json", "backup", backup, "--with-safe"});
  CHECK(second.out.find("\"added\":\"300\"") != std::string::npos);
  auto fresh = folder.file("fresh");
  REQUIRE(back_up(folder.data(), fresh).exit_code == 0);
  CHECK(same(backup, fresh));
}

TEST_CASE("a backup that is killed is the one before, and is gone on with") {
  DataFolder folder(100);
  auto backup = folder.file("backup");
  REQUIRE(back_up(folder.data(), backup, false).exit_code == 0);
  folder.add(many);
  int killed = 0;
  for (int ms = 5; ms < 120; ms += 10) {
    auto ending =
        probity({"--data", folder.data(), "-q", "backup", backup}, std::chrono::milliseconds(ms));
    killed += ending.timed_out ? 1 : 0;
    auto data = folder.file("new-" + std::to_string(ms));
    auto restored = restore(backup, data);
    INFO(ms << " ms: " << restored.err);
    REQUIRE(restored.exit_code == 0);
  }
  CHECK(killed > 0);
  REQUIRE(back_up(folder.data(), backup, false).exit_code == 0);
  auto fresh = folder.file("fresh");
  REQUIRE(back_up(folder.data(), fresh, false).exit_code == 0);
  CHECK(same(backup, fresh));
}

TEST_CASE("a restore that is killed is gone on with") {
  DataFolder folder(many);
  auto backup = folder.file("backup");
  REQUIRE(back_up(folder.data(), backup, false).exit_code == 0);
  auto data = folder.file("new");
  for (int ms = 5; ms < 100 && !fs::exists(data); ms += 10) {
    probity({"--data", data, "-q", "restore", backup}, std::chrono::milliseconds(ms));
  }
  if (!fs::exists(data)) REQUIRE(restore(backup, data).exit_code == 0);
  CHECK(probity({"--data", data, "log", "verify"}).exit_code == 0);
}

TEST_CASE("a flipped byte anywhere in a backup is refused, in words") {
  DataFolder folder(many);
  std::vector<fs::path> keys;
  for (const auto& key : fs::directory_iterator(folder.safe() + "/persons")) {
    keys.push_back(key.path());
  }
  for (std::size_t i = 1; i < keys.size(); ++i) fs::remove(keys[i]);  // One stands for all.
  auto backup = folder.file("backup");
  REQUIRE(back_up(folder.data(), backup).exit_code == 0);
  int flipped = 0;
  for (const auto& [name, bytes] : files_of(backup)) {
    for (std::size_t at : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
      if (bytes.empty()) continue;
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      std::ofstream(backup + "/" + name, std::ios::binary) << changed;
      auto data = folder.file("new-" + std::to_string(++flipped));
      auto ending = restore(backup, data);
      INFO(name << " at " << at << ": " << ending.err);
      CHECK(ending.exit_code > 0);
      CHECK_FALSE(ending.err.empty());
      CHECK_FALSE(fs::exists(data));
      CHECK_FALSE(fs::exists(data + ".safe"));
    }
    std::ofstream(backup + "/" + name, std::ios::binary) << bytes;
  }
  CHECK(flipped > 30);
  CHECK(restore(backup, folder.file("whole")).exit_code == 0);
}

TEST_CASE("an older backup beside the same safe is refused until somebody answers for it") {
  DataFolder folder(10);
  auto backup = folder.file("backup");
  REQUIRE(back_up(folder.data(), backup, false).exit_code == 0);
  folder.add(10);
  auto newer = folder.file("newer");
  REQUIRE(back_up(folder.data(), newer, false).exit_code == 0);
  auto data = folder.file("new");
  REQUIRE(probity({"--data", data, "--safe", folder.safe(), "restore", backup}).exit_code == 0);
  auto refused = probity({"--data", data, "--safe", folder.safe(), "log", "head"});
  CHECK(refused.exit_code == 6);
  CHECK(refused.err.find("lacks positions 12–21") != std::string::npos);
  auto answered = probity({"--data", data, "--safe", folder.safe(), "log", "restored", "--actor",
                           "admin", "--reason", "the disk was lost"});
  CHECK(answered.exit_code == 0);
  CHECK(probity({"--data", data, "--safe", folder.safe(), "log", "verify"}).exit_code == 0);
  // What was gone on with does not follow from what was backed up of the other.
  auto other = probity({"--data", data, "--safe", folder.safe(), "backup", newer});
  CHECK(other.exit_code != 0);
  CHECK(other.err.find("does not follow") != std::string::npos);
}

TEST_CASE("a restored folder is read without a safe, and keeps to its checkpoint") {
  DataFolder folder(20);
  auto backup = folder.file("backup");
  REQUIRE(back_up(folder.data(), backup, false).exit_code == 0);
  auto data = folder.file("new");
  REQUIRE(restore(backup, data).exit_code == 0);
  REQUIRE_FALSE(fs::exists(data + ".safe"));
  CHECK(probity({"--data", data, "log", "verify"}).exit_code == 0);
  CHECK(probity({"--data", data, "event", "list"}).exit_code == 0);
  CHECK(probity({"--data", data, "show", "access"}).exit_code == 0);
}

TEST_CASE("a backup is made while the server takes commands") {
  tests::Served served;
  auto backup = served.folder->file("backup");
  for (int i = 0; i < 5; ++i) {
    std::string id = "during-" + std::to_string(i);
    auto answer = served.post(id, tests::registered(id), served.token("admin"));
    REQUIRE(tests::status_of(answer) == "HTTP/1.1 201");
    auto made = back_up(served.folder->data(), backup);
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    REQUIRE(restore(backup, served.folder->file("new-" + std::to_string(i))).exit_code == 0);
  }
  served.stop();
  REQUIRE(back_up(served.folder->data(), backup).exit_code == 0);
  auto data = served.folder->file("last");
  REQUIRE(restore(backup, data).exit_code == 0);
  CHECK(head(data) == head(served.folder->data()));
}
