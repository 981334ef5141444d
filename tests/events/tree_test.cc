#include "events/tree.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>

#include "events/text_encoding.h"

using namespace events;

namespace {

constexpr std::uint64_t small = 600;
constexpr std::uint64_t large = 70'000;  // three levels, all of them partial

// A tree, with all that it was made of.
struct Grown {
  Tree tree;
  std::vector<Hash> leaves;
  std::map<std::pair<unsigned, std::uint64_t>, Tile> tiles;

  void grow_to(std::uint64_t size) {
    std::vector<Tile> full;
    for (std::uint64_t i = leaves.size(); i < size; ++i) {
      leaves.push_back(leaf_hash(bytes_of(std::to_string(i))));
      tree.append(leaves.back(), full);
    }
    for (Tile& tile : full) tiles[{tile.id.level, tile.id.number}] = std::move(tile);
  }

  FullTiles source() const {
    return [this](unsigned level, std::uint64_t number) -> Result<std::string> {
      auto found = tiles.find({level, number});
      if (found == tiles.end()) return fail(Code::not_found, "没有这一片", "no such tile");
      return std::string(found->second.bytes());
    };
  }

  TreeReader reader() const { return {std::make_shared<const Edge>(tree.edge()), source()}; }

  Hash root_of_first(std::uint64_t size) const {
    return merkle_root(std::span(leaves).first(size));
  }
};

bool same(const Edge& a, const Edge& b) { return a.size == b.size && a.rows == b.rows; }

std::vector<Hash> last_leaves(const Grown& grown) {
  std::uint64_t size = grown.leaves.size();
  return {grown.leaves.end() - static_cast<std::ptrdiff_t>(size % tile_width), grown.leaves.end()};
}

}  // namespace

