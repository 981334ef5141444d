// docs/openapi.yaml against the running server: the same paths, and answers of the shapes that are
// written there.
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <list>
#include <map>
#include <set>
#include <sstream>

#include "cli/problem.h"
#include "cli/routes.h"
#include "events/code.h"
#include "tests/built.h"
#include "tests/cli/json_schema.h"
#include "tests/cli/serving.h"

namespace {

namespace json = boost::json;
using tests::JsonSchema;

struct Operation {
  std::string path;
  std::string method;
  YAML::Node node;
};

class Contract {
 public:
  Contract() : document_(YAML::LoadFile(std::string(tests::source_dir) + "/docs/openapi.yaml")) {}

  JsonSchema schemas() const { return JsonSchema(document_); }
  std::vector<Operation> operations() const {
    std::vector<Operation> all;
    for (const auto& path : document_["paths"]) {
      for (const auto& operation : path.second) {
        std::string method = operation.first.as<std::string>();
        for (char& letter : method) letter = static_cast<char>(std::toupper(letter));
        all.push_back({path.first.as<std::string>(), method, operation.second});
      }
    }
    return all;
  }

 private:
  YAML::Node document_;
};

std::string with_empty_names(const std::string& path) {
  std::string text;
  bool inside = false;
  for (char letter : path) {
    if (letter == '}') inside = false;
    if (!inside) text += letter;
    if (letter == '{') inside = true;
  }
  return text;
}

// A path that takes any number of segments is written with one, and with none where that is one
// too.
std::set<std::string> paths_of(const std::string& route) {
  if (route == "/tile/{...}") return {"/tile/{}/{}"};
  if (route == "/tile/entries/{...}") return {"/tile/entries/{}"};
  constexpr std::string_view rest = "/{...}";
  if (!route.ends_with(rest)) return {route};
  std::string before = route.substr(0, route.size() - rest.size());
  return {before, before + "/{}"};
}

std::string without_charset(const std::string& type) { return type.substr(0, type.find(';')); }

std::string header(const std::string& answer, const std::string& name) {
  auto begin = answer.find("\r\n" + name + ": ");
  if (begin == answer.npos) return "";
  begin += name.size() + 4;
  return answer.substr(begin, answer.find("\r\n", begin) - begin);
}

// What stands between the chunks' lengths (RFC 9112, 7.1).
std::string unchunked(const std::string& body) {
  std::string text;
  std::size_t at = 0;
  for (;;) {
    auto end = body.find("\r\n", at);
    if (end == body.npos) return text;
    std::size_t size = std::stoul(body.substr(at, end - at), nullptr, 16);
    if (size == 0) return text;
    text += body.substr(end + 2, size);
    at = end + 2 + size + 2;
  }
}

struct Asked {
  std::string target;
  std::string headers;
  std::string body;
};

// The operation's own examples; with only the required ones, or with all of them.
Asked example_of(const JsonSchema& schemas, const Operation& operation, bool all) {
  Asked asked{operation.path, "", ""};
  std::string query;
  for (const auto& one : operation.node["parameters"]) {
    auto parameter = schemas.resolved(one);
    if (!parameter["example"]) continue;
    std::string name = parameter["name"].as<std::string>();
    std::string value = parameter["example"].as<std::string>();
    std::string in = parameter["in"].as<std::string>();
    if (in == "path")
      asked.target.replace(asked.target.find("{" + name + "}"), name.size() + 2, value);
    bool wanted = all || (parameter["required"] && parameter["required"].as<bool>());
    if (in == "query" && wanted) query += (query.empty() ? "?" : "&") + name + "=" + value;
    if (in == "header" && wanted) asked.headers += name + ": " + value + "\r\n";
  }
  asked.target += query;
  if (auto body = operation.node["requestBody"]) {
    std::ostringstream text;
    YAML::Emitter emitter(text);
    emitter << YAML::Flow << YAML::DoubleQuoted << body["content"]["application/json"]["example"];
    asked.body = text.str();
  }
  return asked;
}

// The answer to it, as far as it goes: a stream is cut when it has said something.
std::string answer_to(const tests::Serving& serving, const Operation& operation, const Asked& asked,
                      const std::string& token) {
  auto text =
      tests::request(operation.method + " " + asked.target, token, asked.headers, asked.body);
  if (operation.path != "/api/v1/stream") return tests::ask(serving.port(), text);
  tests::Tcp tcp(serving.port());
  tcp.send(text);
  return tcp.read_until("\n\n");
}

std::vector<std::string> faults_of(const JsonSchema& schemas, const Operation& operation,
                                   const std::string& answer) {
  std::string status = answer.size() > 12 ? answer.substr(9, 3) : "none";
  auto response = schemas.resolved(operation.node["responses"][status]);
  if (!response) return {"status " + status + " is not written"};
  std::string type = without_charset(header(answer, "Content-Type"));
  auto content = response["content"][type];
  if (!content) return {"status " + status + " has " + type + ", which is not written"};
  if (content["schema"]["type"] && content["schema"]["type"].as<std::string>() == "string")
    return {};
  std::string body = tests::body_of(answer);
  if (header(answer, "Transfer-Encoding") == "chunked") body = unchunked(body);
  if (body.empty()) return {"an empty body"};
  std::vector<std::string> faults;
  std::istringstream lines(body);
  for (std::string line; std::getline(lines, line);) {
    auto more = schemas.faults(content["schema"], json::parse(line));
    faults.insert(faults.end(), more.begin(), more.end());
  }
  return faults;
}

}  // namespace

