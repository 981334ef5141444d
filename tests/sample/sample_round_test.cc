#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "cli/resources.h"
#include "tests/built.h"
#include "tests/sample/scenes.h"

// Written anew, after a change of the scenes or of the scheme: PROBITY_WRITE=1 build/tests
// "[sample]", and then built again, since the program carries the file with it.
TEST_CASE("the sample round is what its scenes write", "[sample]") {
  std::string written = sample::SampleRound().write();
  if (std::getenv("PROBITY_WRITE")) {
    std::ofstream(std::string(tests::source_dir) + "/cli/demo/round.ndjson", std::ios::binary)
        << written;
    return;
  }
  auto carried = cli::resource("cli/demo/round.ndjson");
  REQUIRE(carried.has_value());
  CHECK(*carried == written);
}
