#include "cli/page_token.h"

#include <catch2/catch.hpp>

#include "projections/all.h"

namespace {

using cli::PageTokens;

projections::Scan ended_at(std::vector<std::string> key) {
  projections::Scan scan;
  scan.prefix = {"2026"};
  scan.at = 812;
  scan.after = std::move(key);
  return scan;
}

}  // namespace

TEST_CASE("a page token leads to where the page ended, and only where it was written", "[cli]") {
  const auto& board = *projections::find_view("board");
  PageTokens tokens;
  auto token = tokens.write(board, ended_at({"2026", "gold", "A-1"}));

  projections::Scan next;
  next.prefix = {"2026"};
  REQUIRE(tokens.read(token, board, next).has_value());
  CHECK(next.at == 812);
  CHECK(next.after == std::vector<std::string>{"2026", "gold", "A-1"});

  projections::Scan other;
  other.prefix = {"2027"};
  CHECK_FALSE(tokens.read(token, board, other).has_value());
  CHECK_FALSE(tokens.read(token, *projections::find_view("ranking"), next).has_value());
  CHECK_FALSE(PageTokens().read(token, board, next).has_value());
  CHECK_FALSE(tokens.read("", board, next).has_value());
  CHECK_FALSE(tokens.read(token.substr(2), board, next).has_value());
}

TEST_CASE("a page token does not tell by its length where the page ended", "[cli]") {
  const auto& board = *projections::find_view("board");
  PageTokens tokens;
  auto near = tokens.write(board, ended_at({"2026", "a", "1"}));
  CHECK(near.size() == tokens.write(board, ended_at({"2026", "gold-small", "A-25"})).size());
  CHECK(near != tokens.write(board, ended_at({"2026", "a", "1"})));
}
