#include "events/text_encoding.h"

#include <catch2/catch.hpp>

using namespace events;

namespace {

std::string encoded(std::string_view text) { return base64(bytes_of(text)); }

}  // namespace

TEST_CASE("base64 is that of RFC 4648", "[events]") {
  CHECK(encoded("") == "");
  CHECK(encoded("f") == "Zg==");
  CHECK(encoded("fo") == "Zm8=");
  CHECK(encoded("foo") == "Zm9v");
  CHECK(encoded("foobar") == "Zm9vYmFy");
  CHECK(encoded("\xff\xef\xbe") == "/+++");
}

TEST_CASE("base64 that is not canonical is refused", "[events]") {
  for (std::string_view text : {"Zg", "Zg=", "Zh==", "Zm9=", "Zm8", "Zm8==", "Zg==\n",
                                " Zg==", "Zg==Zg==", "Zm9v=", "Z", "====", "Zm-_", "Zm 9"}) {
    CAPTURE(text);
    auto bytes = parse_base64(text);
    REQUIRE(!bytes);
    CHECK(bytes.error().code == Code::corrupt);
  }
  CHECK(!parse_base64(std::string_view("Zg=\0", 4)));
}

TEST_CASE("only the 64 digits of base64 are read as digits", "[events]") {
  int read = 0;
  for (int byte = 0; byte < 256; ++byte) {
    std::string text = std::string("Zm9") + static_cast<char>(byte);
    if (parse_base64(text)) ++read;
  }
  CHECK(read == 64);
}

TEST_CASE("of the 4096 ways to spell one byte in base64 exactly 256 are read", "[events]") {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::size_t read = 0;
  for (char first : digits) {
    for (char second : digits) {
      std::string text{first, second, '=', '='};
      auto bytes = parse_base64(text);
      if (!bytes) continue;
      ++read;
      CHECK(base64(*bytes) == text);
    }
  }
  CHECK(read == 256);
}

TEST_CASE("hex is lower case and in pairs", "[events]") {
  CHECK(hex(bytes_of(std::string_view("\x00\x9f\xff", 3))) == "009fff");
  CHECK(parse_hex("009fff") == std::vector<std::uint8_t>{0x00, 0x9f, 0xff});
  CHECK(parse_hex("")->empty());
  for (std::string_view text : {"0", "0x00", "FF", "fF", "g0", "00 ", "0\n"}) {
    CAPTURE(text);
    CHECK(!parse_hex(text));
  }
}

TEST_CASE("a hash is 32 bytes in base64", "[events]") {
  Hash hash = sha256(bytes_of("x"));
  CHECK(parse_hash(base64(hash)) == hash);
  CHECK(!parse_hash(base64(std::span(hash).first(31))));
  CHECK(!parse_hash(""));
}

TEST_CASE("a decimal has one spelling and fits 64 bits", "[events]") {
  CHECK(parse_decimal("0") == 0u);
  CHECK(parse_decimal("70000") == 70000u);
  CHECK(parse_decimal("18446744073709551615") == 18446744073709551615u);
  for (std::string_view text :
       {"", "00", "07", "+7", "-7", " 7", "7 ", "7.0", "1e3", "0x7", "18446744073709551616"}) {
    CAPTURE(text);
    CHECK(!parse_decimal(text));
  }
}

TEST_CASE("a line without its newline is no line", "[events]") {
  std::string_view text = "a\n\nb";

  CHECK(take_line(text) == "a");
  CHECK(take_line(text) == "");
  CHECK(!take_line(text));
  CHECK(text == "b");
}
