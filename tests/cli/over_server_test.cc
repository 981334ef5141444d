// The same subcommands against a folder and against the server that serves it.
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

#include "tests/built.h"
#include "tests/cli/serving.h"

namespace {

using Arguments = std::vector<std::string>;

// The sample round, served. Its people's tokens lie in files, as they would on their own machines.
class Office : public tests::Serving {
 public:
  Office() : Office(std::make_unique<tests::Folder>()) {}

  tests::Ending in_folder(Arguments arguments) const {
    arguments.insert(arguments.begin(), {tests::built_program, "--data", data_});
    return tests::run({arguments, {}, 0});
  }
  Arguments over(const std::string& person, const Arguments& arguments) const {
    Arguments all{tests::built_program, "--server", "http://127.0.0.1:" + std::to_string(port()),
                  "--token-file", token_file(person)};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
  }
  tests::Ending over_server(const std::string& person, const Arguments& arguments,
                            const std::string& in = {}) const {
    return tests::run({over(person, arguments), in, 0});
  }
  std::string file(const std::string& name) const { return folder_->file(name); }

 private:
  explicit Office(std::unique_ptr<tests::Folder> folder)
      : Serving(played(folder->file("demo")), "admin-1", "admin-2",
                {"auditor-1", "office-1", "rep-1", "admin-1", "admin-2"}),
        folder_(std::move(folder)),
        data_(folder_->file("demo")) {}

  static std::string played(const std::string& data) {
    auto made = tests::run({{tests::built_program, "-q", "--data", data, "demo", "--once"}, {}, 0});
    REQUIRE(made.exit_code == 0);
    return data;
  }

  std::string token_file(const std::string& person) const {
    std::string path = folder_->file(person + ".token");
    std::ofstream(path) << token(person) << '\n';
    return path;
  }

  std::unique_ptr<tests::Folder> folder_;
  std::string data_;
};

}  // namespace

TEST_CASE("an auditor reads from the server what lies in the folder, word for word", "[cli]") {
  Office office;
  for (const Arguments& arguments :
       {Arguments{"show", "board", "sh-2017", "--at", "3885"},
        Arguments{"show", "rounds", "--as-of", "2017-05-01", "-o", "json"},
        Arguments{"show", "scores", "--at", "3885", "-o", "ndjson"},
        Arguments{"explain", "A-02", "--at", "3885"},
        Arguments{"explain", "A-02", "--at", "3885", "-o", "json", "--lang", "en"},
        Arguments{"event", "list", "--limit", "1200", "--at", "3885"},
        Arguments{"event", "list", "--type", "commandRefused", "--limit", "0", "--at", "3885"},
        Arguments{"event", "list", "application/A-02", "--mentions", "--after", "500", "--limit",
                  "7", "--at", "3885", "-o", "ndjson"},
        Arguments{"event", "show", "3865", "--at", "3885"},
        Arguments{"event", "show", "3865", "--at", "3885", "-o", "json"}}) {
    INFO(arguments[0] << " " << arguments[1]);
    // The reader is told in both cases what a time was resolved to, and what is left out.
    auto near = office.in_folder(arguments);
    auto far = office.over_server("auditor-1", arguments);
    INFO(far.err);
    REQUIRE(far.exit_code == 0);
    // How long the log is by now is the one thing that may have changed.
    auto head = [](std::string text) {
      auto begin = text.find("（共 ");
      return begin == text.npos ? text : text.erase(begin, text.find("）", begin) - begin);
    };
    CHECK(head(far.out) == head(near.out));
    CHECK(far.err == near.err);
  }
  CHECK(office.over_server("auditor-1", {"event", "show", "9999999"}).exit_code == 3);
}

