// One folder, with a process that can end and begin again, which then knows only the disk. Its log
// is that of the sample round: simulated, from the beginning of 2017. One thread.
#pragma once

#include <optional>
#include <string>

#include "cli/sender.h"
#include "tests/folder.h"

namespace tests {

class Life {
 public:
  Life();

  engine::Reply send(const std::string& line);
  void restart();

  // What was followed while commands were decided, against what is built from nothing. The number
  // of bytes in all rows, so that a test can see that they are not few.
  std::size_t check_views();

  // Until the process ends.
  const events::Log& log() const { return *sender_->folder().log; }

 private:
  cli::WritingFolder end();
  void begin(cli::WritingFolder folder);

  Folder folder_;
  cli::App app_;
  std::optional<cli::Sender> sender_;
};

}  // namespace tests
