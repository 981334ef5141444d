// Another program, run without a shell and under a time limit, so that nothing it does can hang a
// test. It and all that it starts die with the object. One thread.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace tests {

struct Program {
  std::vector<std::string> arguments{};  // the first is the path of the program
  std::string input{};                   // its stdin, whole
  std::size_t kill_after_lines = 0;  // kill -9 as soon as stdout has that many lines; 0 is never
  std::chrono::milliseconds limit{60'000};
};

struct Ending {
  int exit_code = -1;  // -1 if a signal ended it; 127, with words in `err`, if it did not start
  int signal = 0;
  bool timed_out = false;  // it or something it started outlived the limit, and was killed
  std::string out;
  std::string err;
};

Ending run(const Program& program);

// For a program that goes on while the test does something else, such as a server. The limit runs
// from the start.
class Process {
 public:
  explicit Process(const Program& program);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Until stdout has so many lines in all; false if it ended or the limit passed before.
  bool wait_for_lines(std::size_t lines);
  const std::string& out() const { return ending_.out; }  // as far as it was waited for

  pid_t id() const { return child_; }  // of the program itself, until its end
  void signal(int number);             // to it and all that it started
  Ending finish();                     // reads on to the end and waits; once

 private:
  bool read_more();
  bool has_ended() const;
  int remaining_ms() const;

  pid_t child_ = -1;  // and its process group; -1 after the end
  int out_ = -1;      // what is read from; -1 after the end of the text
  int err_ = -1;
  std::chrono::steady_clock::time_point deadline_;
  Ending ending_;
};

}  // namespace tests
