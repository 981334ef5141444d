#include "engine/writer.h"

#include <catch2/catch.hpp>

#include "tests/given.h"

using namespace engine;
using events::Code;
using tests::Given;

namespace {

// Runs ahead with every look at it, as a real clock does.
class RunningClock final : public events::Clock {
 public:
  explicit RunningClock(Moment start) : now_(start) {}
  Moment now() const override { return now_ += std::chrono::hours(5); }

 private:
  mutable Moment now_;
};

std::string register_person(const std::string& id, const std::string& person,
                            const std::string& more = "") {
  return R"({"id": ")" + id + R"(", "actor": "admin", )" + more +
         R"("registerPerson": {"person": ")" + person + R"(", "name": "Name"}})";
}

std::string propose(const std::string& id, const std::string& proposal, const std::string& person,
                    const std::string& more = "") {
  return R"({"id": ")" + id + R"(", "actor": "admin", )" + more +
         R"("proposeRole": {"proposal": ")" + proposal + R"(", "role": {"person": ")" + person +
         R"(", "role": "inspector"}}})";
}

// Refused each time: who proposed it cannot grant it.
std::string grant(const std::string& id, const std::string& proposal,
                  const std::string& more = "") {
  return R"({"id": ")" + id + R"(", "actor": "admin", )" + more + R"("grantRole": {"proposal": ")" +
         proposal + R"("}})";
}

Moment recorded_at(const events::Log& log, Position position) {
  auto cursor = log.read(position - 1);
  REQUIRE(cursor.next());
  return cursor.recorded().at();
}

}  // namespace

TEST_CASE("a command is answered with its positions, and again with the same", "[engine]") {
  Given given;
  given.opened();

  auto first = given.send(register_person("c1", "p1"));
  auto again = given.send(register_person("c1", "p1"));

  CHECK_FALSE(first.refusal);
  CHECK(first.first == 2);
  CHECK(first.last == 2);
  CHECK_FALSE(first.repeated);
  CHECK(again.first == 2);
  CHECK(again.last == 2);
  CHECK(again.repeated);
  CHECK(given.log().head() == 2);
}

TEST_CASE("within one batch a command sees the ones before it", "[engine]") {
  Given given;
  given.opened();

  auto replies = given.send(std::vector{register_person("c1", "p1"), propose("c2", "g1", "p1"),
                                        register_person("c1", "p1"), register_person("c3", "p1")});

  REQUIRE(replies.size() == 4);
  CHECK(replies[0].first == 2);
  CHECK(replies[1].first == 3);
  CHECK(replies[2].first == 2);
  CHECK(replies[2].repeated);
  REQUIRE(replies[3].refusal);
  CHECK(replies[3].refusal->code == Code::conflict);
  CHECK(given.log().head() == 3);
}

TEST_CASE("an id that was used for another command is refused, also after a restart", "[engine]") {
  Given given;
  given.opened().registered("p1");
  given.send(register_person("c1", "p2"));
  given.closed().opened();

  auto reply = given.send(register_person("c1", "p3"));

  REQUIRE(reply.refusal);
  CHECK(reply.refusal->code == Code::reused);
  CHECK(given.send(register_person("c1", "p2")).repeated);
  CHECK(given.send(register_person("init", "p4")).refusal->code == Code::reused);
}

TEST_CASE("an event is recorded at the time for which it was decided", "[engine]") {
  Given given;
  given.opened();
  RunningClock clock(given.clock().now());
  Writer writer(given.log(), given.safe(), clock, {});

  auto reply = writer.write(tests::command(register_person("c1", "p1")));

  CHECK(recorded_at(given.log(), reply.first) == given.clock().now() + std::chrono::hours(5));
}

TEST_CASE("the first answer is given for ever, also to the refusal that ended the recording",
          "[engine]") {
  Given given;
  given.opened().registered("p1");
  given.send(propose("c0", "g1", "p1"));
  auto head = given.log().head();
  std::vector<Reply> first;
  for (unsigned i = 1; i <= refusals_a_day_max + 3; ++i) {
    first.push_back(given.send(grant("t" + std::to_string(i), "g1")));
  }
  CHECK(given.log().head() == head + refusals_a_day_max + 1);

  for (unsigned restarted : {0, 1}) {
    if (restarted == 1) given.closed().opened();
    for (unsigned i = 1; i <= first.size(); ++i) {
      auto again = given.send(grant("t" + std::to_string(i), "g1"));
      const Reply& before = first[i - 1];
      INFO("attempt " << i);
      REQUIRE(before.refusal);
      REQUIRE(again.refusal);
      CHECK(again.refusal->code == before.refusal->code);
      CHECK(again.refusal->clause == before.refusal->clause);
      CHECK(again.refusal->words.zh == before.refusal->words.zh);
      CHECK(again.first == before.first);
      CHECK(again.repeated == (i <= refusals_a_day_max + 1));
      CHECK(again.refusal->code == (i <= refusals_a_day_max ? Code::forbidden : Code::overloaded));
    }
  }
}

