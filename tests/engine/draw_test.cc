#include "engine/draw.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "events/sha256.h"
#include "events/text_encoding.h"

namespace {

using engine::Candidate;
using engine::Demand;
using engine::draw_members;
using engine::draw_number;
using engine::Seeds;
using Ids = std::vector<std::string>;

const Seeds seeds{"00112233445566778899aabbccddeeff", "ffeeddccbbaa99887766554433221100"};

}  // namespace

TEST_CASE("a number is the SHA-256 of four lines, as sha256sum gives it", "[engine]") {
  CHECK(draw_number(seeds, "d-1", "e1") ==
        "e029930f091db97b7cceecd7a5a41f0481e25571b3dbc076a2e400905c6262ff");
  CHECK(draw_number(seeds, "d-1", "e3") ==
        "02347a0fdd3b441c22a34d78efa578dfa4a526b7e440cc0b9f78b4c4613857eb");
}

TEST_CASE("members are taken in the order of their numbers, the rest are reserves", "[engine]") {
  std::vector<Candidate> candidates;
  for (const char* id : {"e1", "e2", "e3", "e4", "e5", "e6", "e7"}) candidates.push_back({id, {}});

  auto drawn = draw_members(seeds, "d-1", {{"any", 3}}, candidates);

  CHECK(drawn.members == Ids{"e3", "e6", "e2"});
  CHECK(drawn.reserves == Ids{"e4", "e7", "e5", "e1"});
}

TEST_CASE("the order in which candidates stand changes nothing, either seed changes all",
          "[engine]") {
  std::vector<Candidate> one = {{"a", {}}, {"b", {}}, {"c", {}}, {"d", {}}, {"e", {}}};
  std::vector<Candidate> other(one.rbegin(), one.rend());

  CHECK(draw_members(seeds, "d", {{"any", 2}}, one).members ==
        draw_members(seeds, "d", {{"any", 2}}, other).members);
  CHECK(draw_number({seeds.office, "00"}, "d", "a") !=
        draw_number({"00", seeds.witness}, "d", "a"));
  CHECK(draw_number(seeds, "d", "a") != draw_number(seeds, "d2", "a"));
}

TEST_CASE("those taken before change places for who fits no other", "[engine]") {
  // e3 comes first and fits both; e1 comes last and fits only the one that e3 would take.
  std::vector<Candidate> candidates = {
      {"e3", {"law", "quality"}}, {"e1", {"law"}}, {"e2", {"law"}}};

  auto drawn = draw_members(seeds, "d-1", {{"law", 2}, {"quality", 1}}, candidates);

  CHECK(std::set<std::string>(drawn.members.begin(), drawn.members.end()) ==
        std::set<std::string>{"e1", "e2", "e3"});
  CHECK(drawn.reserves.empty());
}

TEST_CASE("places are counted that can be filled at once", "[engine]") {
  std::vector<Demand> demands = {{"law", 1}, {"quality", 1}, {"any", 1}};

  CHECK(engine::places_in(demands) == 3);
  CHECK(engine::places_filled(demands, {{"a", {"law"}}, {"b", {"law"}}}) == 2);
  CHECK(engine::places_filled(demands, {{"a", {"law"}}, {"b", {"law"}}, {"c", {"law"}}}) == 2);
  CHECK(engine::places_filled(demands, {{"a", {"law"}}, {"b", {"quality"}}, {"c", {}}}) == 3);
}
