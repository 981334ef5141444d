#include "tests/cli/serving.h"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <csignal>

#include "tests/built.h"

namespace tests {

std::string request(const std::string& line, const std::string& token, const std::string& more,
                    const std::string& body) {
  std::string text = line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + more;
  if (!token.empty()) text += "Authorization: Bearer " + token + "\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + body;
}

std::string status_of(const std::string& answer) { return answer.substr(0, 12); }

boost::json::object read_body(const std::string& answer) {
  INFO(answer);
  return boost::json::parse(body_of(answer)).as_object();
}

std::string registered(const std::string& person) {
  return R"({"registerPerson": {"person": ")" + person + R"(", "name": "（虚构）"}})";
}

std::string granted(const std::string& proposer, const std::string& granter,
                    const std::string& person, const std::string& role) {
  return R"({"id": "propose-)" + person + R"(", "actor": ")" + proposer +
         R"(", "proposeRole": {"proposal": "to-)" + person + R"(", "role": {"person": ")" + person +
         R"(", "role": ")" + role + R"("}}})" + "\n" + R"({"id": "grant-)" + person +
         R"(", "actor": ")" + granter + R"(", "grantRole": {"proposal": "to-)" + person + R"("}})" +
         "\n";
}

Serving::Serving(std::string data, const std::string& first, const std::string& second,
                 const std::vector<std::string>& persons)
    : data_(std::move(data)) {
  for (const auto& person : persons) {
    auto issued = run({{built_program, "-q", "--data", data_, "token", "issue", person, "--actor",
                        first, "--confirmed-by", second},
                       {},
                       0});
    INFO(issued.err);
    REQUIRE(issued.exit_code == 0);
    tokens_[person] = issued.out.substr(0, issued.out.find('\n'));
  }
  begin();
}

void Serving::begin(const std::vector<std::string>& flags, unsigned descriptors) {
  std::vector<std::string> all;
  if (descriptors > 0) {
    all = {"/bin/bash", "-c", "ulimit -n " + std::to_string(descriptors) + "; exec \"$0\" \"$@\""};
  }
  // Quiet: nobody reads its stderr before it ends.
  for (const char* word :
       {built_program, "--data", data_.c_str(), "serve", "--port", "0", "--log-level", "error"}) {
    all.emplace_back(word);
  }
  all.insert(all.end(), flags.begin(), flags.end());
  serving_.emplace(Program{std::move(all), {}, 0});
  REQUIRE(serving_->wait_for_lines(1));
  const std::string& line = serving_->out();
  port_ = static_cast<std::uint16_t>(std::stoul(line.substr(line.rfind(':') + 1)));
}

void Serving::kill() {
  serving_->signal(SIGKILL);
  serving_->finish();
}

Ending Serving::stop() {
  serving_->signal(SIGTERM);
  return serving_->finish();
}

std::string Serving::get(const std::string& target, const std::string& token) const {
  return ask(port_, request("GET " + target, token));
}

std::string Serving::post(const std::string& key, const std::string& body,
                          const std::string& token) const {
  std::string more = key.empty() ? "" : "Idempotency-Key: \"" + key + "\"\r\n";
  return ask(port_, request("POST /api/v1/commands", token, more, body));
}

std::unique_ptr<DataFolder> folder_with_roles() {
  auto folder = std::make_unique<DataFolder>(2);
  auto commands = folder->write("grants.ndjson", granted("admin", "admin", "p-2", "administrator") +
                                                     granted("admin", "p-2", "p-3", "auditor"));
  auto sent = folder->probity({"send", commands});
  INFO(sent.out << sent.err);
  REQUIRE(sent.exit_code == 0);
  return folder;
}

}  // namespace tests
