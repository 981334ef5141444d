#include "engine/draw.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <catch2/catch.hpp>

#include "cli/folder.h"
#include "events/assert.h"
#include "events/sha256.h"
#include "events/text_encoding.h"
#include "tests/cli/data_folder.h"

using boost::json::parse;
using tests::DataFolder;
using Ids = std::vector<std::string>;

namespace {

const engine::Seeds seeds{"00112233445566778899aabbccddeeff", "ffeeddccbbaa99887766554433221100"};
const Ids pool = {"e1", "e2", "e3", "e4", "e5"};

// Straight into the log, as a program that cheats might.
class Planted {
 public:
  explicit Planted(const DataFolder& folder) {
    cli::App app;
    app.data = folder.data();
    auto opened = cli::open_to_write(app);
    ASSERT(opened.has_value());
    folder_ = *std::move(opened);
  }

  void commit(const std::string& seed) {
    add("office", [&](auto& drafts) {
      auto event = drafts.emplace_back().event().initDrawCommitted();
      event.setDraw("d-1");
      event.setRound("r");
      auto demands = event.initDemands(1);
      demands[0].setSpecialty("any");
      demands[0].setNumber(3);
      auto candidates = event.initCandidates(static_cast<unsigned>(pool.size()));
      for (unsigned i = 0; i < pool.size(); ++i) candidates[i].setPerson(pool[i]);
      auto excluded = event.initExcluded(1);
      excluded[0].setExpert("e6");
      excluded[0].initReason().setZh("已出库");
      excluded[0].getReason().setEn("removed from the pool");
      excluded[0].setInput(1);
      auto digest = events::sha256(*events::parse_hex(seed));
      event.setDigest(capnp::Data::Reader(digest.data(), digest.size()));
    });
  }

  void witness(const std::string& who) {
    add(who, [&](auto& drafts) {
      auto event = drafts.emplace_back().event().initDrawWitnessed();
      event.setDraw("d-1");
      event.setRound("r");
      event.setWitness(who);
      auto seed = *events::parse_hex(seeds.witness);
      event.setSeed(capnp::Data::Reader(seed.data(), seed.size()));
    });
  }

  void open(const engine::Drawn& drawn) {
    add("office", [&](auto& drafts) {
      auto event = drafts.emplace_back().event().initDrawOpened();
      event.setDraw("d-1");
      event.setRound("r");
      auto seed = *events::parse_hex(seeds.office);
      event.setSeed(capnp::Data::Reader(seed.data(), seed.size()));
      auto other = *events::parse_hex(seeds.witness);
      event.setWitnessSeed(capnp::Data::Reader(other.data(), other.size()));
      set(event.initDrawn(3), drawn.members);
      set(event.initReserves(2), drawn.reserves);
      auto group = drafts.emplace_back().event().initReviewGroupFormed();
      group.setRound("r");
      set(group.initReviewers(3), drawn.members);
    });
  }

 private:
  static void set(capnp::List<capnp::Text>::Builder list, const Ids& ids) {
    for (unsigned i = 0; i < ids.size(); ++i) list.set(i, ids[i]);
  }

  template <class Fill>
  void add(const std::string& actor, const Fill& fill) {
    std::vector<events::Draft> drafts;
    fill(drafts);
    events::Envelope envelope;
    envelope.actor = actor;
    envelope.command_id = "c-" + std::to_string(++commands_);
    events::Batch batch(DataFolder::origin, folder_.log->head(), folder_.log->last());
    ASSERT(batch.add(envelope, folder_.log->last(), drafts).has_value());
    folder_.log->append(batch);
  }

  cli::WritingFolder folder_;
  int commands_ = 0;
};

engine::Drawn right() {
  std::vector<engine::Candidate> candidates;
  for (const std::string& id : pool) candidates.push_back({id, {}});
  return engine::draw_members(seeds, "d-1", {{"any", 3}}, candidates);
}

}  // namespace

TEST_CASE("a draw that was opened is drawn again from its seeds, and holds", "[cli]") {
  DataFolder folder(0);
  {
    Planted log(folder);
    log.commit(seeds.office);
    log.witness("he");
    log.open(right());
  }

  auto shown = folder.probity_en({"draw", "check", "d-1"});
  auto json = parse(folder.probity({"draw", "check", "d-1", "-o", "json"}).out);

  CHECK(shown.exit_code == 0);
  CHECK(shown.out.find("HOLDS") == 0);
  CHECK(shown.out.find("removed from the pool") != std::string::npos);
  CHECK(shown.out.find("reserve 2") != std::string::npos);
  CHECK(json.at("verdict") == "verified");
  CHECK(json.at("candidates") == 5);
  CHECK(json.at("drawn").as_array()[0] == right().members[0].c_str());
  CHECK(json.at("seed") == seeds.office.c_str());
}

TEST_CASE("a draw whose result is not that of its seeds fails", "[cli]") {
  DataFolder folder(0);
  {
    Planted log(folder);
    log.commit(seeds.office);
    log.witness("he");
    auto other = right();
    std::swap(other.members[0], other.reserves[0]);
    log.open(other);
  }

  auto shown = folder.probity_en({"draw", "check", "d-1"});

  CHECK(shown.exit_code == 6);
  CHECK(shown.out.find("FAILED") == 0);
  CHECK(shown.out.find("others would have been drawn") != std::string::npos);
}

TEST_CASE("a draw with another seed, or witnessed by who committed it, fails", "[cli]") {
  DataFolder folder(0);
  {
    Planted log(folder);
    log.commit(seeds.witness);
    log.witness("office");
    log.open(right());
  }

  auto shown = folder.probity_en({"draw", "check", "d-1"});

  CHECK(shown.exit_code == 6);
  CHECK(shown.out.find("does not fit the digest") != std::string::npos);
  CHECK(shown.out.find("the witness is who committed the draw") != std::string::npos);
}

TEST_CASE("a draw that waits cannot be checked yet, and one that is not there is not found",
          "[cli]") {
  DataFolder folder(0);
  {
    Planted log(folder);
    log.commit(seeds.office);
  }

  CHECK(folder.probity_en({"draw", "check", "d-1"}).exit_code == 8);
  CHECK(folder.probity_en({"draw", "check", "d-2"}).exit_code == 3);
}
