#include "tests/rules/rules_page.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "events/file.h"
#include "tests/built.h"

namespace {

const std::filesystem::path root = tests::source_dir;
const std::filesystem::path page_file = root / "docs" / "rules.md";

}  // namespace

TEST_CASE("every rule of the measures is shown by scenarios, and docs/rules.md says by which",
          "[rules]") {
  auto page = tests::make_rules_page(root, "shanghai-2016");
  if (!page)
    FAIL(page.error().words.en << (page.error().faults.empty()
                                       ? ""
                                       : page.error().faults[0].place + " " +
                                             page.error().faults[0].words.en));
  if (std::getenv("PROBITY_WRITE")) std::ofstream(page_file, std::ios::binary) << page->text;

  for (const std::string& gap : page->gaps) UNSCOPED_INFO(gap);
  CHECK(page->gaps.empty());
  auto written = events::read_file(page_file, 1 << 20);
  INFO("docs/rules.md is stale: PROBITY_WRITE=1 build/tests \"[rules]\" writes it");
  REQUIRE(written.has_value());
  CHECK(*written == page->text);
}