TEST_CASE("what hardly occurs is found in an export and in a stream, however far away", "[cli]") {
  Office office;
  auto near = office.in_folder(
      {"event", "list", "--type", "awardConferred", "--limit", "0", "-o", "ndjson"});
  auto far = office.get("/api/v1/events/export?type=awardConferred", office.token("auditor-1"));
  tests::Tcp stream(office.port());
  stream.send(tests::request("GET /api/v1/stream?type=awardConferred", office.token("auditor-1")));

  auto times = [](const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
    return count;
  };
  auto conferred = times(near.out, "\"type\":\"awardConferred\"");
  CHECK(conferred > 0);
  CHECK(times(far, "\"type\":\"awardConferred\"") == conferred);
  CHECK(far.find("\"count\":" + std::to_string(conferred)) != far.npos);
  CHECK(stream.read_until("event: awardConferred").find("event: awardConferred") != far.npos);
}

TEST_CASE("sealed texts are opened by the server for those who ask, and it is on record", "[cli]") {
  Office office;
  Arguments show{"event", "show", "400"};
  auto closed = office.over_server("auditor-1", show);
  auto before = office.over_server("auditor-1", {"show", "readings", "auditor-1", "-o", "ndjson"});
  auto opened = office.over_server("auditor-1", {"--open", "event", "show", "400"});
  auto after = office.over_server("auditor-1", {"show", "readings", "auditor-1", "-o", "ndjson"});

  CHECK(closed.out.find("（已封存）") != std::string::npos);
  CHECK(opened.out.find("（已封存）") == std::string::npos);
  CHECK(after.out.size() > before.out.size());
  CHECK(office.over_server("rep-1", {"--open", "show", "applications"}).exit_code == 4);
}

TEST_CASE("two administrators let somebody in from their own desks", "[cli]") {
  Office office;
  auto issued = office.over_server("admin-1", {"-o", "json", "token", "issue", "rep-2"});
  REQUIRE(issued.exit_code == 0);
  std::string secret = issued.out.substr(0, issued.out.find('\n'));
  auto begin = issued.err.find("token confirm ") + std::string("token confirm ").size();
  std::string id = issued.err.substr(begin, issued.err.find_first_of(" \n", begin) - begin);
  auto early = office.get("/api/v1/me", secret);
  auto alone = office.over_server("admin-1", {"token", "confirm", id});
  auto as_other = office.over_server("admin-1", {"token", "confirm", id, "--actor", "admin-2"});
  auto both =
      office.over_server("admin-1", {"token", "issue", "rep-2", "--confirmed-by", "admin-2"});
  auto no_right = office.over_server("rep-1", {"token", "issue", "rep-1"});
  auto confirmed = office.over_server("admin-2", {"token", "confirm", id});
  auto inside = office.get("/api/v1/me", secret);
  auto ended = office.over_server("admin-2", {"token", "end", id});

  CHECK(tests::status_of(early) == "HTTP/1.1 401");
  CHECK(alone.exit_code == 4);
  CHECK(as_other.exit_code == 4);
  CHECK(both.exit_code == 1);
  CHECK(no_right.exit_code == 4);
  CHECK(confirmed.exit_code == 0);
  CHECK(inside.find("\"person\":\"rep-2\"") != inside.npos);
  CHECK(ended.exit_code == 0);
  CHECK(tests::status_of(office.get("/api/v1/me", secret)) == "HTTP/1.1 401");
}

TEST_CASE("everybody sees over the server what is his to see, and is told why not more", "[cli]") {
  Office office;
  auto own = office.over_server("rep-1", {"show", "applications"});
  auto events = office.over_server("rep-1", {"event", "list"});
  auto explained = office.over_server("rep-1", {"explain", "A-01"});
  auto proof = office.over_server("auditor-1", {"log", "prove", "5"});
  auto not_his = office.over_server("rep-1", {"log", "prove", "5"});

  CHECK(own.exit_code == 0);
  CHECK(own.out.find("A-01") != std::string::npos);
  CHECK(own.out.find("A-02") == std::string::npos);
  CHECK(events.exit_code == 4);
  CHECK(events.err.find("只供纪检和审计") != std::string::npos);
  CHECK(explained.exit_code == 4);
  CHECK(proof.exit_code == 0);
  CHECK(proof.out.starts_with("c2sp.org/tlog-proof@v1\n"));
  CHECK(not_his.exit_code == 3);
  CHECK(office.over_server("rep-1", {"log", "head"}).out.find("\n\n— ") != std::string::npos);
}

