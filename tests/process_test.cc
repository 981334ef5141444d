#include "tests/process.h"

#include <signal.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/folder.h"

namespace tests {
namespace {

Program shell(const std::string& script) { return {.arguments = {"/bin/sh", "-c", script}}; }

TEST_CASE("a program gives its exit code and both its outputs", "[tests]") {
  const Ending ending = run(shell("echo out; echo err >&2; exit 3"));

  CHECK(ending.exit_code == 3);
  CHECK(ending.signal == 0);
  CHECK_FALSE(ending.timed_out);
  CHECK(ending.out == "out\n");
  CHECK(ending.err == "err\n");
}

TEST_CASE("arguments reach a program as they are, without a shell", "[tests]") {
  const Ending ending = run({.arguments = {"/bin/sh", "-c", "printf '%s|' \"$@\"", "sh", "$HOME *",
                                           "", "明鉴 'a' \"b\""}});

  CHECK(ending.out == "$HOME *||明鉴 'a' \"b\"|");
}

TEST_CASE("a megabyte goes through cat unchanged", "[tests]") {
  std::string text;
  while (text.size() < 1'000'000) text += "line " + std::to_string(text.size()) + "\n";

  const Ending ending = run({.arguments = {"/bin/cat"}, .input = text});

  CHECK(ending.exit_code == 0);
  CHECK((ending.out == text));
  CHECK(ending.err.empty());
}

TEST_CASE("a program without input reads an empty one", "[tests]") {
  const Ending ending = run({.arguments = {"/bin/cat"}});

  CHECK(ending.exit_code == 0);
  CHECK(ending.out.empty());
}

TEST_CASE("input that is not read breaks nothing", "[tests]") {
  Program program = shell("exit 0");
  program.input.assign(1'000'000, 'x');

  CHECK(run(program).exit_code == 0);
}

TEST_CASE("a program that cannot be started ends with 127 and says its name", "[tests]") {
  const Ending ending = run({.arguments = {"/nowhere/program"}});

  CHECK(ending.exit_code == 127);
  CHECK(ending.err == "/nowhere/program: cannot be started\n");
}

TEST_CASE("a signal that ends a program is reported", "[tests]") {
  const Ending ending = run(shell("kill -TERM $$"));

  CHECK(ending.signal == SIGTERM);
  CHECK(ending.exit_code == -1);
}

TEST_CASE("a program is killed when its output has so many lines", "[tests]") {
  Program program = shell("i=0; while :; do i=$((i+1)); echo $i; done");
  program.kill_after_lines = 100;

  const Ending ending = run(program);

  CHECK(ending.signal == SIGKILL);
  CHECK_FALSE(ending.timed_out);
  CHECK(std::count(ending.out.begin(), ending.out.end(), '\n') >= 100);
  CHECK(ending.out.starts_with("1\n2\n3\n"));
}

TEST_CASE("a program that ends before so many lines keeps its exit code", "[tests]") {
  Program program = shell("echo 1; echo 2; exit 5");
  program.kill_after_lines = 3;

  const Ending ending = run(program);

  CHECK(ending.exit_code == 5);
  CHECK(ending.out == "1\n2\n");
}

TEST_CASE("a program that hangs is killed at its limit and keeps its output", "[tests]") {
  Program program = shell("echo begun; exec sleep 1000");
  program.limit = std::chrono::milliseconds(200);

  const Ending ending = run(program);

  CHECK(ending.timed_out);
  CHECK(ending.signal == SIGKILL);
  CHECK(ending.out == "begun\n");
}

TEST_CASE("a program that closes its outputs and hangs is killed at its limit", "[tests]") {
  Program program = shell("exec >&- 2>&-; exec sleep 1000");
  program.limit = std::chrono::milliseconds(200);

  const Ending ending = run(program);

  CHECK(ending.timed_out);
  CHECK(ending.signal == SIGKILL);
}

TEST_CASE("what a program leaves behind with its output open is killed at the limit", "[tests]") {
  Program program = shell("sleep 1000 & echo $!");
  program.limit = std::chrono::milliseconds(200);

  const Ending ending = run(program);

  CHECK(ending.timed_out);
  CHECK(ending.exit_code == 0);
}

TEST_CASE("killing a program kills what it started", "[tests]") {
  Program program = shell("sleep 1000 & echo begun; wait");
  program.kill_after_lines = 1;

  const Ending ending = run(program);  // Its output ends only when the last of them is gone.

  CHECK(ending.signal == SIGKILL);
  CHECK_FALSE(ending.timed_out);
}

TEST_CASE("a running program can be waited for, told to end, and read to the end", "[tests]") {
  Process process(shell("trap 'echo bye; exit 4' TERM; echo ready; while :; do sleep 0.01; done"));

  REQUIRE(process.wait_for_lines(1));
  CHECK(process.out() == "ready\n");
  process.signal(SIGTERM);
  const Ending ending = process.finish();

  CHECK(ending.exit_code == 4);
  CHECK(ending.out == "ready\nbye\n");
}

TEST_CASE("a program that nobody waits for dies with its object", "[tests]") {
  pid_t child = -1;
  {
    Process process(shell("echo $$; exec sleep 1000"));
    REQUIRE(process.wait_for_lines(1));
    child = static_cast<pid_t>(std::stol(process.out()));
  }

  CHECK(kill(child, 0) == -1);
}

TEST_CASE("a temporary folder is its own and gone afterwards with its files", "[tests]") {
  std::filesystem::path path;
  {
    const Folder folder;
    const Folder other;
    path = folder.path();
    std::filesystem::create_directories(path / "a" / "b");
    std::ofstream(folder.file("a.txt")) << "text";

    CHECK(path != other.path());
    CHECK(std::filesystem::file_size(path / "a.txt") == 4);
  }

  CHECK_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace tests
