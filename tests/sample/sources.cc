#include "tests/sample/sources.h"

#include "events/assert.h"
#include "events/calendar.capnp.h"
#include "events/decode.h"
#include "events/encode.h"
#include "events/file.h"
#include "events/parse_yaml.h"
#include "tests/built.h"

namespace sample {
namespace {

const std::filesystem::path engine = std::filesystem::path(tests::source_dir) / "engine";
constexpr std::size_t file_bytes_max = 1 << 20;

}  // namespace

std::string scheme_text() {
  auto text = events::read_file(engine / "schemes" / "shanghai-2016.yaml", file_bytes_max);
  ASSERT(text.has_value());
  return *text;
}

boost::json::value calendar_notices() {
  auto text = events::read_file(engine / "calendars" / "china.yaml", file_bytes_max);
  ASSERT(text.has_value());
  auto node = events::parse_yaml(*text, "china.yaml");
  ASSERT(node.has_value());
  capnp::MallocMessageBuilder builder;
  auto decoded = events::decode(*node, builder.initRoot<events::CalendarFile>(), "china.yaml");
  ASSERT(decoded.has_value());
  auto file = events::encode(builder.getRoot<events::CalendarFile>().asReader());
  return file.as_object().at("notices");
}

}  // namespace sample