TEST_CASE("the contract has the paths of the server, and none besides", "[cli]") {
  using Query = std::set<std::string_view>;
  std::map<std::pair<std::string, std::string>, Query> served;
  for (const auto& route : cli::route_templates()) {
    for (const auto& path : paths_of(route.path)) {
      served[{route.method, path}] = Query(route.query.begin(), route.query.end());
    }
  }
  Contract contract;
  auto schemas = contract.schemas();
  std::map<std::pair<std::string, std::string>, Query> written;
  std::list<std::string> names;
  for (const Operation& one : contract.operations()) {
    auto& query = written[{one.method, with_empty_names(one.path)}];
    for (const auto& parameter : one.node["parameters"]) {
      auto resolved = schemas.resolved(parameter);
      if (resolved["in"].as<std::string>() != "query") continue;
      query.insert(names.emplace_back(resolved["name"].as<std::string>()));
    }
  }
  // What is for operators is lenient.
  written[{"GET", "/readyz"}].clear();
  CHECK(written == served);
}

TEST_CASE("the server answers as the contract says", "[cli]") {
  tests::Folder folder;
  std::string data = folder.file("demo");
  REQUIRE(tests::run({{tests::built_program, "-q", "--data", data, "demo", "--once"}, {}, 0})
              .exit_code == 0);
  tests::Serving serving(data, "admin-1", "admin-2", {"auditor-1", "admin-1", "rep-1"});
  Contract contract;
  auto schemas = contract.schemas();
  std::set<std::string> good;
  for (const Operation& operation : contract.operations()) {
    for (bool all : {false, true}) {
      auto asked = example_of(schemas, operation, all);
      // The one who may first: a key belongs to who has used it. Logging out ends a token: it is
      // last.
      for (const char* person : {"", "admin-1", "auditor-1", "rep-1"}) {
        std::string token = *person ? serving.token(person) : "";
        auto answer = answer_to(serving, operation, asked, token);
        INFO(operation.method << " " << asked.target << " as " << person << "\n"
                              << answer.substr(0, 2000));
        for (const auto& fault : faults_of(schemas, operation, answer)) FAIL_CHECK(fault);
        bool open = operation.node["security"] && operation.node["security"].size() == 0;
        if (!open && !*person) CHECK(answer.starts_with("HTTP/1.1 401"));
        if (answer.starts_with("HTTP/1.1 2")) good.insert(operation.method + operation.path);
      }
    }
  }
  // Whoever comes in by passphrase does so below.
  CHECK(good.size() == contract.operations().size() - 2);
}