TEST_CASE("a growing tree has the root of its leaves at every size", "[events]") {
  Grown grown;
  for (std::uint64_t size = 0; size <= small; ++size) {
    grown.grow_to(size);
    REQUIRE(grown.tree.size() == size);
    REQUIRE(grown.tree.root() == grown.root_of_first(size));
  }
  for (std::uint64_t size : {65'535u, 65'536u, 65'537u, 65'792u, 70'000u}) {
    grown.grow_to(size);
    REQUIRE(grown.tree.root() == grown.root_of_first(size));
  }
}

TEST_CASE("a tree is cut into the tiles of the specification", "[events]") {
  Grown grown;
  grown.grow_to(256);
  CHECK(grown.tiles.size() == 1);
  REQUIRE(grown.tree.edge().tiles().size() == 1);
  CHECK(grown.tree.edge().tiles()[0].id == TileId{1, 0, 1});

  grown.grow_to(large);

  CHECK(grown.tiles.size() == 273 + 1);
  std::vector<Tile> edge = grown.tree.edge().tiles();
  REQUIRE(edge.size() == 3);
  CHECK(edge[0].id == TileId{0, 273, 112});
  CHECK(edge[1].id == TileId{1, 1, 17});
  CHECK(edge[2].id == TileId{2, 0, 1});
  CHECK(edge[0].bytes().size() == 112 * 32);
}

TEST_CASE("each hash of a tile is the root of the leaves below it", "[events]") {
  Grown grown;
  grown.grow_to(large);
  for (const auto& [key, tile] : grown.tiles) {
    REQUIRE(tile.id == TileId{key.first, key.second, tile_width});
    REQUIRE(tile.bytes().size() == 8192);
    std::uint64_t below = tile.id.level == 0 ? 1 : 256;
    for (std::uint64_t i = 0; i < tile_width; ++i) {
      std::uint64_t begin = (tile.id.number * tile_width + i) * below;
      REQUIRE(tile.hashes[i] == merkle_root(std::span(grown.leaves).subspan(begin, below)));
    }
  }
  CHECK(grown.tree.edge().rows[2][0] == grown.root_of_first(65'536));
}

TEST_CASE("a tree resumed from its edge grows on as if nothing had happened", "[events]") {
  Grown grown;
  std::vector<std::uint64_t> sizes{0, 1, 2, 255, 256, 257, 511, 512, 513, 65'535, 65'536, 65'537};
  for (std::uint64_t size = 3; size < small; size += 7) sizes.push_back(size);
  std::ranges::sort(sizes);
  for (std::uint64_t size : sizes) {
    grown.grow_to(size);
    auto resumed = Tree::resume(grown.tree.edge());
    REQUIRE(resumed);
    REQUIRE(resumed->root() == grown.tree.root());
    std::vector<Tile> full;
    for (std::uint64_t i = 0; i < 300; ++i) {
      Hash leaf = leaf_hash(bytes_of("next " + std::to_string(i)));
      resumed->append(leaf, full);
      grown.leaves.push_back(leaf);
    }
    REQUIRE(resumed->root() == merkle_root(grown.leaves));
    grown.leaves.resize(size);
  }
}

TEST_CASE("an edge that does not fit its size is refused", "[events]") {
  Grown grown;
  grown.grow_to(300);
  Edge longer = grown.tree.edge();
  longer.size = 301;
  Edge level_missing = grown.tree.edge();
  level_missing.rows[1].clear();
  Edge too_large;
  too_large.size = tree_size_max + 1;

  CHECK(Tree::resume(longer).error().code == Code::corrupt);
  CHECK(Tree::resume(level_missing).error().code == Code::corrupt);
  CHECK(Tree::resume(too_large).error().code == Code::corrupt);
}

TEST_CASE("the edge is found again from the full tiles and the last leaves", "[events]") {
  Grown grown;
  for (std::uint64_t size : {0u, 1u, 255u, 256u, 257u, 600u, 65'535u, 65'536u, 65'537u, 70'000u}) {
    grown.grow_to(size);
    auto edge = find_edge(size, last_leaves(grown), grown.source());
    REQUIRE(edge);
    REQUIRE(same(*edge, grown.tree.edge()));
  }
  CHECK(find_edge(large, {}, grown.source()).error().code == Code::corrupt);
  grown.tiles.erase({0, 272});
  CHECK(find_edge(large, last_leaves(grown), grown.source()).error().code == Code::not_found);
}

TEST_CASE("a reader knows the root at every earlier size", "[events]") {
  Grown grown;
  grown.grow_to(small);
  TreeReader reader = grown.reader();
  for (std::uint64_t size = 0; size <= small; ++size) {
    REQUIRE(reader.root(size) == grown.root_of_first(size));
  }
  CHECK(reader.root(small + 1).error().code == Code::invalid);

  grown.grow_to(large);
  TreeReader later = grown.reader();
  for (std::uint64_t size : {1u, 256u, 65'535u, 65'536u, 65'537u, 69'999u, 70'000u}) {
    REQUIRE(later.root(size) == grown.root_of_first(size));
  }
}

TEST_CASE("a reader's subtrees are complete ones only", "[events]") {
  Grown grown;
  grown.grow_to(small);
  TreeReader reader = grown.reader();

  CHECK(reader.subtree(0, 599) == grown.leaves[599]);
  CHECK(reader.subtree(9, 0) == grown.root_of_first(512));
  CHECK(!reader.subtree(0, 600));
  CHECK(!reader.subtree(9, 1));
  CHECK(!reader.subtree(64, 0));
}

TEST_CASE("proofs between random sizes verify and altered ones do not", "[events]") {
  Grown grown;
  grown.grow_to(large);
  TreeReader reader = grown.reader();
  std::mt19937_64 random(20160901);
  auto below = [&random](std::uint64_t end) { return random() % end; };
  for (int round = 0; round < 300; ++round) {
    std::uint64_t size = 1 + below(round % 3 == 0 ? 700 : large);
    std::uint64_t index = below(size);
    std::uint64_t from = 1 + below(size);
    Hash root = *reader.root(size);
    std::vector<Hash> inclusion = *reader.inclusion(index, size);
    std::vector<Hash> consistency = *reader.consistency(from, size);

    REQUIRE(verify_inclusion(grown.leaves[index], index, size, inclusion, root));
    REQUIRE(verify_consistency(from, *reader.root(from), size, root, consistency));

    for (std::vector<Hash>* proof : {&inclusion, &consistency}) {
      if (proof->empty()) continue;
      (*proof)[below(proof->size())][below(32)] ^= static_cast<std::uint8_t>(1u << below(8));
    }
    if (!inclusion.empty()) {
      REQUIRE(!verify_inclusion(grown.leaves[index], index, size, inclusion, root));
    }
    if (!consistency.empty()) {
      REQUIRE(!verify_consistency(from, *reader.root(from), size, root, consistency));
    }
  }
}

TEST_CASE("one proof reads each full tile once", "[events]") {
  Grown grown;
  grown.grow_to(large);
  std::map<std::pair<unsigned, std::uint64_t>, int> reads;
  FullTiles counted = [&](unsigned level, std::uint64_t number) {
    ++reads[{level, number}];
    return grown.source()(level, number);
  };
  TreeReader reader(std::make_shared<const Edge>(grown.tree.edge()), counted);

  REQUIRE(reader.inclusion(1234, large));

  CHECK(reads.size() == 2);
  for (const auto& [tile, times] : reads) CHECK(times == 1);
}

TEST_CASE("a tile that is missing or of the wrong length is a fault, not a wrong proof",
          "[events]") {
  Grown grown;
  grown.grow_to(small);
  auto edge = std::make_shared<const Edge>(grown.tree.edge());
  Grown empty;
  TreeReader without(edge, empty.source());
  TreeReader cut(edge, [](unsigned, std::uint64_t) { return Result<std::string>("short"); });

  CHECK(without.inclusion(7, small).error().code == Code::not_found);
  CHECK(cut.inclusion(7, small).error().code == Code::corrupt);
  CHECK(without.inclusion(590, small));  // Its tile and those above it are in the edge.
}

TEST_CASE("tile paths are those of the specification and have one spelling", "[events]") {
  CHECK(tile_path({0, 1'234'067, 112}) == "tile/0/x001/x234/067.p/112");
  CHECK(tile_path({1, 0, 256}) == "tile/1/000");
  CHECK(tile_path({63, 1000, 1}) == "tile/63/x001/000.p/1");
  CHECK(entries_path(273, 112) == "tile/entries/273.p/112");
  CHECK(entries_path(67) == "tile/entries/067");
  for (TileId id : {TileId{0, 0, 256}, TileId{7, 999, 255}, TileId{2, 1000, 1},
                    TileId{0, 1'000'000, 256}, TileId{0, tree_size_max >> 8, 3}}) {
    CHECK(parse_tile_path(tile_path(id)) == id);
  }
  CHECK(parse_entries_path("tile/entries/x001/000.p/17") == TileId{0, 1000, 17});
}

TEST_CASE("tile paths with another spelling are refused", "[events]") {
  for (std::string_view path : {"",
                                "tile",
                                "tile/",
                                "tile/0",
                                "tile/0/",
                                "tile/64/000",
                                "tile/00/000",
                                "tile/-1/000",
                                "tile/entries/000",
                                "/tile/0/000",
                                "tile/0/0",
                                "tile/0/00",
                                "tile/0/0000",
                                "tile/0/x000",
                                "tile/0/x000/001",
                                "tile/0/001/000",
                                "tile/0/x001/x000",
                                "tile/0/X001/000",
                                "tile/0/x01/000",
                                "tile/0/000/",
                                "tile/0/000.p",
                                "tile/0/000.p/",
                                "tile/0/000.p/0",
                                "tile/0/000.p/256",
                                "tile/0/000.p/01",
                                "tile/0/000.p/1/",
                                "tile/0/000.p/1.p/1",
                                "tile/0/ 00",
                                "tile/0/000 ",
                                "tile/0/+00",
                                "tile/0/x999/x999/x999/x999/x999/999",
                                "tile/0/x001/x000/x000/x000/x000/x000/000"}) {
    CAPTURE(path);
    auto id = parse_tile_path(path);
    REQUIRE(!id);
    CHECK(id.error().code == Code::corrupt);
  }
  CHECK(!parse_entries_path("tile/0/000"));
}
