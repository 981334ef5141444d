#include "events/uuid.h"

#include <catch2/catch.hpp>
#include <set>

#include "events/moment.h"

TEST_CASE("a UUID begins with its millisecond and says its version", "[events]") {
  // The example of RFC 9562, appendix A.6: 2022-02-22T19:22:22Z.
  auto uuid = events::new_uuid(*events::parse_moment("2022-02-22T19:22:22Z"));

  CHECK(uuid.size() == 36);
  CHECK(uuid.starts_with("017f22e2-79b0-7"));
  CHECK(std::string("89ab").find(uuid[19]) != std::string::npos);
}

TEST_CASE("no two UUIDs are the same, even of one moment", "[events]") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(events::new_uuid({}));
  CHECK(seen.size() == 1000);
}
