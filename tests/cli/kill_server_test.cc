// The server is killed under load, again and again, and every client does what it would do: it asks
// once more, with the same key.
#include <algorithm>
#include <atomic>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <thread>

#include "cli/client.h"
#include "tests/cli/serving.h"

namespace {

constexpr std::size_t clients = 8;
constexpr std::size_t answers_a_life = 60;  // Then it is killed.

int kills() {
  const char* wanted = std::getenv("PROBITY_KILLS");
  return wanted ? std::stoi(wanted) : 10;
}

// What one client has asked for, and what it was told.
struct Desk {
  std::string name;
  std::size_t asked = 0;
  std::map<std::string, std::string> told;  // By key: the position.
  std::optional<std::string> open;          // Asked for, and not answered.
  std::vector<std::string> wrong;

  // False where nobody answers any more.
  bool post(cli::Client& client, const std::string& key) {
    open = key;
    auto reply = client.post("/api/v1/commands", tests::registered(key), key);
    if (!reply) {
      if (reply.error().code != events::Code::overloaded) wrong.push_back(reply.error().words.en);
      return false;
    }
    std::string first(boost::json::parse(reply->body).as_object().at("first").as_string());
    auto [before, is_new] = told.emplace(key, first);
    if (!is_new && before->second != first) wrong.push_back(key + " has two outcomes");
    open.reset();
    return true;
  }

  void work(cli::Client& client, std::atomic<std::size_t>& answered) {
    if (open && !post(client, std::string(*open))) return;
    while (post(client, name + "-" + std::to_string(++asked))) ++answered;
  }
};

}  // namespace

TEST_CASE("killed under load, the server forgets no answer and does nothing twice", "[cli]") {
  tests::Served served;
  served.stop();
  std::string token_file = served.folder->file("token");
  std::ofstream(token_file) << served.token("admin");
  std::vector<Desk> desks(clients);
  for (std::size_t i = 0; i < clients; ++i) desks[i].name = "c" + std::to_string(i);

  for (int life = 0; life < kills(); ++life) {
    served.begin();
    cli::ClientOptions options;
    options.base = "http://127.0.0.1:" + std::to_string(served.port());
    options.token_file = token_file;
    std::atomic<std::size_t> answered = 0;
    std::atomic<std::size_t> gone = 0;
    {
      std::vector<std::jthread> working;
      for (Desk& desk : desks) {
        working.emplace_back([&] {
          auto client = cli::Client::open(options);
          if (client) desk.work(**client, answered);
          ++gone;
        });
      }
      while (answered < answers_a_life && gone < clients) std::this_thread::yield();
      served.kill();
    }
    for (const Desk& desk : desks) {
      for (const auto& fault : desk.wrong) FAIL_CHECK(fault);
    }
  }

  auto verified = served.folder->probity({"log", "verify"});
  INFO(verified.out << verified.err);
  CHECK(verified.exit_code == 0);
  auto listed = served.folder->probity(
      {"event", "list", "--type", "personRegistered", "--limit", "0", "-o", "ndjson"});
  std::map<std::string, std::vector<std::string>> recorded;
  std::istringstream lines(listed.out);
  for (std::string line; std::getline(lines, line);) {
    auto event = boost::json::parse(line).as_object();
    std::string id(event.at("id").as_string());
    recorded[std::string(event.at("commandid").as_string())].push_back(
        id.substr(id.find_first_not_of('0')));
  }
  std::size_t told = 0;
  for (const Desk& desk : desks) {
    for (const auto& [key, position] : desk.told) {
      INFO(key);
      CHECK(recorded[key] == std::vector{position});
      ++told;
    }
    if (desk.open) CHECK(recorded[*desk.open].size() <= 1);
  }
  CHECK(told >= answers_a_life);
}
