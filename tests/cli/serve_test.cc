#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <thread>

#include "events/text_encoding.h"
#include "tests/built.h"
#include "tests/cli/serving.h"

namespace {

namespace json = boost::json;
using tests::ask;
using tests::body_of;
using tests::registered;
using tests::request;
using tests::Served;
using tests::Serving;
using tests::status_of;

json::object read(const std::string& answer) { return tests::read_body(answer); }

// Ends a person's token, as an administrator does.
void end_token_of(const Served& served, const std::string& person) {
  auto rows = read(served.get("/api/v1/views/access/" + person, served.token("admin"))).at("rows");
  for (const auto& row : rows.as_array()) {
    std::string credential(row.at("credential").as_string());
    auto ended = served.post("end-" + credential,
                             R"({"endCredential": {"credential": ")" + credential + R"("}})",
                             served.token("admin"));
    REQUIRE(status_of(ended) == "HTTP/1.1 201");
  }
}

// The chunks of an answer, put together.
std::string unchunked(const std::string& body) {
  std::string out;
  for (std::size_t at = 0; at < body.size();) {
    std::size_t end = body.find("\r\n", at);
    std::size_t size = std::stoul(body.substr(at, end - at), nullptr, 16);
    out += body.substr(end + 2, size);
    at = end + 2 + size + 2;
  }
  return out;
}

}  // namespace

TEST_CASE("a command over HTTP is recorded as its sender's, once", "[cli]") {
  Served served;
  auto admin = served.token("admin");
  auto auditor = served.token("p-3");

  auto first = served.post("r-1", registered("p-9"), admin);
  auto again = served.post("r-1", registered("p-9"), admin);
  auto other = served.post("r-1", registered("p-10"), admin);

  CHECK(status_of(first) == "HTTP/1.1 201");
  CHECK(status_of(again) == "HTTP/1.1 200");
  CHECK(read(again).at("first") == read(first).at("first"));
  CHECK(read(again).at("repeated") == true);
  CHECK(status_of(other) == "HTTP/1.1 422");
  CHECK(read(other).at("type") == "/problems/reused");
  auto event = read(
      served.get("/api/v1/events/" + std::string(read(first).at("first").as_string()), auditor));
  CHECK(event.at("type") == "personRegistered");
  CHECK(event.at("actorid") == "admin");
  CHECK(event.at("authentication") == "session");
}

TEST_CASE("nobody acts for somebody else, or in a time of his own", "[cli]") {
  Served served;
  auto admin = served.token("admin");

  auto other = served.post("r-1", R"({"actor": "p-2", "registerPerson": {}})", admin);
  auto timed = served.post(
      "r-2",
      R"({"at": "2017-05-01T10:00:00+08:00", "registerPerson": {"person": "p-9", "name": "x"}})",
      admin);

  CHECK(status_of(other) == "HTTP/1.1 422");
  CHECK(body_of(other).find("actor") != std::string::npos);
  CHECK(status_of(timed) == "HTTP/1.1 422");
  CHECK(status_of(served.post("", registered("p-9"), admin)) == "HTTP/1.1 422");
  CHECK(status_of(served.post("r-3", "[]", admin)) == "HTTP/1.1 422");
  CHECK(status_of(served.post("r-4", "{", admin)) == "HTTP/1.1 422");
}

TEST_CASE("a refusal over HTTP says what, why and in whose language", "[cli]") {
  Served served;
  auto member = served.token("p-3");

  auto zh = served.post("r-1", registered("p-9"), member);
  auto en = ask(served.port(),
                request("POST /api/v1/commands", member,
                        "Idempotency-Key: r-2\r\nAccept-Language: en-GB\r\n", registered("p-9")));

  CHECK(status_of(zh) == "HTTP/1.1 403");
  CHECK(zh.find("application/problem+json") != std::string::npos);
  CHECK(read(zh).at("code") == "forbidden");
  CHECK(zh.find("Content-Language: zh") != std::string::npos);
  CHECK(en.find("Content-Language: en") != std::string::npos);
  CHECK(read(en).at("title") == "not permitted");
}

