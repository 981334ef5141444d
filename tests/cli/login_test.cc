#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "cli/attempts.h"
#include "tests/cli/serving.h"

namespace {

namespace json = boost::json;
using tests::ask;
using tests::read_body;
using tests::request;
using tests::Served;
using tests::Serving;
using tests::status_of;

constexpr const char* passphrase = "三人行必有我师焉择其善者而从之";

std::string text(const json::object& object, const char* member) {
  return std::string(object.at(member).as_string());
}

std::string post_to(const Serving& serving, const std::string& path, const std::string& body,
                    const std::string& more = "") {
  return ask(serving.port(), request("POST /api/v1/" + path, "", more, body));
}

std::string login(const Serving& serving, const std::string& person, const std::string& words) {
  return post_to(serving, "login",
                 R"({"person": ")" + person + R"(", "passphrase": ")" + words + R"("})");
}

// "Cookie: probity_session=…\r\n" from the answer to a login.
std::string cookie_of(const std::string& answer) {
  auto begin = answer.find("probity_session=");
  return "Cookie: other=1; " + answer.substr(begin, answer.find(';', begin) - begin) + "\r\n";
}

std::string me(const Serving& serving, const std::string& cookie) {
  return ask(serving.port(), request("GET /api/v1/me", "", cookie));
}

std::string invite(tests::DataFolder& folder) {
  auto issued = folder.probity(
      {"-q", "token", "issue", "p-3", "--invitation", "--actor", "admin", "--confirmed-by", "p-2"});
  INFO(issued.err);
  REQUIRE(issued.exit_code == 0);
  return issued.out.substr(0, issued.out.find('\n'));
}

// Served, with an invitation for p-3.
struct Invited {
  std::unique_ptr<tests::DataFolder> folder = tests::folder_with_roles();
  std::string invitation = invite(*folder);
  Served served{std::move(folder)};

  std::string set(const std::string& words) const {
    return post_to(served, "passphrase",
                   R"({"invitation": ")" + invitation + R"(", "passphrase": ")" + words + R"("})");
  }
};

}  // namespace

TEST_CASE("an invitation sets a passphrase once, which begins sessions", "[cli]") {
  Invited invited;
  const Served& served = invited.served;

  CHECK(status_of(invited.set("太短")) == "HTTP/1.1 422");
  CHECK(status_of(served.get("/api/v1/me", invited.invitation)) == "HTTP/1.1 401");
  CHECK(status_of(login(served, "p-3", passphrase)) == "HTTP/1.1 401");
  CHECK(status_of(invited.set(passphrase)) == "HTTP/1.1 200");
  CHECK(status_of(invited.set(passphrase)) == "HTTP/1.1 401");

  auto answer = login(served, "p-3", passphrase);
  INFO(answer);
  REQUIRE(status_of(answer) == "HTTP/1.1 201");
  CHECK(answer.find("HttpOnly; SameSite=Strict") != std::string::npos);
  CHECK(read_body(me(served, cookie_of(answer))).at("auditor") == true);
  auto wrong = login(served, "p-3", "三人行必有我师焉择其善者而改之");
  auto nobody = login(served, "p-77", passphrase);
  CHECK(status_of(wrong) == "HTTP/1.1 401");
  CHECK(text(read_body(wrong), "detail") == text(read_body(nobody), "detail"));
}

TEST_CASE("a session ends by logging out and by a new passphrase", "[cli]") {
  Invited invited;
  const Served& served = invited.served;
  invited.set(passphrase);
  auto first = cookie_of(login(served, "p-3", passphrase));
  auto second = cookie_of(login(served, "p-3", passphrase));

  CHECK(status_of(post_to(served, "logout", "", first)) == "HTTP/1.1 200");
  CHECK(status_of(me(served, first)) == "HTTP/1.1 401");
  CHECK(status_of(me(served, second)) == "HTTP/1.1 200");
  auto changed = post_to(served, "passphrase",
                         std::string(R"({"person": "p-3", "old": ")") + passphrase +
                             R"(", "passphrase": "another passphrase, longer"})");
  CHECK(status_of(changed) == "HTTP/1.1 200");
  CHECK(status_of(me(served, second)) == "HTTP/1.1 401");
  CHECK(status_of(login(served, "p-3", passphrase)) == "HTTP/1.1 401");
  CHECK(status_of(login(served, "p-3", "another passphrase, longer")) == "HTTP/1.1 201");
}

