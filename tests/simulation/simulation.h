// A whole life of a log, from one seed: random commands to the writer over a disk that loses power,
// fails and fills up, with a restart after each. A twin on a disk that never fails is told the same
// commands, one at a time, and forgets everything after each of them; after every step both must
// have given the same answers and hold the same bytes. One thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/fault_file_system.h"
#include "tests/given.h"
#include "tests/simulation/cast.h"
#include "tests/simulation/dice.h"
#include "tests/simulation/twin.h"

namespace tests {

// What happened, so that a test can see that it was not nothing.
struct Happened {
  unsigned steps = 0;
  unsigned events = 0;
  unsigned refusals_recorded = 0;
  unsigned answered_again = 0;
  unsigned deaths = 0;
  unsigned power_cuts = 0;
  unsigned lost_steps = 0;  // Died before anything of the step was on the disk.
  unsigned restarts = 0;

  Happened& operator+=(const Happened& other);
};

class Simulation {
 public:
  explicit Simulation(std::uint64_t seed);

  Happened run(unsigned steps);

 private:
  using Replies = std::vector<engine::Reply>;

  void open_twin();
  void step();
  void arm();  // Makes the disk fail, some operations from now.
  // Nothing if the process died.
  std::optional<Replies> write(const std::vector<std::string>& commands);
  void restart(bool cut_power);
  void acknowledge(const std::vector<std::string>& commands, const Replies& replies);

  void check_step(events::Position before);
  void check_all();

  Dice dice_;
  Cast cast_;
  std::shared_ptr<FaultFileSystem> disk_;
  FaultEnv env_;
  Given given_;
  Twin twin_;
  // By the command's text; only what was recorded, for the rest may be decided otherwise later.
  std::map<std::string, engine::Reply> acknowledged_;
  std::vector<events::Hash> leaves_;
  events::Moment last_{};
  Happened happened_;
};

}  // namespace tests
