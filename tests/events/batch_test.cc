#include "events/batch.h"

#include <catch2/catch.hpp>

#include "events/merkle.h"

using namespace events;

namespace {

constexpr Moment now{std::chrono::hours(500'000)};

std::vector<Draft> drafts(std::size_t count, const std::string& evidence = "letter") {
  std::vector<Draft> made(count);
  for (Draft& draft : made) {
    auto event = draft.event().initEarlierApplicationRegistered();
    event.setApplicant("A-1");
    event.setEvidence(evidence);
  }
  return made;
}

Envelope envelope(const std::string& id) {
  Envelope made;
  made.actor = "li";
  made.on_behalf_of = "office";
  made.command_id = id;
  made.command_digest.fill(7);
  made.effective_on = Date(std::chrono::days(20'000));
  return made;
}

}  // namespace

TEST_CASE("a batch stamps the envelope of a command on all its events", "[events]") {
  Batch batch("test.example/log", 41, Moment{});
  auto made = drafts(2);

  REQUIRE(batch.add(envelope("c1"), now, made));

  REQUIRE(batch.items().size() == 2);
  CHECK(batch.head() == 43);
  for (std::size_t i = 0; i < 2; ++i) {
    Recorded recorded = batch.recorded(i);
    auto record = recorded.record;
    CHECK(recorded.position == 42 + i);
    CHECK(record.getFormat() == record_format);
    CHECK(view(record.getOrigin()) == "test.example/log");
    CHECK(record.getIndex() == 41 + i);
    CHECK(recorded.at() == now + std::chrono::microseconds(i));
    CHECK(to_date(record.getEffectiveOn()) == Date(std::chrono::days(20'000)));
    CHECK(view(record.getActor()) == "li");
    CHECK(view(record.getOnBehalfOf()) == "office");
    CHECK(record.getAuthentication() == Authentication::ASSERTED);
    CHECK(view(record.getCommandId()) == "c1");
    CHECK(record.getCommandDigest().size() == 32);
    CHECK(record.getPart() == i);
    CHECK(record.getParts() == 2);
    CHECK(batch.items()[i].leaf == leaf_hash(recorded.bytes));
  }
}

TEST_CASE("times rise across commands even where the clock falls back", "[events]") {
  Batch batch("o", 0, now);
  auto first = drafts(2);
  auto second = drafts(1);

  REQUIRE(batch.add(envelope("c1"), now - std::chrono::hours(1), first));
  REQUIRE(batch.add(envelope("c2"), now - std::chrono::hours(2), second));

  CHECK(batch.recorded(0).at() == now + std::chrono::microseconds(1));
  CHECK(batch.recorded(1).at() == now + std::chrono::microseconds(2));
  CHECK(batch.recorded(2).at() == now + std::chrono::microseconds(3));
  CHECK(batch.last() == batch.recorded(2).at());
}

TEST_CASE("a command is indexed once, under its first event", "[events]") {
  Batch batch("o", 0, Moment{});
  auto made = drafts(2);
  REQUIRE(batch.add(envelope("c1"), now, made));

  auto& first = batch.items()[0].index_keys;
  auto& second = batch.items()[1].index_keys;
  CHECK(first == std::vector{index_key("applicant/A-1", true, 1),
                             index_key("command/li/c1", true, 1), index_key("actor/li", false, 1)});
  CHECK(second ==
        std::vector{index_key("applicant/A-1", true, 2), index_key("actor/li", false, 2)});
}

TEST_CASE("a record over the limit of size adds nothing of its command", "[events]") {
  Batch batch("o", 0, Moment{});
  auto good = drafts(1);
  REQUIRE(batch.add(envelope("c1"), now, good));
  auto bytes = batch.bytes();
  auto last = batch.last();
  auto too_large = drafts(1);
  auto rest = drafts(1, std::string(70'000, 'x'));
  too_large.push_back(std::move(rest[0]));

  auto added = batch.add(envelope("c2"), now, too_large);

  REQUIRE_FALSE(added);
  CHECK(added.error().code == Code::invalid);
  CHECK(batch.items().size() == 1);
  CHECK(batch.head() == 1);
  CHECK(batch.bytes() == bytes);
  CHECK(batch.last() == last);
}

TEST_CASE("a record of just the largest size is taken, and one word more is not", "[events]") {
  auto bytes_of_evidence = [](std::size_t size) -> std::size_t {
    Batch batch("o", 0, Moment{});
    auto made = drafts(1, std::string(size, 'x'));
    return batch.add(envelope("c1"), now, made) ? batch.recorded(0).bytes.size() : 0;
  };
  // A text ends in a zero byte and takes whole words of 8 bytes; one as long as this lies in a
  // segment of its own, which costs two words more.
  std::size_t around = bytes_of_evidence(1) - 8 + 16;
  std::size_t fits = record_bytes_max / 8 * 8 - around - 1;

  CHECK(bytes_of_evidence(fits) == record_bytes_max / 8 * 8);
  CHECK(bytes_of_evidence(fits + 1) == 0);
}
