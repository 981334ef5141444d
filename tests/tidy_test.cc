#include "tests/tidy.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/built.h"
#include "tests/tidy_code.h"

using tests::code_of;
using tests::SourceFile;
using tests::tidy;

namespace {

// "R1 2" for a finding of rule R1 in line 2; the message is for people.
std::vector<std::string> found_in(const std::vector<SourceFile>& files) {
  std::vector<std::string> found;
  for (const auto& finding : tidy(files)) {
    found.push_back(finding.rule + " " + std::to_string(finding.line));
  }
  return found;
}

std::vector<std::string> found(std::string path, std::string text) {
  return found_in({{std::move(path), std::move(text)}});
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("the source tree keeps the rules", "[tests]") {
  const auto findings = tidy(tests::read_sources(tests::source_dir));

  INFO(tests::text_of(findings));
  CHECK(findings.empty());
}

TEST_CASE("the top level holds only its few names", "[tests]") {
  const auto findings = tests::tidy_top_level(tests::read_top_level(tests::source_dir));

  INFO(tests::text_of(findings));
  CHECK(findings.empty());
  CHECK(tests::tidy_top_level({".git", "build-asan", "run", "projections", "probity-demo-2.safe"})
            .empty());
  CHECK(tests::tidy_top_level({"notes.txt", "run.sh"}).size() == 2);
}

TEST_CASE("co_await on a temporary is found", "[tests]") {
  const auto in_server = [](std::string line) { return found("cli/server.cc", line); };

  CHECK(in_server("co_await submit(bus, std::move(command));\n").empty());
  CHECK(in_server("if (auto r = co_await timer.async_wait(token); r) { go(Thing{}); }\n").empty());
  CHECK(in_server("co_return co_await read(sockets[1]);\n").empty());
  CHECK(in_server("co_await submit(bus, Command{a});\n") == Found{"R1 1"});
  CHECK(in_server("int a;\nco_await submit(bus,\n  Command(a));\n") == Found{"R1 2"});
  CHECK(in_server("co_await submit([&] { return 1; });\n") == Found{"R1 1"});
  CHECK(in_server("co_await submit([] (auto x));\n") == Found{"R1 1"});
}

TEST_CASE("a coroutine outside the server is found", "[tests]") {
  CHECK(found("cli/serve.cc", "co_return;\n") == Found{"R1 1"});
  CHECK(found("tests/a_test.cc", "co_await x;\n") == Found{"R1 1"});
  CHECK(found("engine/a.cc", "co_yield x;\n") == Found{"R1 1"});
}

TEST_CASE("time, chance and standard output are found outside their places", "[tests]") {
  CHECK(found("events/clock.cc", "auto t = std::chrono::system_clock::now();\n").empty());
  CHECK(found("tests/a.cc", "auto t = std::chrono::system_clock::now();\n") == Found{"R2 1"});
  CHECK(found("tests/a.cc", "std::mt19937 random(seed);\n").empty());
  CHECK(found("engine/a.cc", "std::mt19937_64 random(seed);\n") == Found{"R2 1"});
  CHECK(found("cli/a.cc", "int x = rand();\nstd::random_device d;\n") == Found{"R2 1", "R2 2"});
  CHECK(found("events/key.cc", "randombytes_buf(p, 32);\n").empty());
  CHECK(found("cli/key.cc", "randombytes_buf(p, 32);\n") == Found{"R2 1"});
  CHECK(found("cli/a.cc", "std::cout << x;\n").empty());
  CHECK(found("projections/a.cc", "std::cout << x;\n") == Found{"R2 1"});
  CHECK(found("engine/a.cc", "operand(brand);\n").empty());
}

TEST_CASE("a default in a switch of the engine is found", "[tests]") {
  CHECK(found("engine/decide_review.cc", "switch (x) {\n  default:\n}\n") == Found{"R3 2"});
  CHECK(found("engine/rules.cc", "switch (x) {\n  default :\n}\n") == Found{"R3 2"});
  CHECK(found("engine/evolve.cc", "Memory() = default;\n").empty());
  CHECK(found("engine/scheme.cc", "switch (x) {\n  default:\n}\n").empty());
}

TEST_CASE("an include against the arrows is found", "[tests]") {
  CHECK(found("events/a.cc", "#include \"engine/rules.h\"\n") == Found{"R4 1"});
  CHECK(found("engine/a.cc", "#include \"projections/rows.h\"\n") == Found{"R4 1"});
  CHECK(found("projections/a.cc", "#include \"engine/rules.h\"\n") == Found{"R4 1"});
  CHECK(found("projections/a.cc", "#include \"cli/error.h\"\n") == Found{"R4 1"});
  CHECK(found("cli/a.cc", "#include \"tests/given.h\"\n") == Found{"R4 1"});
  CHECK(found("cli/a.cc", "#include \"engine/a.h\"\n#include \"projections/b.h\"\n").empty());
  CHECK(found("events/a.capnp", "using X = import \"/engine/b.capnp\".X;\n") == Found{"R4 1"});
  CHECK(found("engine/a.capnp", "using X = import \"/events/b.capnp\".X;\n").empty());
  CHECK(found("events/a.cc", "// #include \"engine/rules.h\"\n").empty());
}

TEST_CASE("an include that is not written from the root is found", "[tests]") {
  CHECK(found("events/a.cc", "#include \"error.h\"\n") == Found{"R4 1"});
  CHECK(found("events/a.cc", "#include <events/error.h>\n") == Found{"R4 1"});
  CHECK(found("events/a.cc", "#include \"rocksdb/db.h\"\n") == Found{"R4 1"});
  CHECK(found("events/a.cc", "#include <rocksdb/db.h>\n#include <new>\n").empty());
}

TEST_CASE("a header that nobody includes, or not first in its own source, is found", "[tests]") {
  const SourceFile header{"events/a.h", "#pragma once\n"};
  const SourceFile user{"cli/b.cc", "#include \"events/a.h\"\n"};
  const SourceFile source{"events/a.cc", "#include \"events/a.h\"\n\n#include <map>\n"};
  const SourceFile late{"events/a.cc", "#include <map>\n\n#include \"events/a.h\"\n"};

  CHECK(found_in({header, user, source}).empty());
  CHECK(found_in({header, source}) == Found{"R4 0"});
  CHECK(found_in({header, user, late}) == Found{"R4 1"});
  CHECK(found_in({header, user, {"events/a.cc", "int x;\n"}}) == Found{"R4 0"});
}

TEST_CASE("words that the style bans are found", "[tests]") {
  CHECK(found("cli/a.cc", "auto* x = new int;\n") == Found{"R5 1"});
  CHECK(found("tests/a.cc", "throw 1;\n") == Found{"R5 1"});
  CHECK(found("cli/a.cc", "dynamic_cast<A*>(b);\nconst_cast<A*>(b);\n") == Found{"R5 1", "R5 2"});
  CHECK(found("cli/a.cc", "using namespace std::chrono_literals;\n").empty());
  CHECK(found_in({{"cli/a.h", "  using  namespace std;\n"},
                  {"cli/b.cc", "#include \"cli/a.h\"\n"}}) == Found{"R5 1"});
  CHECK(found("cli/a.cc", "// FIXME later\n") == Found{"R5 1"});
  CHECK(found("engine/schemes/a.yaml", "# TODO\nx: 1\n") == Found{"R5 1"});
}

TEST_CASE("a banned word in a comment or a literal is not code", "[tests]") {
  CHECK(found("cli/a.cc", "// new rows throw nothing\n").empty());
  CHECK(found("cli/a.cc", "/* new\n   throw */ int x;\n").empty());
  CHECK(found("cli/a.cc", R"(auto x = "a \" new"; char c = '"'; auto y = "throw";)").empty());
  CHECK(found("cli/a.cc", "auto x = R\"(a\" new)\"; auto y = 1'000; auto z = 'n';\n").empty());
  CHECK(found("cli/a.cc", "auto x = 1'000; throw '1';\n") == Found{"R5 1"});
  CHECK(found("cli/a.cc", "auto x = R\"_(new)\" new)_\"; throw x;\n") == Found{"R5 1"});
  CHECK(found("cli/a.cc", "int x;  // a \" quote\nthrow x;\n") == Found{"R5 2"});
}

TEST_CASE("tabs, blanks at the end and long lines are found", "[tests]") {
  CHECK(found("cli/a.cc", "\tint x;\n") == Found{"text 1"});
  CHECK(found("cli/a.cc", "int x; \nint y;\r\n") == Found{"text 1", "text 2"});
  CHECK(found("cli/a.cc", "//" + std::string(98, '-') + "\n").empty());
  CHECK(found("cli/a.cc", "//" + std::string(99, '-') + "\n") == Found{"text 1"});
  CHECK(found("engine/schemes/a.yaml", "# " + std::string(200, '-') + "\n").empty());

  std::string wide = "//";
  for (int i = 0; i < 98; ++i) wide += "鉴";
  CHECK(found("cli/a.cc", wide + "\n").empty());
  CHECK(found("cli/a.cc", wide + "鉴\n") == Found{"text 1"});
}

TEST_CASE("long files and long functions are found", "[tests]") {
  const auto lines = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "  go();\n";
    return text;
  };
  const auto function = [&](std::size_t inside) {
    return "#include <map>\n\nnamespace cli {\n\nint f(int a,\n      int b) {\n" + lines(inside) +
           "}\n\n}  // namespace cli\n";
  };

  CHECK(found("cli/a.cc", std::string(400, '\n')).empty());
  CHECK(found("cli/a.cc", std::string(401, '\n')) == Found{"text 0"});
  CHECK(found("cli/a.cc", function(67)).empty());
  CHECK(found("cli/a.cc", function(68)) == Found{"text 5"});
  CHECK(found("cli/a.cc", "struct A {\n" + lines(100) + "};\n").empty());
  CHECK(found("cli/a.cc", "struct A {\n  void f() {\n" + lines(69) + "  }\n};\n") ==
        Found{"text 2"});
}

TEST_CASE("blanking comments and literals keeps every line's length", "[tests]") {
  CHECK(code_of("a(\"b\\\"c\"); // d\ne") == "a(\"    \");     \ne");
  CHECK(code_of("/* a\nb */ c") == "    \n     c");
  CHECK(code_of("\"open\nx") == "\"    \nx");
  CHECK(code_of("/* open").size() == 7);
}