TEST_CASE("a page of another site does nothing with somebody's cookie", "[cli]") {
  Invited invited;
  const Served& served = invited.served;
  invited.set(passphrase);
  auto cookie = cookie_of(login(served, "p-3", passphrase));
  auto from = [&](const std::string& headers) {
    return status_of(post_to(served, "logout", "", cookie + headers));
  };

  CHECK(from("Origin: https://elsewhere.example\r\n") == "HTTP/1.1 403");
  CHECK(from("Origin: null\r\n") == "HTTP/1.1 403");
  CHECK(from("Sec-Fetch-Site: cross-site\r\n") == "HTTP/1.1 403");
  CHECK(from("Sec-Fetch-Site: same-site\r\n") == "HTTP/1.1 403");
  CHECK(status_of(me(served, cookie)) == "HTTP/1.1 200");
  CHECK(from("Origin: http://x\r\nSec-Fetch-Site: same-origin\r\n") == "HTTP/1.1 200");
}

TEST_CASE("whoever tries passphrases has to wait longer and longer", "[cli]") {
  cli::Attempts attempts;
  cli::Attempts::Clock::time_point now{};

  for (int i = 0; i < 4; ++i) attempts.failed("li", now);
  CHECK(attempts.may_try("li", now));
  attempts.failed("li", now);
  CHECK_FALSE(attempts.may_try("li", now));
  CHECK(attempts.may_try("wang", now));
  CHECK(attempts.may_try("li", now + std::chrono::seconds(1)));
  for (int i = 0; i < 40; ++i) attempts.failed("li", now);
  CHECK_FALSE(attempts.may_try("li", now + std::chrono::seconds(59)));
  CHECK(attempts.may_try("li", now + std::chrono::seconds(60)));
  attempts.succeeded("li");
  CHECK(attempts.may_try("li", now));
}

TEST_CASE("what only the server says is taken from nobody", "[cli]") {
  Served served;
  auto admin = served.token("admin");
  std::string id(64, 'a');

  for (const std::string& command :
       {R"({"beginSession": {"credential": ")" + id + R"(", "expires": "2017-05-02T09:00:00Z"}})",
        R"({"setPassphrase": {"verifier": ")" + id + R"("}})",
        std::string(R"({"readRecord": {"view": "ties", "at": 1, "opened": false}})")}) {
    auto answer = served.post("s-1", command, admin);
    INFO(answer);
    CHECK(status_of(answer) == "HTTP/1.1 403");
  }
}

TEST_CASE("reading ties and sealed texts is itself an event", "[cli]") {
  Served served;
  auto auditor = served.token("p-3");
  auto readings = [&] {
    return read_body(served.get("/api/v1/views/readings/p-3", auditor)).at("rows").as_array();
  };

  served.get("/api/v1/views/board", auditor);
  served.get("/api/v1/events", auditor);
  CHECK(readings().empty());
  served.get("/api/v1/views/ties/A-01", auditor);
  served.get("/api/v1/events/export", auditor);
  served.get("/api/v1/events/2?open=true", auditor);

  auto rows = readings();
  REQUIRE(rows.size() == 3);
  CHECK(text(rows[0].as_object(), "view") == "ties");
  CHECK(text(rows[0].as_object(), "keyText") == "A-01");
  CHECK(text(rows[1].as_object(), "view") == "export");
  CHECK(rows[2].at("opened") == true);
  auto member = served.get("/api/v1/events/2?open=true", served.token("p-2"));
  CHECK(status_of(member) == "HTTP/1.1 403");
}
