// Requests with something wrong in them, by the thousand: whatever comes, the server answers or
// cuts, lets nobody in who is not, and goes on. PROBITY_FUZZ says how many.
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/cli/serving.h"
#include "tests/simulation/dice.h"

namespace {

using tests::Dice;

std::size_t cases() {
  const char* wanted = std::getenv("PROBITY_FUZZ");
  return wanted ? std::stoul(wanted) : 3000;
}

const std::vector<std::string> pieces = {
    "\r\n",
    "\n",
    "\0",
    " ",
    "%00",
    "%2f",
    "..",
    "\xff\xfe",
    "{",
    "}",
    "[[[[[[",
    "\"",
    "\\u0",
    "null",
    "1e999",
    "-1",
    "18446744073709551616",
    ": ",
    "=",
    "&&",
    "?",
    "#",
    "HTTP/1.1",
    "Transfer-Encoding: chunked\r\n",
    "Content-Length: 5\r\n",
    "Cookie: probity_session=\r\n",
};

// Whole requests of every kind, apart from streams, which would not end.
std::vector<std::string> valid_requests(const tests::Served& served) {
  std::vector<std::string> all;
  for (const char* person : {"admin", "p-3"}) {
    const std::string& token = served.token(person);
    for (const char* target :
         {"/api/v1/me", "/api/v1/views", "/api/v1/views/timeline/person%2Fp-2?page_size=3",
          "/api/v1/views/access?at=3", "/api/v1/views/board/x?asOf=2017-05-01",
          "/api/v1/views/readings?page_token=7b7d", "/api/v1/events?after=1&type=personRegistered",
          "/api/v1/events?subject=person%2Fp-2&mentions=true&page_size=2",
          "/api/v1/events/3?open=true", "/api/v1/events/export?after=2", "/api/v1/receipts/2",
          "/tile/0/000.p/3", "/tile/entries/000.p/3", "/checkpoint", "/livez", "/metrics",
          "/readyz?verbose"}) {
      all.push_back(tests::request(std::string("GET ") + target, token));
    }
    for (const char* body :
         {R"({"registerPerson": {"person": "f-1", "name": "x"}})",
          R"({"proposeRole": {"proposal": "f", "role": {"person": "p-2", "role": "auditor"}}})",
          R"({"issueCredential": {"credential": "f", "person": "p-2", "until": "2027-01-01"}})",
          R"({"registerApplicant": {"applicant": "f", "representative": "p-2"}})"}) {
      all.push_back(
          tests::request("POST /api/v1/commands", token, "Idempotency-Key: \"f-1\"\r\n", body));
    }
  }
  all.push_back(tests::request("POST /api/v1/login", "", "",
                               R"({"person": "p-2", "passphrase": "not the right one"})"));
  all.push_back(tests::request("POST /api/v1/logout", "", "Cookie: probity_session=probity_x\r\n"));
  return all;
}

std::string mutated(std::string text, Dice& dice) {
  for (auto times = dice.between(1, 4); times > 0 && !text.empty(); --times) {
    std::size_t at = dice.up_to(text.size() - 1);
    switch (dice.up_to(5)) {
      case 0:
        text[at] = static_cast<char>(dice.up_to(255));
        break;
      case 1:
        text.erase(at, dice.between(1, 20));
        break;
      case 2:
        text.insert(at, dice.pick(pieces));
        break;
      case 3:
        text.insert(at, text.substr(at, dice.between(1, 200)));
        break;
      case 4:
        text.insert(at, std::string(dice.between(1, 3000), text[at]));
        break;
      default:
        text.resize(at);
    }
  }
  return text;
}

// All that is answered to it; an answer to each request that it may have become.
std::string answers_to(std::uint16_t port, const std::string& text) {
  tests::Tcp tcp(port);
  tcp.send(text);
  tcp.end_sending();
  return tcp.read_all();
}

}  // namespace

TEST_CASE("whatever is sent to the server, it answers or cuts, and goes on", "[cli]") {
  tests::Served served;
  served.stop();
  served.begin({"--idle-ms", "300", "--receiving-ms", "300"});
  const auto valid = valid_requests(served);
  for (const auto& request : valid) {
    INFO(request);
    CHECK(answers_to(served.port(), request).starts_with("HTTP/1.1 "));
  }

  Dice dice(1);
  std::array<std::size_t, 6> by_class{};
  for (std::size_t i = 0; i < cases(); ++i) {
    auto text = mutated(dice.pick(valid), dice);
    auto answer = answers_to(served.port(), text);
    INFO("case " << i << ": " << text << "\n" << answer);
    bool answered = answer.starts_with("HTTP/1.");
    CHECK((answer.empty() || answered));
    if (answered) ++by_class.at(static_cast<std::size_t>(answer[9] - '0') % 6);
    CHECK(answer.find("HTTP/1.1 500") == std::string::npos);
  }
  INFO(by_class[2] << " done, " << by_class[4] << " refused");
  CHECK(by_class[2] > 0);
  CHECK(by_class[4] > 0);
  CHECK(tests::ask(served.port(), tests::request("GET /livez", "")).starts_with("HTTP/1.1 200"));
  auto ended = served.stop();
  INFO(ended.err);
  CHECK(ended.exit_code == 0);
  CHECK(served.folder->probity({"log", "verify"}).exit_code == 0);
}

TEST_CASE("no token but the right one lets anybody in, however near it is", "[cli]") {
  tests::Served served;
  Dice dice(2);
  const std::string& right = served.token("p-3");
  for (int i = 0; i < 1000; ++i) {
    std::string token = right;
    std::size_t at = dice.up_to(token.size() - 1);
    switch (dice.up_to(3)) {
      case 0: {
        char other = "0123456789abcdefXYZ_-"[dice.up_to(20)];
        token[at] = other == token[at] ? '~' : other;
        break;
      }
      case 1:
        token.erase(at, 1);
        break;
      case 2:
        token.insert(at, 1, token[at] == 'a' ? 'b' : 'a');
        break;
      default:
        token = token.substr(0, at);
    }
    auto answer = tests::ask(served.port(), tests::request("GET /api/v1/me", token));
    INFO(token << "\n" << answer);
    CHECK(answer.starts_with("HTTP/1.1 401"));
  }
}