TEST_CASE("a token lets in whose it is, until it is ended", "[cli]") {
  Served served;
  auto auditor = served.token("p-3");
  auto member = served.token("p-2");

  CHECK(status_of(served.get("/api/v1/me", "")) == "HTTP/1.1 401");
  CHECK(status_of(served.get("/api/v1/me", "probity_00")) == "HTTP/1.1 401");
  CHECK(status_of(served.get("/api/v1/me", "../" + auditor)) == "HTTP/1.1 401");
  CHECK(read(served.get("/api/v1/me", auditor)).at("auditor") == true);
  CHECK(status_of(served.get("/api/v1/events", member)) == "HTTP/1.1 403");
  CHECK(status_of(served.get("/api/v1/events/export", member)) == "HTTP/1.1 403");
  CHECK(status_of(served.get("/api/v1/stream", member)) == "HTTP/1.1 403");
  CHECK(status_of(served.get("/api/v1/views/board", member)) == "HTTP/1.1 403");
  CHECK(status_of(served.get("/livez", "")) == "HTTP/1.1 200");

  end_token_of(served, "p-3");
  CHECK(status_of(served.get("/api/v1/me", auditor)) == "HTTP/1.1 401");
}

TEST_CASE("a view is read page by page at one position", "[cli]") {
  Served served;
  auto admin = served.token("admin");
  auto auditor = served.token("p-3");
  std::string target = "/api/v1/views/timeline/person%2Fp-2?page_size=1";

  auto first = read(served.get(target, auditor));
  served.post("r-1", registered("p-9"), admin);
  std::string token = "&page_token=" + std::string(first.at("next_page_token").as_string());
  auto second = read(served.get(target + token, auditor));
  auto wrong = served.get("/api/v1/views/timeline/person%2Fp-3?page_size=1" + token, auditor);
  auto elsewhere = served.get("/api/v1/views/access?page_size=1" + token, auditor);
  token.back() = token.back() == '0' ? '1' : '0';
  auto changed = served.get(target + token, auditor);

  CHECK(first.at("rows").as_array().size() == 1);
  CHECK(second.at("at") == first.at("at"));
  CHECK(second.at("rows") != first.at("rows"));
  CHECK(status_of(wrong) == "HTTP/1.1 422");
  CHECK(status_of(elsewhere) == "HTTP/1.1 422");
  CHECK(status_of(changed) == "HTTP/1.1 422");
  // {"at":"999999","after":["person/p-2"]}: not a position that this log has given to anybody.
  CHECK(status_of(served.get(target + "&page_token=7b226174223a22393939393939222c22616674657222"
                                      "3a5b22706572736f6e2f702d32225d7d",
                             auditor)) == "HTTP/1.1 422");
  CHECK(status_of(served.get("/api/v1/views/timeline?at=1000000", auditor)) == "HTTP/1.1 404");
  CHECK(status_of(served.get("/api/v1/views/timeline?at=x", auditor)) == "HTTP/1.1 422");
  CHECK(status_of(served.get("/api/v1/views/nothing", auditor)) == "HTTP/1.1 404");
  CHECK(status_of(ask(served.port(), request("DELETE /api/v1/events", auditor))) == "HTTP/1.1 405");
}