TEST_CASE("commands are sent to a server as to a folder, each once, and refused in its words",
          "[cli]") {
  Office office;
  std::string line =
      R"({"id": "s-1", "actor": "admin-1", "registerPerson": {"person": "n-1", "name": "x"}})"
      "\n";
  std::string refused =
      R"({"id": "s-2", "actor": "office-1", "registerPerson": {"person": "n-2", "name": "x"}})"
      "\n";
  std::string timed = R"({"id": "s-3", "actor": "admin-1", "at": "2017-09-01T00:00:00+08:00", )"
                      R"("registerPerson": {"person": "n-3", "name": "x"}})"
                      "\n";
  auto sent = office.over_server("admin-1", {"send", "-"}, line);
  auto again = office.over_server("admin-1", {"send", "-", "-o", "ndjson"}, line);
  auto kept_from = office.over_server("office-1", {"send", "-"}, refused);
  auto of_another = office.over_server("office-1", {"send", "-"}, line);
  auto with_time = office.over_server("admin-1", {"send", "-"}, timed);
  office.kill();
  auto to_nobody = office.over_server("admin-1", {"send", "-"}, line);

  INFO(sent.out << sent.err);
  CHECK(sent.exit_code == 0);
  CHECK(again.exit_code == 0);
  CHECK(again.out.find(R"("repeated":true)") != std::string::npos);
  CHECK(kept_from.exit_code == 5);
  CHECK(kept_from.err.find("错误：") != std::string::npos);
  CHECK(of_another.exit_code == 5);
  CHECK(of_another.err.find("actor") != std::string::npos);
  CHECK(with_time.exit_code == 5);
  CHECK(with_time.err.find("不能自带时间") != std::string::npos);
  CHECK(to_nobody.exit_code == 75);
}

TEST_CASE("a round is watched over the server, by staff too", "[cli]") {
  Office office;
  tests::Process watching({office.over("office-1", {"round", "watch", "sh-2017"}), {}, 0});
  auto wait_for = [&](const std::string& text) {
    for (std::size_t lines = 1; watching.out().find(text) == std::string::npos; ++lines) {
      REQUIRE(watching.wait_for_lines(lines));
    }
  };
  wait_for("有新的记录时自动更新");
  auto sent = office.over_server(
      "admin-1", {"send", "-", "-o", "ndjson"},
      R"({"id": "w-1", "actor": "admin-1", "registerPerson": {"person": "n-1", "name": "x"}})"
      "\n");
  REQUIRE(sent.exit_code == 0);
  constexpr std::string_view first = "\"first\":\"";
  auto begin = sent.out.find(first) + first.size();
  std::string position = sent.out.substr(begin, sent.out.find('"', begin) - begin);
  wait_for("（共 " + position + "）");
  watching.signal(SIGINT);
  CHECK(watching.finish().exit_code == 0);
}

TEST_CASE("what works on a folder alone says so", "[cli]") {
  Office office;
  for (const Arguments& arguments :
       {Arguments{"log", "verify"}, Arguments{"draw", "check", "draw-gold-services"},
        Arguments{"backup", office.file("copy")},
        Arguments{"event", "show", "5", "--raw", office.file("raw")},
        Arguments{"log", "prove", "5", "--leaf", office.file("leaf")}}) {
    auto refused = office.over_server("auditor-1", arguments);
    INFO(arguments[0] << " " << refused.err);
    CHECK(refused.exit_code != 0);
    CHECK((refused.err.find("--server") != std::string::npos ||
           refused.err.find("log fetch") != std::string::npos));
  }
}
