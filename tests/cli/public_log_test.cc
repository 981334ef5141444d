#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "cli/client.h"
#include "events/file.h"
#include "events/published.h"
#include "tests/built.h"
#include "tests/cli/serving.h"

using tests::DataFolder;
using tests::Ending;
using tests::Served;

namespace {

constexpr const char* nobody = "";

// An auditor's desk: a token in a file, the public key from elsewhere, an empty folder.
struct Desk {
  explicit Desk(const Served& of, const std::string& person) : served(of) {
    token = served.folder->write("token-" + person, served.token(person) + "\n");
    data = served.folder->file("copy-" + person);
  }

  Ending probity(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {tests::built_program, "--lang", "en", "--data", data});
    return tests::run({std::move(arguments)});
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(served.port()); }
  Ending fetch(const std::string& vkey = "") const {
    std::vector<std::string> arguments{"-q",  "log",          "fetch", "--server",
                                       url(), "--token-file", token};
    if (!vkey.empty()) arguments.insert(arguments.end(), {"--vkey", vkey});
    return probity(std::move(arguments));
  }
  std::string vkey() const { return served.folder->safe() + "/log.vkey"; }

  const Served& served;
  std::string token;
  std::string data;
};

std::string head(const std::string& data) {
  return tests::run({{tests::built_program, "--data", data, "-o", "json", "log", "head"}}).out;
}

// More than a tile of records, with its roles.
std::unique_ptr<DataFolder> large_folder() {
  auto folder = tests::folder_with_roles();
  folder->add(300);
  return folder;
}

}  // namespace

TEST_CASE("tiles are for anybody, and entries for auditors, byte for byte as in a backup") {
  Served served(large_folder());
  auto backup = served.folder->file("backup");
  REQUIRE(served.folder->probity({"backup", backup}).exit_code == 0);
  int compared = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(backup + "/tile")) {
    if (!entry.is_regular_file()) continue;
    auto path = "/" + std::filesystem::relative(entry.path(), backup).string();
    bool entries = path.starts_with("/tile/entries/");
    auto bytes = *events::read_file(entry.path(), events::entries_bytes_max);
    auto answer = served.get(path, entries ? served.token("p-3") : nobody);
    INFO(path);
    CHECK(tests::status_of(answer) == "HTTP/1.1 200");
    CHECK(tests::body_of(answer) == bytes);
    bool full = path.find(".p/") == std::string::npos;
    CHECK((answer.find("immutable") != std::string::npos) == full);
    if (entries) {
      CHECK(tests::status_of(served.get(path, nobody)) == "HTTP/1.1 401");
      CHECK(tests::status_of(served.get(path, served.token("p-2"))) == "HTTP/1.1 403");
    }
    ++compared;
  }
  CHECK(compared >= 5);
}

TEST_CASE("a tile that is not there, or is not well named, is not found") {
  Served served(large_folder());
  for (const char* path :
       {"/tile/0/001", "/tile/0/001.p/255", "/tile/0/001.p/256", "/tile/0/001.p/0", "/tile/0/0",
        "/tile/0/x000/000", "/tile/00/000", "/tile/1/000", "/tile/8/000.p/1", "/tile/64/000",
        "/tile/0/999999999", "/tile/0/x999/x999/x999/x999/x999/999", "/tile/0/000.p/01",
        "/tile/0/000/", "/tile/entries/002", "/tile/entries/000.p/-1"}) {
    INFO(path);
    CHECK(tests::status_of(served.get(path, served.token("p-3"))) == "HTTP/1.1 404");
  }
}

TEST_CASE("an auditor fetches the log, goes on with it, and reads it without server or safe") {
  Served served(large_folder());
  Desk desk(served, "p-3");
  CHECK(desk.fetch().exit_code == 1);  // Whose log it has to be, the server cannot say.
  auto first = desk.fetch(desk.vkey());
  INFO(first.err);
  REQUIRE(first.exit_code == 0);
  served.post("later", tests::registered("later"), served.token("admin"));
  served.stop();  // And with it the newest checkpoint is kept.
  served.begin();
  REQUIRE(desk.fetch().exit_code == 0);
  CHECK(desk.fetch().exit_code == 0);
  served.stop();
  CHECK(desk.fetch().exit_code == 75);
  auto verified = desk.probity({"-o", "json", "log", "verify"});
  CHECK(verified.exit_code == 0);
  CHECK(verified.out.find(desk.data + "/checkpoint") != std::string::npos);
  CHECK(desk.probity({"event", "list"}).exit_code == 0);
  CHECK(desk.probity({"show", "access"}).exit_code == 0);
  auto root = [](const std::string& text) { return text.substr(0, text.find(",\"vkey\"")); };
  CHECK(root(head(desk.data)).starts_with(root(head(served.folder->data()))));
  // It is a copy: nobody goes on with it.
  auto written = desk.probity({"send", desk.token});
  CHECK(written.exit_code != 0);
}