TEST_CASE("staff see their round, and nothing of a class that they are recused from", "[cli]") {
  tests::Folder folder;
  std::string data = folder.file("demo");
  REQUIRE(tests::run({{tests::built_program, "--data", data, "demo", "--once"}, {}, 0}).exit_code ==
          0);
  Serving serving(data, "admin-1", "admin-2", {"office-2", "inspector-1", "expert-01"});
  auto office = serving.token("office-2");
  auto inspector = serving.token("inspector-1");
  auto reviewer = serving.token("expert-01");
  auto rows = [&](const std::string& view, const std::string& token) {
    auto answer = serving.get("/api/v1/views/" + view + "?page_size=1000", token);
    INFO(answer);
    return json::parse(body_of(answer)).at("rows").as_array();
  };
  auto of_class = [&](const std::string& view, const std::string& track) {
    std::size_t count = 0;
    for (const auto& row : rows(view, office)) count += row.at("track") == json::value(track);
    return count;
  };

  CHECK(rows("board/sh-2017", office) == rows("board/sh-2017", inspector));
  CHECK(status_of(serving.get("/api/v1/views/timeline/application%2FA-25", reviewer)) ==
        "HTTP/1.1 403");
  CHECK(status_of(serving.get("/api/v1/views/timeline/application%2FA-25", office)) ==
        "HTTP/1.1 403");
  CHECK(of_class("rounds/sh-2017", "") == 1);
  CHECK_FALSE(rows("timeline/person%2Fexpert-15", inspector).empty());

  auto asked = serving.post(
      "i-1",
      R"({"role": "inspector", "requestRecusal": {"request": "rr-9", "application": "A-25",)"
      R"( "person": "office-2", "tie": {"ground": "other", "explanation": "x"}}})",
      inspector);

  INFO(asked);
  REQUIRE(status_of(asked) == "HTTP/1.1 201");
  auto board = rows("board/sh-2017", inspector);
  auto hidden = std::ranges::count_if(
      board, [](const json::value& row) { return row.at("track") == "gold-small"; });
  CHECK(hidden > 5);
  CHECK(std::ssize(rows("board/sh-2017", office)) == std::ssize(board) - hidden);
  for (const char* view : {"board/sh-2017", "ranking/sh-2017", "awards/sh-2017", "notices/sh-2017",
                           "rounds/sh-2017"}) {
    INFO(view);
    CHECK(of_class(view, "gold-small") == 0);
    CHECK(of_class(view, "gold-manufacturing") > 0);
  }
  CHECK(of_class("rounds/sh-2017", "") == 0);  // A sum would tell what is missing.
  for (const auto& row : rows("awards/sh-2017", office)) {
    const auto* shared = row.as_object().if_contains("shared");
    CHECK((!shared || *shared == false));
  }
  // Nor do the pages, where one ends just before the class or behind it.
  std::string token;
  std::size_t seen = 0;
  do {
    auto page = read(serving.get("/api/v1/views/board/sh-2017?page_size=1" + token, office));
    seen += page.at("rows").as_array().size();
    const auto* next = page.if_contains("next_page_token");
    token = next ? std::string(next->as_string()) : "";
    auto bytes = events::parse_hex(token).value_or(std::vector<std::uint8_t>());
    CHECK(std::string(bytes.begin(), bytes.end()).find("gold-small") == std::string::npos);
    if (!token.empty()) token.insert(0, "&page_token=");
  } while (!token.empty());
  CHECK(std::ssize(board) - hidden == static_cast<std::ptrdiff_t>(seen));
  auto earlier = body_of(serving.get("/api/v1/views/board/sh-2017/gold-small?at=3000", office));
  CHECK(json::parse(earlier).at("rows").as_array().empty());  // Rights are as of the head.
}

TEST_CASE("what is misspelt in a query is not taken for not said", "[cli]") {
  Served served;
  auto says = [&](const std::string& target, const char* words) {
    auto answer = served.get(target, served.token("p-3"));
    INFO(answer);
    CHECK(tests::status_of(answer) == "HTTP/1.1 422");
    CHECK(answer.find(words) != std::string::npos);
  };
  says("/api/v1/views/access?att=5", "您要的是 at 吗");
  says("/api/v1/views/access?at=", "没有值");
  says("/api/v1/views/access?at=5&at=6", "不止一次");
  says("/api/v1/views/access?at=5&asOf=2026-01-01", "只能用一个");
  says("/api/v1/views/access?open=yes", "true 或 false");
  says("/api/v1/events/export?open=true", "此处没有参数 open");
  says("/api/v1/me?x=1", "此处没有参数 x");
}