TEST_CASE("refusals are counted by the day of the clock, whatever date they bear", "[engine]") {
  Given given;
  given.opened().registered("p1");
  given.send(propose("c0", "g1", "p1"));
  auto head = given.log().head();

  for (unsigned day = 1; day <= 25; ++day) {
    std::string number = (day < 10 ? "0" : "") + std::to_string(day);
    given.send(grant("t" + number, "g1", R"("effectiveOn": "2025-12-)" + number + R"(", )"));
  }

  CHECK(given.log().head() == head + refusals_a_day_max + 1);
  given.at("2026-01-06T00:00:00+08:00");
  CHECK(given.send(grant("next-day", "g1")).refusal->code == Code::forbidden);
  CHECK(given.log().head() == head + refusals_a_day_max + 2);
}

TEST_CASE("an expectation is held against the version, and must name something that has one",
          "[engine]") {
  Given given;
  given.opened().registered("p1");
  int commands = 0;
  auto expecting = [&](const std::string& subject, int position) {
    std::string id = "e" + std::to_string(++commands);
    auto reply = given.send(propose(id, id, "p1",
                                    R"("expected": [{"subject": ")" + subject +
                                        R"(", "position": )" + std::to_string(position) + "}], "));
    return reply.refusal ? std::optional(reply.refusal->code) : std::nullopt;
  };

  CHECK(expecting("person/p1", 2) == std::nullopt);
  CHECK(expecting("person/p1", 1) == Code::stale);
  CHECK(expecting("proposal/e3", 0) == std::nullopt);
  CHECK(expecting("preson/p1", 2) == Code::invalid);
  CHECK(expecting("person", 2) == Code::invalid);
}

TEST_CASE("an expectation tells nobody how things stand elsewhere", "[engine]") {
  Given given;
  given.opened().registered("p1").registered("p2");
  int commands = 0;
  auto expecting = [&](const char* actor, const std::string& subject) {
    std::string id = "e" + std::to_string(++commands);
    auto reply = given.send(R"({"id": ")" + id + R"(", "actor": ")" + actor +
                            R"(", "expected": [{"subject": ")" + subject +
                            R"(", "position": 0}], "proposeRole": {"proposal": "x", )" +
                            R"("role": {"person": "p1", "role": "inspector"}}})");
    REQUIRE(reply.refusal);
    return reply.refusal->code;
  };

  // Whoever may act learns of what he decides on, and of nothing else, whether it is there or not.
  CHECK(expecting("admin", "person/p1") == Code::stale);
  CHECK(expecting("admin", "person/p2") == Code::invalid);
  CHECK(expecting("admin", "person/p9") == Code::invalid);
  // Whoever may not is told that.
  CHECK(expecting("p2", "person/p1") == Code::forbidden);
}

TEST_CASE("a state that fell out of memory is folded again to the same", "[engine]") {
  Given given;
  given.writing.subjects_max = 0;
  given.opened().registered("p1").registered("p2");

  CHECK(given.send(register_person("c1", "p1")).refusal->code == Code::conflict);
  CHECK(given.send(propose("c2", "g1", "p2")).first == 4);
  CHECK(given.send(propose("c3", "g1", "p2")).refusal->code == Code::conflict);
}

TEST_CASE("a large batch is written in parts, and answered as a whole", "[engine]") {
  Given given;
  given.writing.batch_bytes_max = 1000;
  given.opened();
  std::vector<std::string> commands;
  for (int i = 0; i < 30; ++i) {
    commands.push_back(register_person("c" + std::to_string(i), "p" + std::to_string(i)));
  }

  auto replies = given.send(commands);

  REQUIRE(replies.size() == 30);
  for (std::size_t i = 0; i < replies.size(); ++i) CHECK(replies[i].first == i + 2);
  CHECK(given.log().head() == 31);
}