TEST_CASE("coming in by passphrase goes as the contract says", "[cli]") {
  auto folder = tests::folder_with_roles();
  auto issued = folder->probity(
      {"-q", "token", "issue", "p-3", "--invitation", "--actor", "admin", "--confirmed-by", "p-2"});
  REQUIRE(issued.exit_code == 0);
  std::string invitation = issued.out.substr(0, issued.out.find('\n'));
  tests::Served served{std::move(folder)};
  Contract contract;
  auto schemas = contract.schemas();
  auto good = [&](const std::string& path, const std::string& body) {
    for (const Operation& operation : contract.operations()) {
      if (operation.path != path) continue;
      auto answer = answer_to(served, operation, {path, "", body}, "");
      INFO(answer);
      CHECK(answer.starts_with("HTTP/1.1 2"));
      for (const auto& fault : faults_of(schemas, operation, answer)) FAIL_CHECK(fault);
    }
  };
  good("/api/v1/passphrase",
       R"({"invitation": ")" + invitation + R"(", "passphrase": "a word and another one"})");
  good("/api/v1/login", R"({"person": "p-3", "passphrase": "a word and another one"})");
}

TEST_CASE("each kind of refusal has a page in both languages", "[cli]") {
  for (const char* name :
       {"invalid", "notFound", "unauthenticated", "forbidden", "conflict", "stale", "reused",
        "tooEarly", "tooLate", "tooMany", "overloaded", "corrupt"}) {
    INFO(name);
    auto code = events::parse_code(name);
    REQUIRE(code);
    auto problem = cli::problem_of({*code, {"甲", "a"}, {}, {}}, cli::Language::en);
    std::string type(problem.at("type").as_string());
    auto page = cli::problem_page(type.substr(std::string("/problems/").size()));
    REQUIRE(page);
    CHECK(page->find(problem.at("title").as_string().c_str()) != std::string::npos);
    CHECK(page->find("<h1></h1>") == std::string::npos);
  }
  CHECK_FALSE(cli::problem_page("tooLate"));
  CHECK_FALSE(cli::problem_page("-too-late"));
  CHECK_FALSE(cli::problem_page(""));
}

TEST_CASE("what a schema does not allow is found", "[cli]") {
  auto document = YAML::Load(R"(
a:
  type: object
  properties: {n: {type: integer}, k: {enum: [x]}}
  required: [n]
  additionalProperties: false
b: {$ref: "#/a"}
c: {multipleOf: 3}
d: {oneOf: [{required: [x]}, {required: [y]}], additionalProperties: {type: string, maxLength: 2}}
e: {type: integer, minimum: 3}
f: {type: string, pattern: "^([0-9a-f]{2})*$"}
)");
  tests::JsonSchema schemas(document);
  auto faults = [&](const char* schema, const char* text) {
    return schemas.faults(document[schema], json::parse(text)).size();
  };
  CHECK(faults("a", R"({"n": 1, "k": "x"})") == 0);
  CHECK(faults("b", R"({"n": "1"})") == 1);
  CHECK(faults("b", R"({"n": 1, "k": "y"})") == 1);
  CHECK(faults("b", R"({})") == 1);
  CHECK(faults("b", R"({"n": 1, "m": 1})") == 1);
  CHECK(faults("b", "[]") == 1);
  CHECK(faults("c", "3") == 1);
  CHECK(faults("d", R"({"x": "质量"})") == 0);
  CHECK(faults("d", R"({"x": "质量奖"})") == 1);
  CHECK(faults("d", R"({"x": "a", "y": "b"})") == 1);
  CHECK(faults("d", "{}") == 1);
  CHECK(faults("e", "3") == 0);
  CHECK(faults("e", "2") == 1);
  CHECK(faults("f", R"("0aff")") == 0);
  CHECK(faults("f", R"("0af")") == 1);
}