TEST_CASE("the sender of a command sees what it did", "[cli]") {
  Served served;
  auto admin = served.token("admin");
  auto auditor = served.token("p-3");

  for (int i = 0; i < 20; ++i) {
    std::string person = "q-" + std::to_string(i);
    auto last = read(served.post("r-" + person, registered(person), admin)).at("last");
    auto rows = read(served.get(
        "/api/v1/views/timeline/person%2F" + person + "?at=" + std::string(last.as_string()),
        auditor));
    REQUIRE(rows.at("rows").as_array().size() == 1);
  }
}

TEST_CASE("an export is whole when it ends with its manifest", "[cli]") {
  Served served;
  auto auditor = served.token("p-3");

  auto text = unchunked(body_of(served.get("/api/v1/events/export", auditor)));

  auto end = text.rfind('\n', text.size() - 2);
  auto manifest = json::parse(text.substr(end + 1));
  auto lines = std::count(text.begin(), text.end(), '\n');
  CHECK(manifest.at("kind") == "manifest");
  CHECK(manifest.at("count").to_number<long>() == lines - 1);
  CHECK(text.find("王小") == std::string::npos);  // Names stay sealed.
}

TEST_CASE("a stream goes on behind what was seen, without a gap", "[cli]") {
  Served served;
  auto admin = served.token("admin");
  auto auditor = served.token("p-3");
  auto head = std::stoul(read(served.get("/api/v1/me", auditor)).at("head").as_string().c_str());
  auto id = [](unsigned long position) {
    std::string digits = std::to_string(position);
    return "id: " + std::string(20 - digits.size(), '0') + digits + "\n";
  };

  tests::Tcp stream(served.port());
  stream.send(request("GET /api/v1/stream", auditor,
                      "Last-Event-ID: " + std::to_string(head - 1) + "\r\n"));
  stream.read_until(id(head));
  served.post("r-1", registered("p-9"), admin);
  served.post("r-2", registered("p-10"), admin);
  const auto& seen = stream.read_until(id(head + 2));

  CHECK(seen.find(id(head - 1)) == std::string::npos);
  CHECK(seen.find(id(head)) < seen.find(id(head + 1)));
  CHECK(seen.find(id(head + 1)) < seen.find(id(head + 2)));
  CHECK(seen.find("event: personRegistered") != std::string::npos);
}

TEST_CASE("a stream ends with the token that opened it", "[cli]") {
  Served served;
  auto admin = served.token("admin");
  auto auditor = served.token("p-3");
  tests::Tcp stream(served.port());
  stream.send(request("GET /api/v1/stream", auditor));
  stream.read_until("retry");

  end_token_of(served, "p-3");
  // Each command wakes it; within a second it has asked whether it may go on.
  std::jthread waker([&](std::stop_token stop) {
    for (int i = 0; !stop.stop_requested(); ++i) {
      served.post("w-" + std::to_string(i), registered("w-" + std::to_string(i)), admin);
    }
  });
  CHECK(stream.read_all().ends_with("0\r\n\r\n"));
}

TEST_CASE("nobody streams from behind the head", "[cli]") {
  Served served;
  auto auditor = served.token("p-3");

  auto asked = ask(served.port(), request("GET /api/v1/stream", auditor, "Last-Event-ID: 999\r\n"));

  CHECK(status_of(asked) == "HTTP/1.1 404");
  CHECK(status_of(served.get("/api/v1/events?after=999", auditor)) == "HTTP/1.1 404");
}

TEST_CASE("what was acknowledged is there after the server was killed", "[cli]") {
  Served served;
  auto admin = served.token("admin");
  auto acknowledged = served.post("r-1", registered("p-9"), admin);

  served.kill();
  served.begin();
  auto again = served.post("r-1", registered("p-9"), admin);

  CHECK(read(again).at("first") == read(acknowledged).at("first"));
  CHECK(read(again).at("repeated") == true);
  CHECK(served.stop().exit_code == 0);
  CHECK(served.folder->probity({"log", "verify"}).exit_code == 0);
}
