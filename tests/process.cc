#include "tests/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "events/assert.h"

namespace tests {

namespace {

constexpr int exit_code_not_started = 127;
constexpr int poll_ms_after_output = 1;

void close_once(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

// The input lies in memory and not in a pipe: neither side can wait for the other, and a program
// that does not read its input breaks no pipe.
int input_descriptor(const std::string& input) {
  const int descriptor = memfd_create("stdin", MFD_CLOEXEC);
  ASSERT(descriptor >= 0);
  std::size_t written = 0;
  while (written < input.size()) {
    const ssize_t count = write(descriptor, input.data() + written, input.size() - written);
    ASSERT(count > 0);
    written += static_cast<std::size_t>(count);
  }
  ASSERT(lseek(descriptor, 0, SEEK_SET) == 0);
  return descriptor;
}

// Between fork and execve only what is safe in the child of a program with threads: system calls,
// no allocation.
[[noreturn]] void become(char* const* arguments, pid_t parent, int in, int out, int err) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(exit_code_not_started);
  if (dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(err, 2) == 2) {
    execve(arguments[0], arguments, environ);
  }
  for (const char* words : {static_cast<const char*>(arguments[0]), ": cannot be started\n"}) {
    if (write(err, words, std::strlen(words)) < 0) break;
  }
  _exit(exit_code_not_started);
}

// Takes what is there; at the end of the text the descriptor is closed.
void take(int& descriptor, std::string& text) {
  std::array<char, 65536> buffer;
  const ssize_t count = read(descriptor, buffer.data(), buffer.size());
  if (count > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
  } else if (count == 0 || errno != EINTR) {
    close_once(descriptor);
  }
}

}  // namespace

Ending run(const Program& program) {
  Process process(program);
  if (program.kill_after_lines > 0 && process.wait_for_lines(program.kill_after_lines)) {
    process.signal(SIGKILL);
  }
  return process.finish();
}

Process::Process(const Program& program)
    : deadline_(std::chrono::steady_clock::now() + program.limit) {
  ASSERT(!program.arguments.empty());
  std::vector<std::string> words = program.arguments;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  int in = input_descriptor(program.input);
  std::array<int, 2> out{};
  std::array<int, 2> err{};
  ASSERT(pipe2(out.data(), O_CLOEXEC) == 0);
  ASSERT(pipe2(err.data(), O_CLOEXEC) == 0);
  const pid_t parent = getpid();
  child_ = fork();
  ASSERT(child_ >= 0);
  if (child_ == 0) become(arguments.data(), parent, in, out[1], err[1]);

  setpgid(child_, child_);  // Here too: a signal may be sent before the child has come so far.
  close_once(in);
  close_once(out[1]);
  close_once(err[1]);
  out_ = out[0];
  err_ = err[0];
}

Process::~Process() {
  if (child_ >= 0) {
    signal(SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  close_once(out_);
  close_once(err_);
}

bool Process::wait_for_lines(std::size_t lines) {
  const auto enough = [&] {
    return std::cmp_greater_equal(std::count(ending_.out.begin(), ending_.out.end(), '\n'), lines);
  };
  while (!enough()) {
    if (!read_more()) return false;
  }
  return true;
}

void Process::signal(int number) {
  ASSERT(child_ >= 0);
  kill(-child_, number);
}

Ending Process::finish() {
  ASSERT(child_ >= 0);
  while (read_more()) {
  }
  // A program may close its output and go on.
  while (!has_ended() && remaining_ms() > 0) poll(nullptr, 0, poll_ms_after_output);
  ending_.timed_out = !has_ended() || out_ >= 0 || err_ >= 0;

  signal(SIGKILL);  // Before its number is free again: whatever it started and left behind.
  int status = 0;
  ASSERT(waitpid(child_, &status, 0) == child_);
  child_ = -1;
  if (WIFEXITED(status)) ending_.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ending_.signal = WTERMSIG(status);
  return std::move(ending_);
}

// Without taking it off the list of processes.
bool Process::has_ended() const {
  siginfo_t what{};
  ASSERT(waitid(P_PID, static_cast<id_t>(child_), &what, WEXITED | WNOHANG | WNOWAIT) == 0);
  return what.si_pid == child_;
}

// False when there is no more to read, or no more time.
bool Process::read_more() {
  if (out_ < 0 && err_ < 0) return false;
  std::array<pollfd, 2> waiting{pollfd{out_, POLLIN, 0}, pollfd{err_, POLLIN, 0}};
  const int ready = poll(waiting.data(), waiting.size(), remaining_ms());
  if (ready < 0) return errno == EINTR;
  if (ready == 0) return false;
  if (waiting[0].revents != 0) take(out_, ending_.out);
  if (waiting[1].revents != 0) take(err_, ending_.err);
  return true;
}

int Process::remaining_ms() const {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

}  // namespace tests