TEST_CASE("whoever may not read the log does not fetch it") {
  Served served;
  Desk desk(served, "p-2");
  auto refused = desk.fetch(desk.vkey());
  CHECK(refused.exit_code == 4);
  CHECK_FALSE(std::filesystem::exists(desk.data + "/checkpoint"));
}

TEST_CASE("a server whose log does not follow from what was fetched is refused") {
  auto folder = tests::folder_with_roles();
  std::string older = folder->file("older");
  std::filesystem::copy(folder->data(), older, std::filesystem::copy_options::recursive);
  std::string older_safe = folder->file("older.safe");
  std::filesystem::copy(folder->safe(), older_safe, std::filesystem::copy_options::recursive);
  folder->add(5);
  Served served(std::move(folder));
  Desk desk(served, "p-3");
  REQUIRE(desk.fetch(desk.vkey()).exit_code == 0);
  served.stop();
  // The same key, the same length and more, other records.
  std::filesystem::remove_all(served.folder->data());
  std::filesystem::remove_all(served.folder->safe());
  std::filesystem::rename(older, served.folder->data());
  std::filesystem::rename(older_safe, served.folder->safe());
  tests::Serving forged(served.folder->data(), "admin", "p-2", {"admin", "p-3"});
  for (int i = 0; i < 20; ++i) {
    std::string id = "forged-" + std::to_string(i);
    forged.post(id, tests::registered(id), forged.token("admin"));
  }
  forged.stop();
  forged.begin();
  std::string token = served.folder->write("forged-token", forged.token("p-3"));
  auto refused = desk.probity({"log", "fetch", "--token-file", token, "--server",
                               "http://127.0.0.1:" + std::to_string(forged.port())});
  CHECK(refused.exit_code == 6);
  CHECK(refused.err.find("does not follow from") != std::string::npos);
  CHECK(desk.probity({"log", "verify"}).exit_code == 0);
}

TEST_CASE("a receipt is for whoever acted; to others the position is not there") {
  Served served;
  served.stop();  // All is under the kept checkpoint.
  served.begin();
  std::string position = "2";  // admin registered p-2
  auto own = served.get("/api/v1/receipts/" + position, served.token("admin"));
  REQUIRE(tests::status_of(own) == "HTTP/1.1 200");
  auto leaf = served.folder->file("leaf");
  auto proven = served.folder->probity({"-q", "log", "prove", position, "--leaf", leaf});
  CHECK(tests::body_of(own) == proven.out);
  auto proof = served.folder->write("proof", tests::body_of(own));
  CHECK(served.folder
            ->probity({"log", "check-proof", proof, "--leaf", leaf, "--vkey",
                       served.folder->safe() + "/log.vkey"})
            .exit_code == 0);
  CHECK(tests::status_of(served.get("/api/v1/receipts/2", served.token("p-3"))) == "HTTP/1.1 200");
  CHECK(tests::status_of(served.get("/api/v1/receipts/2", nobody)) == "HTTP/1.1 401");
  auto hidden = tests::read_body(served.get("/api/v1/receipts/2", served.token("p-2")));
  for (const char* absent : {"999999", "0", "02", "x", "18446744073709551616"}) {
    auto unknown = tests::read_body(
        served.get("/api/v1/receipts/" + std::string(absent), served.token("p-2")));
    unknown["requestId"] = hidden["requestId"];
    CHECK(unknown == hidden);
  }
  CHECK(hidden.at("status").as_int64() == 404);
}

TEST_CASE("a client keeps its connection, and gets a refusal as an error") {
  Served served;
  cli::ClientOptions options;
  options.base = "http://127.0.0.1:" + std::to_string(served.port());
  options.token_file = served.folder->write("token", served.token("p-2"));
  options.language = cli::Language::en;
  auto client = *cli::Client::open(options);
  CHECK(client->get("/livez")->body == "ok\n");
  auto refused = client->get("/api/v1/events");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == events::Code::forbidden);
  CHECK_FALSE(refused.error().words.en.empty());
  CHECK(client->post("/api/v1/commands", tests::registered("late-1"), "key-1")->status == 201);
  auto invalid = client->post("/api/v1/commands", "{", "key-2");
  REQUIRE_FALSE(invalid);
  CHECK(invalid.error().code == events::Code::invalid);
  served.stop();
  auto gone = client->get("/livez");
  REQUIRE_FALSE(gone);
  CHECK(gone.error().code == events::Code::overloaded);
  options.base = "http://192.0.2.1";
  CHECK_FALSE(cli::Client::open(options));
  options.base = "ftp://127.0.0.1";
  CHECK_FALSE(cli::Client::open(options));
}
